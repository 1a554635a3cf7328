"""Notices about the calendar: `portal.workdays` stands below `portal.notifications` and cannot send them itself."""

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.queries import administrators, leaders_at_the_top
from portal.journal.handlers import Told, subscribe
from portal.kernel import clock as clocks
from portal.kernel.refs import Ref
from portal.kernel.workdays import local_date
from portal.notifications import groups
from portal.notifications.actions import notify
from portal.notifications.addresses import person
from portal.notifications.groups import Words
from portal.notifications.kinds import Kind, StillTrue, register
from portal.notifications.params import COUNT
from portal.workdays.models import CalendarVersion
from portal.workdays.queries.years import missing_year
from portal.workdays.states import VersionState

VERSION = "portal.workdays.version"

CALENDAR = groups.register(
    groups.Group(
        key="config.calendar",
        name=_("工作日历"),
        about=_("放假安排待登记、待确认，以及我登记的结果。"),
        order=60,
        for_staff=True,
    )
)


def _list(ref: Ref) -> str:
    return reverse("workdays:versions")


def _version(ref: Ref) -> str:
    return reverse("workdays:version", args=[ref.id])


def _while_missing(refs: Collection[str]) -> Collection[str]:
    missing = missing_year(local_date(clocks.installed().now()), **settings.WORKDAYS_ALARM)
    return refs if missing else []


def _while_draft(refs: Collection[str]) -> Collection[str]:
    by_id = {Ref.parse(ref).id: ref for ref in refs}
    drafts = CalendarVersion.objects.filter(pk__in=by_id, status=VersionState.DRAFT).values_list("pk", flat=True)
    return [by_id[str(pk)] for pk in drafts]


def _of_year(key: str, subject: Words, body: Words, *, urgent: bool = False) -> None:
    """Register a notice that a year is missing. It cannot be switched off: every date of that year hangs on it."""
    register(
        Kind(
            key=f"workdays.{key}",
            subject=subject,
            body=body,
            params={"year": COUNT},
            url=_list,
            group=CALENDAR,
            still_true=_while_missing,
            urgent=urgent,
            must=_("缺少放假安排"),
        )
    )


def _of_version(key: str, subject: Words, body: Words, still_true: StillTrue | None = None) -> None:
    register(
        Kind(
            key=f"workdays.{key}",
            subject=subject,
            body=body,
            params={"year": COUNT, "number": COUNT},
            url=_version,
            group=CALENDAR,
            still_true=still_true,
        )
    )


_of_year(
    "year_due",
    _("请留意 {year} 年的放假安排"),
    _("{year} 年的放假安排还没有载入。国务院通知公布后，请登记并请另一个人确认。"),
)
_of_year(
    "year_urgent",
    _("{year} 年的放假安排还没有载入"),
    _("跨年的日期现在都只是预计，到期也不能下结论。请马上登记 {year} 年的放假安排，并请另一个人确认。"),
    urgent=True,
)
_of_version(
    "to_confirm",
    _("{year} 年日历第 {number} 版待确认"),
    _("有人登记了 {year} 年的放假安排，请对照原文核对，同意就确认生效。"),
    _while_draft,
)
_of_version("confirmed", _("{year} 年日历第 {number} 版已生效"), _("您登记的 {year} 年放假安排已由另一个人确认生效。"))
_of_version(
    "rejected", _("{year} 年日历第 {number} 版未同意"), _("您登记的 {year} 年放假安排没有得到同意，理由请见页面。")
)


@subscribe("config.tell_of_missing_year", "workdays.year_missing")
def tell_of_missing_year(told: Told) -> None:
    """Tell the administrators that a year is missing."""
    notify(
        position=told.position,
        recipients=[person(user.pk) for user in administrators()],
        kind="workdays.year_urgent" if told.payload["urgent"] else "workdays.year_due",
        ref=told.aggregate,
        params={"year": told.payload["year"]},
        at=told.occurred_at,
    )


@subscribe("config.tell_of_proposal", "workdays.calendar_proposed")
def tell_of_proposal(told: Told) -> None:
    """Tell everybody who may confirm it, but not who has proposed it."""
    deciders = dict.fromkeys([*administrators(), *leaders_at_the_top()])
    proposer = told.actor.partition(":")[2]
    _tell(told, "to_confirm", [person(user.pk) for user in deciders if str(user.pk) != proposer])


@subscribe("config.tell_of_decision", "workdays.calendar_loaded", "workdays.calendar_rejected")
def tell_of_decision(told: Told) -> None:
    """Tell the proposer what became of it."""
    proposer = CalendarVersion.objects.values_list("proposed_by_id", flat=True).get(pk=told.payload["version"])
    kind = "confirmed" if told.name == "workdays.calendar_loaded" else "rejected"
    _tell(told, kind, [person(proposer)])


def _tell(told: Told, kind: str, recipients: list[str]) -> None:
    notify(
        position=told.position,
        recipients=recipients,
        kind=f"workdays.{kind}",
        ref=str(Ref(VERSION, str(told.payload["version"]))),
        params={"year": told.payload["year"], "number": told.payload["number"]},
        at=told.occurred_at,
    )
