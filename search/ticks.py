"""What the clock process does for the search."""

from portal.journal.ticks import tick
from search.counting import forget
from search.popular import renew

tick("search.counts")(forget)
tick("search.popular")(renew)
