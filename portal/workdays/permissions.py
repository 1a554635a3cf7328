"""Who may change what counts as a working day: somebody proposes, another person confirms.

A version moves the dates of every office, so it is confirmed by whoever answers for the whole
installation: its administrators, and leaders of an office that has none above it. Proposing changes
nothing, and the notice of a typhoon comes at night to whoever is on duty at a centre: dispatchers
may propose as well. See docs/decisions/0015-two-people-change-the-calendar.md.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.accounts.roles import Role
from portal.kernel.actors import Actor
from portal.kernel.permissions import register, rule


class P(StrEnum):
    """What can be asked about the calendar. Reading what is in force is free to all."""

    SEE_VERSIONS = "workdays.see_versions"  # no object: drafts and what became of them
    PROPOSE = "workdays.propose"  # no object: it does not exist yet
    CONFIRM = "workdays.confirm"
    REJECT = "workdays.reject"
    WITHDRAW = "workdays.withdraw"


@rule("workdays.not_proposer", _("只有系统管理员、最高一级单位的分管领导和受理员可以登记放假安排。"))
def may_propose(actor: Actor, obj: object) -> bool:
    """Who hears of notices first, and who answers for them."""
    return _answers_for_all(actor) or actor.holds_anywhere(Role.DISPATCHER)


@rule("workdays.not_decider", _("只有系统管理员和最高一级单位的分管领导可以确认放假安排。"))
def answers_for_all(actor: Actor, version: object) -> bool:
    """An administrator, or a leader at the top of the tree."""
    return _answers_for_all(actor)


@rule("workdays.second_person", _("须由另一个人确认：您自己登记的，不能由您自己确认。"))
def is_another(actor: Actor, version: Any) -> bool:
    """Somebody else has proposed it."""
    return str(version.proposed_by_id) != actor.id


@rule("workdays.not_your_draft", _("只有登记的人可以撤回。"))
def has_proposed_it(actor: Actor, version: Any) -> bool:
    """The actor has proposed it."""
    return actor.is_person and str(version.proposed_by_id) == actor.id


@rule("workdays.not_reader", _("您的角色不能查看放假安排的登记和确认；生效的日历对所有人公开。"))
def may_look(actor: Actor, obj: object) -> bool:
    """Who takes part, and who audits."""
    return _answers_for_all(actor) or actor.holds_anywhere(Role.DISPATCHER, Role.AUDITOR)


def _answers_for_all(actor: Actor) -> bool:
    return actor.is_administrator or any(len(path) == Office.steplen for path in actor.paths(Role.LEADER))


register(
    {
        P.SEE_VERSIONS: may_look,
        P.PROPOSE: may_propose,
        P.CONFIRM: answers_for_all & is_another,
        P.REJECT: answers_for_all & is_another,
        P.WITHDRAW: has_proposed_it,
    }
)
