"""What findings say to editors: one sentence per check, with what is to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.pages.rules.content_checks import Check, Finding, Level

SENTENCES: Mapping[Check, Any] = {
    Check.CATCH_ALL: _("“%(quote)s”没有说清要什么。请逐项写明，不能用兜底的说法。"),
    Check.MISSING_ELEMENT: _("没有填写，要素不全。"),
    Check.DEAD_LINK: _("“%(quote)s”链接的页面已经撤下或删除。请更换或去掉链接。"),
    Check.DEAD_DOCUMENT: _("“%(quote)s”链接的文件已经不在。请重新上传或去掉链接。"),
    Check.NO_SOURCE: _("没有写明来源。"),
    Check.NO_ALT_TEXT: _("图片没有说明文字，读屏用户不知道图上是什么。"),
    Check.TERM: _("本市不再用“%(quote)s”这个说法。%(instead)s%(reason)s"),
    Check.LONG_CLAUSE: _("“%(quote)s”一句有 %(count)s 个字，最好不超过 25 个。"),
    Check.OVERLONG_CLAUSE: _("“%(quote)s”一句长达 %(count)s 个字，请拆成几句。"),
    Check.REVIEW_OVERDUE: _("应在 %(due)s 前再核对一次，现在已经超期。核对后请更新“最近核对日期”。"),
    Check.STALE_COLUMN: _("最近一次更新是 %(latest)s，超过了 %(days)s 天。"),
    Check.EMPTY_COLUMN: _("栏目下没有已发布的页面。空白栏目请补充内容或者撤下。"),
    Check.NO_TRANSLATION: _("还没有英文版。"),
}
INSTEAD = _("请改用“%(preferred)s”。")

TITLES: Mapping[Check, Any] = {
    Check.CATCH_ALL: _("兜底表述"),
    Check.MISSING_ELEMENT: _("要素不全"),
    Check.DEAD_LINK: _("失效链接"),
    Check.DEAD_DOCUMENT: _("失效附件"),
    Check.NO_SOURCE: _("没有来源"),
    Check.NO_ALT_TEXT: _("图片没有说明"),
    Check.TERM: _("不规范用语"),
    Check.LONG_CLAUSE: _("句子偏长"),
    Check.OVERLONG_CLAUSE: _("句子过长"),
    Check.REVIEW_OVERDUE: _("超期未核对"),
    Check.STALE_COLUMN: _("栏目久未更新"),
    Check.EMPTY_COLUMN: _("空白栏目"),
    Check.NO_TRANSLATION: _("没有英文版"),
}
LEVELS: Mapping[Level, Any] = {
    Level.ERROR: _("必须改，否则不能发布"),
    Level.WARNING: _("应当改"),
    Level.HINT: _("供参考"),
}


@dataclass(frozen=True)
class Advice:
    """A finding as editors read it."""

    title: Any
    where: Any
    sentence: str
    level: Level


def advice(finding: Finding) -> Advice:
    """Return what a finding says, in the present language."""
    params = {"quote": finding.quote, **finding.params}
    if finding.check is Check.TERM:
        params["instead"] = INSTEAD % params if params["preferred"] else ""
    return Advice(TITLES[finding.check], finding.label, SENTENCES[finding.check] % params, finding.level)
