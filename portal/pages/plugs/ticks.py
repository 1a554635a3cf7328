"""What the clock process does for the pages."""

from portal.journal.ticks import tick
from portal.pages.actions.reminding import remind_of_reviews
from portal.pages.actions.scheduling import keep_schedule

tick("pages.reviews")(remind_of_reviews)
tick("pages.schedule")(keep_schedule)
