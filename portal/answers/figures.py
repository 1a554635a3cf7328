"""The public figures as they leave the house: one list of columns for tables, CSV and JSON, so they cannot differ."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.answers.labels import EXCLUSION
from portal.answers.models import HandOver, Refusal
from portal.answers.queries.performance import Excluded, Line, Performance
from portal.answers.rules.performance import RANKED_FROM, Share, Tally, spread


@dataclass(frozen=True)
class Column:
    """One figure. key: its stable name in CSV and JSON; short: its heading in a table with many columns."""

    key: str
    label: Any
    short: Any
    of: Callable[[Tally], Share | int | float | None]


PROMISES = (
    Column("plain", _("7 个工作日内答复"), _("7 日内"), lambda tally: tally.plain),
    Column("reply", _("按延后的时限答复"), _("按延后时限"), lambda tally: tally.reply),
    Column("acceptance", _("24 小时内受理"), _("24 小时受理"), lambda tally: tally.acceptance),
    Column("median_days", _("答复用时中位数（工作日）"), _("用时中位数"), lambda tally: tally.median_days),
    Column("returns_upheld", _("退回并获同意（件）"), _("退回获准"), lambda tally: tally.returns_upheld),
    Column("excluded", _("没有答复就结束、不计入（件）"), _("不计入"), lambda tally: tally.excluded),
    Column("objected", _("其中复核认为不应剔除（件）"), _("不应剔除"), lambda tally: tally.objected),
)
VERDICTS = (
    Column("resolved", _("本人评价：已解决"), _("解决（本人）"), lambda tally: tally.resolution),
    Column("resolved_by_call", _("中心回访：已解决"), _("解决（回访）"), lambda tally: tally.resolution_by_call),
    Column("satisfied", _("本人评价：满意"), _("满意（本人）"), lambda tally: tally.satisfaction),
    Column("satisfied_by_call", _("中心回访：满意"), _("满意（回访）"), lambda tally: tally.satisfaction_by_call),
    Column("rated", _("答复中有本人评价"), _("有评价"), lambda tally: tally.rating),
    Column("reached", _("回访中接通并回答"), _("回访接通"), lambda tally: tally.reach),
    Column("not_reached", _("回访未接通（件）"), _("未接通"), lambda tally: tally.not_reached),
    Column("declined", _("回访时不愿回答（件）"), _("不愿回答"), lambda tally: tally.declined),
    Column("not_called", _("回访未打完（件）"), _("未打完"), lambda tally: tally.not_called),
    Column("reopened", _("答复中再办"), _("再办"), lambda tally: tally.reopening),
)
COLUMNS = (*PROMISES, *VERDICTS)

ALL = "合计"

# --- For programs ---------------------------------------------------------------------------------


def records(figures: Performance) -> list[dict[str, Any]]:
    """Return one flat record per office, per level and for all together."""
    rows = [
        {"kind": "office", "office": line.office.code, "name": line.office.name, "level": line.office.level}
        | {"rank": line.rank}
        | _numbers(line.tally)
        for line in figures.lines
    ]
    rows += [
        {"kind": "level", "office": "", "name": "", "level": level, "rank": None} | _numbers(tally)
        for level, tally in figures.by_level.items()
    ]
    everything = {"kind": "all", "office": "", "name": ALL, "level": "", "rank": None}
    return [*rows, everything | _numbers(figures.together)]


def monthly_records(figures: Performance) -> list[dict[str, Any]]:
    """Return one flat record per month of the year."""
    return [{"month": f"{month:%Y-%m}"} | _numbers(tally) for month, tally in figures.by_month.items()]


def spread_records(figures: Performance) -> list[dict[str, Any]]:
    """Return how many answers took how many working days."""
    return [{"from_days": low, "to_days": high, "answers": count} for low, high, count in spread(figures.together.days)]


EXCLUDED_KEYS = ("kind", "reason", "count", "upheld", "objected", "waiting")


def excluded_records(figures: Performance) -> list[dict[str, Any]]:
    """Return what counts for no promise, by reason, and what the review from outside has said so far."""
    return [{key: getattr(one, key) for key in EXCLUDED_KEYS} for one in figures.excluded]


# What can be had as a table of its own: ?table=…
TABLES: dict[str, Callable[[Performance], list[dict[str, Any]]]] = {
    "offices": records,
    "months": monthly_records,
    "days": spread_records,
    "excluded": excluded_records,
}


def _numbers(tally: Tally) -> dict[str, Any]:
    numbers: dict[str, Any] = {"answers": tally.answers}
    for column in COLUMNS:
        value = column.of(tally)
        if isinstance(value, Share):
            numbers |= {column.key: value.part, f"{column.key}_of": value.whole, f"{column.key}_percent": value.percent}
        else:
            numbers[column.key] = value
    return numbers


# --- For people -----------------------------------------------------------------------------------


def promise_rows(lines: Iterable[Line], name: Callable[[Line], Any]) -> list[list[Any]]:
    """Prepare the table of kept promises; behind the headline its place, only where there is enough to compare.

    name: what stands in the first cell.
    """
    found = []
    for line in lines:
        headline, *others = _cells(line.tally, PROMISES)
        found.append([name(line), headline, place(line), *others])
    return found


def verdict_rows(lines: Iterable[Line], name: Callable[[Line], Any]) -> list[list[Any]]:
    """Prepare the table of what askers said, by both sources."""
    return [[name(line), *_cells(line.tally, VERDICTS)] for line in lines]


def _cells(tally: Tally, columns: Iterable[Column]) -> list[str]:
    return [shown(column.of(tally)) for column in columns]


def place(line: Line) -> str:
    """Return the office's place as people read it."""
    return str(line.rank) if line.rank else _("不足 %(count)d 件") % {"count": RANKED_FROM}


def shown(value: Share | int | float | None) -> str:
    """Return a figure as people read it; a share always with its whole."""
    if isinstance(value, Share):
        return "—" if value.percent is None else f"{value.percent:g}% ({value.part}/{value.whole})"
    return "—" if value is None else f"{value:g}"


def reason(excluded: Excluded) -> str:
    """Return why questions count for no promise, in words."""
    kinds = {"not_admitted": dict(Refusal.Reason.choices), "handed_over": dict(HandOver.Service.choices)}
    detail = kinds.get(excluded.kind, {}).get(excluded.reason, "")
    return f"{EXCLUSION[excluded.kind]}：{detail}" if detail else str(EXCLUSION[excluded.kind])
