"""The indicators of the yearly inspection that the site can compute itself. Other apps register theirs.

What has to be looked at from outside, or by somebody who reads, is listed on the report without a state.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from portal.pages.inspection.survey import Survey
from portal.pages.models import GuidePage, NoticePage, SiteIdentity
from portal.pages.rules.content_checks import Check, Finding
from portal.pages.rules.inspection import (
    BLANK_COLUMNS,
    HOME_IDLE,
    INCOMPLETE_GUIDES,
    STALE_COLUMNS,
    Indicator,
    Part,
    Place,
    State,
    state_of_age,
    state_of_count,
)
from portal.pages.wording.labels import advice
from portal.ui.identity import identity

CODE = gettext_lazy("国办秘函〔2019〕19 号")
GUIDELINES = gettext_lazy("国办发〔2017〕47 号")
OURS = gettext_lazy("本站自定")

# What is asked of an app: its indicators today.
_others: dict[str, Callable[[date], list[Indicator]]] = {}


def register(name: str, indicators: Callable[[date], list[Indicator]]) -> None:
    """Add the indicators of an app above."""
    _others[name] = indicators


def indicators(today: date) -> list[Indicator]:
    """Return every indicator: what can fail the site first, the worst first."""
    survey = Survey(today)
    own = [_home(survey), *_columns(survey), _guides(survey), *_deductions(survey), _identity()]
    found = [*own, *(one for ask in _others.values() for one in ask(today))]
    parts, states = list(Part), [State.FAILS, State.WARNING, State.OK]
    return sorted(found, key=lambda one: (parts.index(one.part), states.index(one.state)))


def _home(survey: Survey) -> Indicator:
    latest = survey.newest
    state = state_of_age(latest, survey.today, HOME_IDLE)
    return Indicator(
        "home_fresh",
        gettext_lazy("首页两周内有更新"),
        Part.KNOCK_OUT,
        state,
        _("最近更新 %(day)s") % {"day": latest.isoformat()} if latest else _("没有更新"),
        CODE,
        () if state is State.OK else (Place(_("所有页面"), reverse("wagtailadmin_explore_root")),),
    )


def _columns(survey: Survey) -> list[Indicator]:
    stale, blank = survey.with_finding(Check.STALE_COLUMN), survey.with_finding(Check.EMPTY_COLUMN)
    return [
        _counted("stale_columns", gettext_lazy("栏目按时更新"), Part.KNOCK_OUT, stale, CODE, STALE_COLUMNS),
        _counted("blank_columns", gettext_lazy("没有空白栏目"), Part.KNOCK_OUT, blank, CODE, BLANK_COLUMNS),
    ]


def _guides(survey: Survey) -> Indicator:
    title = gettext_lazy("办事指南要素齐全")
    if not any(isinstance(one.page, GuidePage) for one in survey.pages):
        return Indicator("guides", title, Part.KNOCK_OUT, State.FAILS, _("没有办事指南"), CODE)
    found = survey.with_finding(Check.MISSING_ELEMENT)
    incomplete = [(page, finding) for page, finding in found if not isinstance(page, NoticePage)]
    return _counted("guides", title, Part.KNOCK_OUT, incomplete, CODE, INCOMPLETE_GUIDES)


def _deductions(survey: Survey) -> list[Indicator]:
    rows: list[tuple[str, Any, tuple[Check, ...], Any]] = [
        ("vague", gettext_lazy("申请材料和受理条件没有兜底表述"), (Check.CATCH_ALL,), CODE),
        ("links", gettext_lazy("站内链接有效"), (Check.DEAD_LINK,), CODE),
        ("documents", gettext_lazy("附件能下载"), (Check.DEAD_DOCUMENT,), CODE),
        ("sources", gettext_lazy("信息写明来源"), (Check.NO_SOURCE,), GUIDELINES),
        ("pictures", gettext_lazy("图片有说明文字"), (Check.NO_ALT_TEXT,), GUIDELINES),
        ("reviews", gettext_lazy("内容按期核对"), (Check.REVIEW_OVERDUE,), OURS),
        ("terms", gettext_lazy("用语规范"), (Check.TERM,), OURS),
        ("clauses", gettext_lazy("没有过长的句子"), (Check.OVERLONG_CLAUSE,), OURS),
        ("translations", gettext_lazy("有英文版"), (Check.NO_TRANSLATION,), OURS),
    ]
    return [
        _counted(key, title, Part.DEDUCTION, survey.with_finding(*checks), source)
        for key, title, checks, source in rows
    ]


def names_of_missing() -> list[str]:
    """Return what the footer must show and does not, by name."""
    return [SiteIdentity.label(key) for key in identity().missing()]


def _identity() -> Indicator:
    missing = names_of_missing()
    return Indicator(
        "identity",
        gettext_lazy("页脚标识齐全"),
        Part.DEDUCTION,
        state_of_count(len(missing)),
        _("缺：%(names)s") % {"names": "、".join(missing)} if missing else _("齐全"),
        GUIDELINES,
        (Place(str(SiteIdentity._meta.verbose_name), settings_of_identity(), _("由审核人员或管理员填写")),)
        if missing
        else (),
    )


def settings_of_identity() -> str:
    """Return where the identity is entered."""
    return reverse("wagtailsettings:edit", args=[SiteIdentity._meta.app_label, SiteIdentity._meta.model_name])


def _counted(
    key: str, title: Any, part: Part, found: Iterable[tuple[Any, Finding]], source: Any, fails_at: int | None = None
) -> Indicator:
    places = tuple(_place(page, finding) for page, finding in found)
    count = len(places)
    figure = ngettext("%(count)d 个页面", "%(count)d 个页面", count) % {"count": count} if count else _("没有发现")
    return Indicator(key, title, part, state_of_count(count, fails_at=fails_at), figure, source, places)


def _place(page: Any, finding: Finding) -> Place:
    told = advice(finding)
    what = f"{told.where}：{told.sentence}" if told.where else told.sentence
    language = "" if page.locale.language_code == get_language() else page.locale.language_code
    return Place(page.title, reverse("wagtailadmin_pages:edit", args=[page.pk]), what, language)
