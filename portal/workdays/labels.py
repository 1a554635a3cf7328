"""How the calendar's words read on screen. One place for all of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.workdays.rules.clauses import Code, Doubt
from portal.workdays.rules.notices import Kind, Layer, NoticeRefused
from portal.workdays.states import VersionState

# Wagtail's tones of a status tag.
STATE_TONE: Mapping[str, str] = {
    VersionState.DRAFT: "w-status--label",
    VersionState.ACTIVE: "w-status--primary",
    VersionState.SUPERSEDED: "",
    VersionState.REJECTED: "w-status--critical",
    VersionState.WITHDRAWN: "",
}
LAYER: Mapping[str, Any] = {Layer.NATIONAL: gettext_lazy("全国"), Layer.LOCAL: gettext_lazy("本地")}
KIND: Mapping[str, Any] = {Kind.OFF: gettext_lazy("放假"), Kind.WORK: gettext_lazy("上班")}

# In a cell of a month there is room for a character or a short word.
MARK: Mapping[str, Any] = {
    Kind.OFF: pgettext_lazy("mark of a day", "休"),
    Kind.WORK: pgettext_lazy("mark of a day", "班"),
}
WEEKDAYS: tuple[tuple[Any, Any], ...] = (
    (pgettext_lazy("short weekday", "一"), gettext_lazy("星期一")),
    (pgettext_lazy("short weekday", "二"), gettext_lazy("星期二")),
    (pgettext_lazy("short weekday", "三"), gettext_lazy("星期三")),
    (pgettext_lazy("short weekday", "四"), gettext_lazy("星期四")),
    (pgettext_lazy("short weekday", "五"), gettext_lazy("星期五")),
    (pgettext_lazy("short weekday", "六"), gettext_lazy("星期六")),
    (pgettext_lazy("short weekday", "日"), gettext_lazy("星期日")),
)

_DOUBT: Mapping[Code, Any] = {
    Code.NOT_UNDERSTOOD: gettext_lazy("没有看懂这一句，没有用它。"),
    Code.NO_SUCH_DAY: gettext_lazy("没有这一天，或者看不出是哪个月，没有用它。"),
    Code.WRONG_WEEKDAY: gettext_lazy("星期和日期对不上，按日期 %(what)s 处理。"),
    Code.WRONG_COUNT: gettext_lazy("写的是 %(what)s 天，和起止日期对不上，按日期处理。"),
    Code.RANGE_BACKWARDS: gettext_lazy("起止日期不对，只用了开头一天。"),
    Code.WORK_WITHIN_WEEK: gettext_lazy("%(what)s 不是周末，没有当作调休上班日。"),
    Code.CONTRADICTION: gettext_lazy("%(what)s 又是放假又是上班，按先写的处理。"),
    Code.NO_NAME: gettext_lazy("看不出是哪个节日，请在下面写上名称。"),
    Code.FESTIVAL_MISSING: gettext_lazy("没有“%(what)s”的安排。"),
    Code.NO_YEAR: gettext_lazy("看不出是哪一年的安排，请填写年份后重新识别。"),
}

_REFUSAL: Mapping[str, Any] = {
    "day_named_twice": gettext_lazy("同一天写了两次：%(days)s。"),
    "day_outside_the_year": gettext_lazy("只能写当年和上一年 12 月的日期：%(days)s。"),
    "make_up_day_within_the_week": gettext_lazy("调休上班日应当是周末：%(days)s。"),
    "year_out_of_reach": gettext_lazy("这一年不在日历之内，也不紧接最后一年：%(days)s。"),
    "no_days_off": gettext_lazy("没有任何放假的日子。"),
}


def doubt_text(doubt: Doubt) -> str:
    """Say what is doubtful."""
    return str(_DOUBT[doubt.code]) % {"what": doubt.what}


def refusal_text(refused: NoticeRefused) -> str:
    """Say why a notice cannot be taken, and which days are to blame."""
    return str(_REFUSAL[refused.code]) % {"days": _dates(refused.days)}


def _dates(days: Iterable[date]) -> str:
    return _("、").join(day.isoformat() for day in days)
