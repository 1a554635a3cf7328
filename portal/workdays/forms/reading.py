"""Where a proposal begins: the text of a notice, or some local days."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from portal.kernel.workdays import ONE_DAY
from portal.workdays.rules.announcements import Reading, read_announcement
from portal.workdays.rules.chinese_dates import YEARS
from portal.workdays.rules.clauses import LONGEST
from portal.workdays.rules.notices import Kind, NoticeDay

# The longest notice so far has 900 characters; a whole web page pasted by mistake has more.
LONGEST_TEXT = 8000
YEAR_LIMITS = [MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[-1])]
DATE = {"type": "date"}


def plain_lines(text: str) -> str:
    """Return a text with the line breaks that a browser sends as we keep them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class PasteForm(forms.Form):
    """A notice as it was published. year, scope: what the text itself does not say."""

    text = forms.CharField(
        label=_("通知全文"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16, "lang": "zh-Hans"}),
        help_text=_("从中国政府网复制，连同标题、文号和落款。"),
    )
    year = forms.IntegerField(
        label=_("年份"),
        required=False,
        validators=YEAR_LIMITS,
        help_text=_("不填则从标题看。"),
    )
    scope = forms.ChoiceField(
        label=_("安排的范围"),
        required=False,
        choices=[("", _("从标题看")), ("year", _("全年")), ("amend", _("只调整其中几天，其余照旧"))],
    )

    def clean_text(self) -> str:
        """Return the text with one kind of line break."""
        return plain_lines(self.cleaned_data["text"])

    def reading(self) -> Reading:
        """Return what the text says; valid forms only."""
        typed = self.cleaned_data
        return read_announcement(
            typed["text"],
            year=typed["year"],
            amends={"year": False, "amend": True}.get(typed["scope"]),
        )


class DocumentFields(forms.Form):
    """The document that days rest on."""

    source = forms.CharField(label=_("依据（文件名称）"), max_length=200)
    source_en = forms.CharField(label=_("依据的英文名称"), max_length=300, required=False)
    document_number = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("请与原件核对，例如 国办发明电〔2024〕12号。")
    )
    announced_on = forms.DateField(label=_("公布日期"), required=False, widget=forms.DateInput(attrs=DATE))
    address = forms.URLField(label=_("网址"), required=False, assume_scheme="https")


class LocalForm(DocumentFields):
    """Days on which the place itself does otherwise: a typhoon, a city's notice."""

    field_order = ["kind", "first", "last", "name", "name_en"]

    kind = forms.ChoiceField(
        label=_("这几天"),
        choices=[(Kind.OFF.value, _("停止办公")), (Kind.WORK.value, _("照常上班"))],
        widget=forms.RadioSelect,
        initial=Kind.OFF.value,
    )
    first = forms.DateField(label=_("从"), widget=forms.DateInput(attrs=DATE))
    last = forms.DateField(label=_("到"), widget=forms.DateInput(attrs=DATE))
    name = forms.CharField(label=_("事由"), max_length=60, help_text=_("公众会看到，例如 台风停工。"))
    name_en = forms.CharField(label=_("事由的英文"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """Want a period that runs forward, is not too long and lies in one year: each year has its own version."""
        typed = super().clean() or {}
        first, last = typed.get("first"), typed.get("last")
        if not first or not last:
            return typed
        if last < first:
            self.add_error("last", _("结束日期不能早于开始日期。"))
        elif (last - first).days >= LONGEST:
            self.add_error("last", _("一次最多登记 %(days)d 天。") % {"days": LONGEST})
        elif first.year != last.year:
            self.add_error("last", _("跨年的请按年份分两次登记。"))
        elif first.year not in YEARS:
            self.add_error("first", _("请检查年份。"))
        return typed

    def days(self) -> tuple[NoticeDay, ...]:
        """Return the days; valid forms only."""
        typed = self.cleaned_data
        count = (typed["last"] - typed["first"]).days + 1
        kind = Kind(typed["kind"])
        return tuple(
            NoticeDay(typed["first"] + n * ONE_DAY, kind, typed["name"], typed["name_en"]) for n in range(count)
        )
