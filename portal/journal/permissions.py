"""Who may read the journal, and who may try again what it could not get done."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from portal.kernel.actors import Actor
from portal.kernel.permissions import register, rule


class P(StrEnum):
    """Permissions of this app; none has an object."""

    READ_JOURNAL = "journal.read"
    RETRY = "journal.retry"


@rule("journal.not_an_auditor", _("只有监督员和系统管理员可以查看日志。"))
def audits(actor: Actor, obj: object) -> bool:
    """The actor audits some office or runs the installation. Events name nobody, so they need no reach."""
    return actor.is_administrator or actor.holds_anywhere("auditor")


@rule("journal.not_an_administrator", _("只有系统管理员可以重试。"))
def runs_the_installation(actor: Actor, obj: object) -> bool:
    """The actor runs the installation."""
    return actor.is_administrator


register({P.READ_JOURNAL: audits, P.RETRY: runs_the_installation})
