"""The proposal before it is saved: the document, and every day of it to be corrected by hand."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.workdays.forms.reading import DATE, LONGEST_TEXT, YEAR_LIMITS, DocumentFields, plain_lines
from portal.workdays.rules.festivals import ENGLISH, JOINT
from portal.workdays.rules.notices import Kind, Layer, Notice, NoticeDay

PREFIX = "days"
BLANK_ROWS = 3
MORE_ROWS = 5
MOST_ROWS = 150  # no year has named half as many


class ReviewForm(DocumentFields):
    """The document, and what the days were read from. What was read travels along: nothing is kept before it is saved."""

    layer = forms.ChoiceField(choices=[(layer.value, layer.value) for layer in Layer], widget=forms.HiddenInput)
    year = forms.IntegerField(validators=YEAR_LIMITS, widget=forms.HiddenInput)
    amends = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(required=False, max_length=2 * LONGEST_TEXT, strip=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Return the text with one kind of line break."""
        return plain_lines(self.cleaned_data["text"])


class DayForm(forms.Form):
    """One day. A row that is left empty is none."""

    date = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs=DATE))
    kind = forms.ChoiceField(
        label=_("放假或上班"),
        choices=[("", "—"), (Kind.OFF.value, _("放假")), (Kind.WORK.value, _("上班"))],
    )
    name = forms.CharField(label=_("节日或事由"), max_length=60)
    name_en = forms.CharField(label=_("英文"), max_length=120, required=False)

    def day(self) -> NoticeDay:
        """Return the day; valid forms only. A festival that we know has its English by itself."""
        typed = self.cleaned_data
        known = [ENGLISH[name] for name in typed["name"].split(JOINT) if name in ENGLISH]
        english = typed["name_en"] or (", ".join(known) if len(known) == len(typed["name"].split(JOINT)) else "")
        return NoticeDay(typed["date"], Kind(typed["kind"]), typed["name"], english)


class _Days(forms.BaseFormSet):
    def days(self) -> tuple[NoticeDay, ...]:
        """Return the days that are not struck out, in order; valid formsets only."""
        rows = [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]
        return tuple(sorted((form.day() for form in rows), key=lambda day: day.date))


DayFormSet = forms.formset_factory(
    DayForm, formset=_Days, extra=0, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + MORE_ROWS
)


class ConfirmForm(forms.Form):
    """The second person says what they have done."""

    compared = forms.BooleanField(
        label=_("我已对照原文逐日核对"), error_messages={"required": _("请先对照原文核对，再打勾。")}
    )


class RejectForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=_("不同意的理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("登记的人会看到。"),
    )


def as_typed(notice: Notice, text: str) -> QueryDict:
    """Return a notice as the two forms would have sent it, with some empty rows to fill in."""
    typed = QueryDict(mutable=True)
    typed.update(
        {
            "layer": notice.layer.value,
            "year": str(notice.year),
            "amends": "on" if notice.amends else "",
            "text": text,
            "source": notice.source,
            "source_en": notice.source_en,
            "document_number": notice.document_number,
            "announced_on": notice.announced_on.isoformat() if notice.announced_on else "",
            "address": notice.address,
        }
    )
    return with_rows(typed, notice.days)


def with_rows(typed: QueryDict, days: Iterable[NoticeDay]) -> QueryDict:
    """Return what was typed with these days as rows."""
    rows = list(days)
    for number, day in enumerate(rows):
        fields = {"date": day.date.isoformat(), "kind": day.kind.value, "name": day.name, "name_en": day.name_en}
        typed.update({f"{PREFIX}-{number}-{name}": value for name, value in fields.items()})
    # None of the rows counts as having been there before: one that is emptied is gone.
    typed.update({f"{PREFIX}-TOTAL_FORMS": str(len(rows) + BLANK_ROWS), f"{PREFIX}-INITIAL_FORMS": "0"})
    return typed


def with_more_rows(typed: QueryDict) -> QueryDict:
    """Return what was typed with room for more days."""
    more = typed.copy()
    total = more.get(f"{PREFIX}-TOTAL_FORMS", "0")
    count = int(total) if total.isdecimal() and len(total) < 4 else 0
    more[f"{PREFIX}-TOTAL_FORMS"] = str(min(count + MORE_ROWS, MOST_ROWS))
    return more


def notice_from(typed: dict[str, Any], days: tuple[NoticeDay, ...]) -> Notice:
    """Return the notice that valid forms describe."""
    return Notice(
        layer=Layer(typed["layer"]),
        year=typed["year"],
        source=typed["source"],
        days=days,
        source_en=typed["source_en"],
        document_number=typed["document_number"],
        announced_on=typed["announced_on"],
        address=typed["address"],
        amends=typed["amends"],
    )
