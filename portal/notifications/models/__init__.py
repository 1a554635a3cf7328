"""Tables of this app: what was, is or will be told to whom, and what people have chosen."""

from portal.notifications.models.notices import Notice, NoticeQuerySet
from portal.notifications.models.preferences import Preference

__all__ = ["Notice", "NoticeQuerySet", "Preference"]
