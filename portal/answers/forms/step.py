"""The shape of a step's form: what was typed, the version that was seen, and the one action it calls."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from portal.accounts.models import Office
from portal.answers.models import Question
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock


class OfficeChoice(forms.ModelChoiceField):
    """The offices that take questions, indented as they stand in the tree."""

    def __init__(self, **kwargs: Any) -> None:
        offices = Office.objects.filter(is_active=True, takes_questions=True, is_centre=False).order_by("path")
        super().__init__(queryset=offices, **kwargs)

    def label_from_instance(self, office: Office) -> str:
        """Return the office's name behind its level."""
        return f"{'　' * (office.depth - 1)}{office.local_name}（{office.get_level_display()}）"


class StepForm(forms.Form):
    """A step without anything to fill in. `seen` is the version of the question that the page showed."""

    step: ClassVar[str]
    is_primary: ClassVar[bool] = False
    hint: ClassVar[Any] = ""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        self.question = question
        kwargs.setdefault("prefix", self.step)
        kwargs["initial"] = {"seen": question.version} | self.suggested(question) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    @staticmethod
    def suggested(question: Question) -> dict[str, Any]:
        """Return what the fields start with."""
        return {}

    def take(self, question_id: UUID, *, by: Actor, clock: Clock) -> object:
        """Call the step's action with what was typed."""
        raise NotImplementedError

    @property
    def is_button_only(self) -> bool:
        """Tell whether there is nothing to fill in."""
        return all(field.is_hidden for field in self)
