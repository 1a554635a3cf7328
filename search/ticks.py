"""What the clock process does for the search."""

from portal.journal.ticks import tick
from search.counting import forget

tick("search.counts")(forget)
