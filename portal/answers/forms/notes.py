"""A word among colleagues, beside a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers.forms.step import DeskForm


class NoteForm(DeskForm):
    """An internal note."""

    text = forms.CharField(
        label=_("内部备注"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-key": "n"}),
        help_text=_("提问人看不到。"),
    )
