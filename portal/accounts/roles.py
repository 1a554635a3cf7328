"""The roles one can hold at an office, and which of them exist where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What one can be at an office; a role reaches down to the offices below where that makes sense."""

    DISPATCHER = "dispatcher", _("受理员")
    SPOKESPERSON = "spokesperson", _("网上发言人")
    OFFICER = "officer", _("经办人")
    LEADER = "leader", _("分管领导")
    EDITOR = "editor", pgettext_lazy("role", "编辑")
    REVIEWER = "reviewer", pgettext_lazy("role", "审核")
    OFFICE_ADMIN = "office_admin", _("单位管理员")
    AUDITOR = "auditor", _("监督员")


# Those who may look at an office's people in the back office; only the first may change something.
OVERSEERS = (Role.OFFICE_ADMIN, Role.AUDITOR)


def roles_at(*, is_centre: bool, takes_questions: bool) -> tuple[Role, ...]:
    """Return the roles that exist at such an office.

    Questions are dispatched by centres only, and only an office that takes questions speaks.
    """
    absent = set()
    if not is_centre:
        absent.add(Role.DISPATCHER)
    if not takes_questions:
        absent.add(Role.SPOKESPERSON)
    return tuple(role for role in Role if role not in absent)
