"""Taking over a list of offices: what is new is founded, what differs is changed, nothing is removed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actions.offices import OfficeSettings, change_office_settings, create_office
from portal.accounts.models import Office
from portal.accounts.office_csv import Fault, OfficeRow
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock
from portal.kernel.permissions import NotAllowed


@dataclass
class Outcome:
    """Codes of the offices, by what happened to them."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


class ImportRefused(Exception):
    """Raised when a row cannot be taken over; nothing has been changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@transaction.atomic
def import_offices(rows: Iterable[OfficeRow], *, by: Actor, clock: Clock) -> Outcome:
    """Take over rows in which parents come first, all of them or none. Raises ImportRefused."""
    outcome, faults = Outcome(), []
    for row in rows:
        try:
            with transaction.atomic():
                _take_over(row, outcome, by=by, clock=clock)
        except NotAllowed as refused:
            faults.append(Fault(row.line, str(refused.reason)))
        except _Refused as refused:
            faults.append(Fault(row.line, str(refused)))
    if faults:
        raise ImportRefused(faults)
    return outcome


class _Refused(Exception):
    """A sentence about a row."""


def _take_over(row: OfficeRow, outcome: Outcome, *, by: Actor, clock: Clock) -> None:
    parent = Office.objects.filter(code=row.parent).first() if row.parent else None
    if row.parent and parent is None:
        raise _Refused(_("找不到上级单位：%s") % row.parent)
    settings = cast(OfficeSettings, {"name": row.name, **row.texts})
    if row.is_centre is not None:
        settings["is_centre"] = row.is_centre
    if row.takes_questions is not None:
        settings["takes_questions"] = row.takes_questions
    office = Office.objects.filter(code=row.code).first()
    if office is None:
        create_office(
            code=row.code,
            level=row.level,
            parent_id=parent.pk if parent else None,
            by=by,
            clock=clock,
            **settings,
        )
        outcome.created.append(row.code)
        return
    place = office.path[: -Office.steplen]
    if office.level != row.level or place != (parent.path if parent else ""):
        raise _Refused(_("单位 %s 已存在，层级和上级单位不能通过导入更改") % row.code)
    differs = any(getattr(office, name) != value for name, value in settings.items())
    change_office_settings(office.pk, by=by, clock=clock, **settings)
    (outcome.changed if differs else outcome.unchanged).append(row.code)
