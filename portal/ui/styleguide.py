"""The style guide's examples: every component as a page writes it, with made-up content.

An example is template source, so what is shown is what one copies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template import Engine, RequestContext, Template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.kernel.clock import SHANGHAI
from portal.ui.components import Component, component

EXAMPLES = "templates/portal/ui/examples"
SEPARATOR = "{# next #}"


@dataclass(frozen=True)
class Sample:
    """Components that belong together; the examples are in the file that the first one names.

    in_row: the examples are small enough to stand beside each other.
    """

    names: tuple[str, ...]
    in_row: bool = False


GROUPS: tuple[tuple[Any, tuple[Sample, ...]], ...] = (
    (
        _("操作"),
        (
            Sample(("button", "link-button"), in_row=True),
            Sample(("actions",)),
            Sample(("print-button",)),
            Sample(("reading-tools",)),
            Sample(("search-box",)),
            Sample(("filters",)),
        ),
    ),
    (_("表单"), (Sample(("field",)), Sample(("fields",)), Sample(("error-summary",)), Sample(("steps",)))),
    (
        _("状态和时限"),
        (
            Sample(("tag",), in_row=True),
            Sample(("deadline",), in_row=True),
            Sample(("timeline", "timeline-entry")),
            Sample(("diff",)),
        ),
    ),
    (_("提示"), (Sample(("notice",)), Sample(("messages",)), Sample(("panel",)), Sample(("empty-state",)))),
    (
        _("内容"),
        (
            Sample(("summary-list", "summary-row")),
            Sample(("key-facts", "key-fact")),
            Sample(("figures", "figure")),
            Sample(("table",)),
            Sample(("details",)),
            Sample(("document-card",)),
            Sample(("icon",), in_row=True),
        ),
    ),
    (
        _("列表和导航"),
        (
            Sample(("question-card",)),
            Sample(("cards", "card")),
            Sample(("pagination",)),
            Sample(("breadcrumbs",)),
            Sample(("back-link",)),
        ),
    ),
)


class ExampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("一句话说明问题"), max_length=50, help_text=_("例如：持居住证，孩子今年可以上公办小学吗？")
    )
    text = forms.CharField(label=_("详细说明"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    topic = forms.ChoiceField(
        label=_("主题"), choices=[("", _("请选择")), ("school", _("入学")), ("home", _("居住证"))]
    )
    publish = forms.ChoiceField(
        label=_("答复后，可以公开这个问题吗？"),
        widget=forms.RadioSelect,
        choices=[("yes", _("可以公开")), ("no", _("不要公开"))],
    )
    ways = forms.MultipleChoiceField(
        label=_("通知方式"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("sms", _("短信")), ("mail", _("电子邮件")), ("site", _("站内消息"))],
        required=False,
    )
    papers = forms.FileField(label=_("上传附件"), required=False)
    read = forms.BooleanField(
        label=_("我已阅读并同意《个人信息处理规则》"), help_text=_("不同意也可以拨打 12345 提问。")
    )
    amount = forms.IntegerField(label=_("金额"), required=False)
    phone = forms.RegexField(
        r"1\d{10}", label=_("手机号"), error_messages={"invalid": _("请填写 11 位手机号，例如 13800138000")}
    )


class FilterForm(forms.Form):
    """Filters of a list."""

    office = forms.ChoiceField(label=_("单位"), choices=[("", _("全部")), ("edu", _("澄湖区教育局"))], required=False)
    month = forms.ChoiceField(label=_("月份"), choices=[("", _("全部")), ("2026-03", "2026-03")], required=False)


@dataclass(frozen=True)
class Told:
    """Stands in for a message of Django's."""

    text: Any
    level_tag: str

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Shown:
    """A sample as the page shows it."""

    components: list[Component]
    sources: list[str]
    html: list[SafeString]
    in_row: bool


def groups(request: HttpRequest) -> Iterator[tuple[Any, list[Shown]]]:
    """Yield each group's title and its samples, rendered."""
    context = RequestContext(request, _content())
    for title, samples in GROUPS:
        yield title, [_shown(sample, context) for sample in samples]


def example_sources(name: str) -> list[str]:
    """Return the examples in the file of component `name`, as one would write them in a page."""
    source = Path(__file__).parent.joinpath(EXAMPLES, f"{name}.html").read_text("utf-8")
    _load, examples = source.split("\n", 1)
    return [example.strip() for example in examples.split(SEPARATOR)]


def _shown(sample: Sample, context: RequestContext) -> Shown:
    sources = example_sources(sample.names[0])
    html = [_compiled(source).render(context) for source in sources]
    return Shown([component(name) for name in sample.names], sources, html, sample.in_row)


@cache
def _compiled(source: str) -> Template:
    return Engine.get_default().from_string("{% load i18n ui %}" + source)


def _content() -> dict[str, Any]:
    asked = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    due = date(2026, 3, 11)
    return {
        "crumbs": [(_("办事指南"), "#"), (_("入学和转学"), "#")],
        "due": due,
        "instant": datetime(2026, 3, 3, 9, 30, tzinfo=SHANGHAI),
        "asked": asked,
        "accepted": datetime(2026, 3, 2, 15, 5, tzinfo=SHANGHAI),
        "answered": datetime(2026, 3, 5, 11, 20, tzinfo=SHANGHAI),
        "clocks": [
            {"name": _("受理"), "words": _("按时完成"), "tone": "success"},
            {"name": _("答复"), "words": _("还剩 1 个工作日"), "tone": "warning", "due": due, "provisional": False},
        ],
        "form": ExampleForm(auto_id="example_%s"),
        "wrong_form": ExampleForm({"phone": "12", "read": "on"}, auto_id="wrong_%s"),
        "filter_form": FilterForm(auto_id="filter_%s"),
        "option_hints": {
            "yes": _("您的姓名和联系方式不会公开。"),
            "no": _("只有您和承办单位看得到。"),
        },
        "file_rules": [_("最多 5 个，每个不超过 10 MB。"), _("可以上传图片、PDF、Word 文档。")],
        "before": "我是张三，住在幸福路 12 号，电话 13800138000。\n夜间施工扰民，请处理。",
        "after": "我是某居民，住在幸福路，电话（已隐去）。\n夜间施工扰民，请处理。",
        "told": [Told(_("设置已保存。"), "success")],
        "page": _page(),
        "head": [_("单位"), _("答复"), _("按时")],
        "rows": [[_("澄湖区教育局"), "86", "86"], [_("澄湖区综合执法局"), "131", "124"]],
    }


def _page() -> Page[int]:
    return Paginator(range(240), 10).page(7)
