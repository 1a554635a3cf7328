"""What the clock process does for the desk."""

from portal.answers.actions.aftercare import close_due
from portal.answers.actions.ask_drafts import sweep_drafts
from portal.answers.actions.clarifying import lapse_due
from portal.answers.actions.drawing_calls import keep_draws
from portal.answers.actions.emergencies import watch_emergencies
from portal.answers.actions.reminding import remind_due
from portal.answers.actions.settling import settle_due
from portal.journal.ticks import tick

tick("answers.settle")(settle_due)
tick("answers.remind")(remind_due)
tick("answers.emergencies")(watch_emergencies)
tick("answers.close")(close_due)
tick("answers.lapse")(lapse_due)
tick("answers.sweep_drafts")(sweep_drafts)
tick("answers.call_backs")(keep_draws)
