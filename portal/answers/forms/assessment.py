"""Of which year."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AssessmentForm(forms.Form):
    """A year since the first answer. years: the present one first."""

    year = forms.TypedChoiceField(
        label=_("年度"), coerce=int, error_messages={"invalid_choice": _("没有这一年的数字。")}
    )

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]
