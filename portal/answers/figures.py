"""The public figures as they leave the house: one list of columns for table, CSV and JSON, so they cannot differ."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.answers.labels import EXCLUDED
from portal.answers.models import HandOver, Refusal
from portal.answers.queries.performance import Excluded, Line, Performance
from portal.answers.rules.performance import RANKED_FROM, Share, Tally


@dataclass(frozen=True)
class Column:
    """One figure. key: its stable name in CSV and JSON; is_share: a part of a whole."""

    key: str
    label: Any
    of: Callable[[Tally], Share | int | float | None]


COLUMNS = (
    Column("plain", _("7 个工作日内答复"), lambda tally: tally.plain),
    Column("reply", _("按延后的时限答复"), lambda tally: tally.reply),
    Column("acceptance", _("24 小时内受理"), lambda tally: tally.acceptance),
    Column("median_days", _("答复用时中位数（工作日）"), lambda tally: tally.median_days),
    Column("resolved", _("本人评价：已解决"), lambda tally: tally.resolution),
    Column("resolved_by_call", _("中心回访：已解决"), lambda tally: tally.resolution_by_call),
    Column("satisfied", _("本人评价：满意"), lambda tally: tally.satisfaction),
    Column("satisfied_by_call", _("中心回访：满意"), lambda tally: tally.satisfaction_by_call),
    Column("rated", _("答复中有本人评价"), lambda tally: tally.rating),
    Column("reached", _("回访中接通并回答"), lambda tally: tally.reach),
    Column("not_reached", _("回访未接通（件）"), lambda tally: tally.not_reached),
    Column("declined", _("回访时不愿回答（件）"), lambda tally: tally.declined),
    Column("not_called", _("回访未打完（件）"), lambda tally: tally.not_called),
    Column("reopened", _("答复中再办"), lambda tally: tally.reopening),
    Column("returns_upheld", _("退回并获同意（件）"), lambda tally: tally.returns_upheld),
)


def records(figures: Performance) -> list[dict[str, Any]]:
    """Return one flat record per office and one for all together, for CSV and JSON."""
    rows = [
        _record(line.office.code, line.office.name, line.office.level, line.tally, line.rank) for line in figures.lines
    ]
    return [*rows, _record("", "合计", "", figures.together, None)]


def _record(code: str, name: str, level: str, tally: Tally, rank: int | None) -> dict[str, Any]:
    record: dict[str, Any] = {"office": code, "name": name, "level": level, "rank": rank}
    for column in COLUMNS:
        value = column.of(tally)
        if isinstance(value, Share):
            record |= {column.key: value.part, f"{column.key}_of": value.whole, f"{column.key}_percent": value.percent}
        else:
            record[column.key] = value
    return record


@dataclass(frozen=True)
class Row:
    """A row of the table on screen."""

    name: str
    rank: str
    cells: list[str]


def rows(lines: list[Line]) -> list[Row]:
    """Prepare the table: percentages with what they are of, a place only where there is enough to compare."""
    return [
        Row(
            line.office.local_name,
            str(line.rank) if line.rank else _("不足 %(count)d 件") % {"count": RANKED_FROM},
            [shown(column.of(line.tally)) for column in COLUMNS],
        )
        for line in lines
    ]


def shown(value: Share | int | float | None) -> str:
    """Return a figure as people read it; a share always with its whole."""
    if isinstance(value, Share):
        return "—" if value.percent is None else f"{value.percent:g}% ({value.part}/{value.whole})"
    return "—" if value is None else f"{value:g}"


def reason(excluded: Excluded) -> str:
    """Return why questions count for no promise, in words."""
    kinds = {"not_admitted": dict(Refusal.Reason.choices), "handed_over": dict(HandOver.Service.choices)}
    detail = kinds.get(excluded.kind, {}).get(excluded.reason, "")
    return f"{EXCLUDED[excluded.kind]}：{detail}" if detail else str(EXCLUDED[excluded.kind])


@dataclass(frozen=True)
class Bar:
    """A month of the chart, in units of its view box; height None: nothing to show."""

    x: int
    y: float
    width: int
    height: float | None
    label: str
    value: str

    @property
    def middle(self) -> int:
        """Where the labels stand."""
        return self.x + self.width // 2

    @property
    def above(self) -> float:
        """Where the value stands."""
        return self.y - 5


CHART_HEIGHT = 120
BAR_WIDTH, BAR_STEP = 36, 50


def bars(figures: Performance) -> list[Bar]:
    """Return the headline month by month, as bars of at most CHART_HEIGHT."""
    found = []
    for index, (month, tally) in enumerate(figures.by_month.items()):
        percent = tally.plain.percent
        height = None if percent is None else round(percent / 100 * CHART_HEIGHT, 1)
        found.append(
            Bar(
                x=index * BAR_STEP + 7,
                y=CHART_HEIGHT - (height or 0) + 20,
                width=BAR_WIDTH,
                height=height,
                label=f"{month:%y-%m}",
                value="" if percent is None else f"{percent:g}",
            )
        )
    return found
