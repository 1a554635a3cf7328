"""The helper "who can apply, what do I need": as many questions as the guide turns on, and no more."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.models.guide_rows import KINDS, OLDEST, GuideQuestion
from portal.pages.rules.eligibility import AGE, KIND, Applicant, Kind

YES, NO = "yes", "no"


class EligibilityForm(forms.Form):
    """asked: what has to be asked, in order (`GuidePage.asked`); own: the guide's questions."""

    def __init__(self, data: Any, *, asked: Sequence[str], own: Sequence[GuideQuestion]) -> None:
        super().__init__(data)
        texts = {question.key: question.text for question in own}
        for name in asked:
            self.fields[name] = _field(name, texts)

    @property
    def applicant(self) -> Applicant:
        """What was answered. A guide that does not ask what somebody is makes no difference between them."""
        answers = self.cleaned_data
        yes = frozenset(name for name, answer in answers.items() if answer == YES)
        return Applicant(Kind(answers.get(KIND) or Kind.REGISTERED), answers.get(AGE), yes)


def _field(name: str, texts: dict[str, str]) -> forms.Field:
    if name == KIND:
        return forms.ChoiceField(
            label=_("您（或您的单位）是"),
            choices=KINDS,
            widget=forms.RadioSelect,
            error_messages={"required": _("请选择一项，不同情况能办的不一样。")},
        )
    if name == AGE:
        return forms.IntegerField(
            label=_("办事人的年龄"),
            min_value=0,
            max_value=OLDEST,
            help_text=_("周岁。"),
            error_messages={"required": _("请填写年龄，例如 35。"), "invalid": _("请填写数字，例如 35。")},
        )
    return forms.ChoiceField(
        label=texts[name],
        choices=[(YES, pgettext_lazy("answer", "是")), (NO, pgettext_lazy("answer", "否"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择“是”或“否”。")},
    )
