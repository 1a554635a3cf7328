"""The satisfaction half as a table to take along: every office with what its points follow from, and the formula."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.answers.queries.assessment import Assessed
from portal.answers.rules.assessment import NO_ANSWERS, NOBODY_REACHED, TOO_FEW, rounded

# In the words of the columns, so that it can be worked out beside them.
FORMULA = _(
    "得分 = 满分 ×（本人评价满意 +（答复 − 本人评价）× 回访满意 ÷ 回访接通）÷ 答复；"
    "本人评价与回访接通合计不足最低件数的，或者有人没有评价而回访无人接通的，不给分"
)
WHY_NOT = {
    NO_ANSWERS: _("没有答复"),
    TOO_FEW: _("评价件数不足"),
    NOBODY_REACHED: _("有人没有评价，回访无人接通"),
    "": "",
}

Cell = Callable[[Assessed, int], Any]

COLUMNS: tuple[tuple[Any, Cell], ...] = (
    (_("单位代码"), lambda one, year: one.office.code),
    (_("单位"), lambda one, year: one.office.local_name),
    (_("级别"), lambda one, year: one.office.get_level_display()),
    (_("年度"), lambda one, year: year),
    (_("答复"), lambda one, year: one.tally.answers),
    (_("本人评价"), lambda one, year: one.tally.rated),
    (_("本人评价满意"), lambda one, year: one.tally.satisfied),
    (_("本人评价已解决"), lambda one, year: one.tally.resolved),
    (_("回访抽中"), lambda one, year: one.tally.called),
    (_("回访接通"), lambda one, year: one.tally.reached),
    (_("回访满意"), lambda one, year: one.tally.satisfied_by_call),
    (_("回访已解决"), lambda one, year: one.tally.resolved_by_call),
    (_("回访未接通"), lambda one, year: one.tally.not_reached),
    (_("回访不愿回答"), lambda one, year: one.tally.declined),
    (_("回访未打完"), lambda one, year: one.tally.not_called),
    (_("还在回访"), lambda one, year: one.calls_open),
    (_("不参加抽签：没有留电话"), lambda one, year: one.left_out.get("no_telephone", 0)),
    (_("不参加抽签：保密"), lambda one, year: one.left_out.get("confidential", 0)),
    (_("不参加抽签：已删除"), lambda one, year: one.left_out.get("erased", 0)),
    (_("没有答复就结束"), lambda one, year: one.tally.excluded),
    (_("其中不应剔除"), lambda one, year: one.tally.objected),
    (_("满意的比例"), lambda one, year: "" if one.result.share is None else rounded(one.result.share, 4)),
    (_("得分"), lambda one, year: points(one)),
    (_("满分"), lambda one, year: settings.ANSWERS_ASSESSMENT["points"]),
    (_("最低件数"), lambda one, year: settings.ANSWERS_ASSESSMENT["from"]),
    (_("说明"), lambda one, year: WHY_NOT[one.result.why_not]),
    (_("公式"), lambda one, year: FORMULA),
)


def points(one: Assessed) -> str:
    """Return the points with one decimal; "" where there are none."""
    return "" if one.result.points is None else rounded(one.result.points, 1)


def rows(found: Iterable[Assessed], year: int, *, language: str) -> Iterator[list[str]]:
    """Yield the heading, then a row per office; reads on while it is sent. language: of the words in it."""
    with translation.override(language):
        heading = [str(name) for name, _cell in COLUMNS]
    yield heading
    for one in found:
        # Set for each row: between two of them the thread may do something else.
        with translation.override(language):
            row = [str(cell(one, year)) for _name, cell in COLUMNS]
        yield row
