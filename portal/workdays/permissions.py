"""Who may change what counts as a working day."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from portal.kernel.actors import Actor, ActorKind
from portal.kernel.permissions import register, rule


class P(StrEnum):
    """What can be asked about the calendar. Reading it is free to all."""

    LOAD_NOTICE = "workdays.load_notice"


@rule("not_administrator", _("只有系统管理员可以更改工作日历。"))
def is_administrator(actor: Actor, obj: object) -> bool:
    """The platform's administrator, or a process of ours."""
    return actor.is_administrator or actor.kind is ActorKind.SYSTEM


register({P.LOAD_NOTICE: is_administrator})
