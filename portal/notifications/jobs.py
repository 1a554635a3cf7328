"""What the worker does for this app besides handlers."""

from portal.journal.jobs import job
from portal.notifications.delivery import deliver

job("notifications.deliver")(deliver)
