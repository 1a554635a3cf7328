"""What happens to notices that others must hear of. Ids and codes only."""

from dataclasses import dataclass
from typing import ClassVar

from portal.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticeLost(Event):
    """What somebody has a right to did not reach them over any channel. About the notice.

    ref, recipient: reference strings; reason: a code. Whoever owns the matter can do something about it.
    """

    name: ClassVar[str] = "notifications.lost"
    ref: str
    recipient: str
    kind: str
    channel: str
    reason: str
