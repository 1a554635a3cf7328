"""The shape of a step's form: what was typed, the version that was seen, and the one action it calls."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.answers.models import Question
from portal.kernel.actors import Actor
from portal.kernel.clock import Clock


def _taking_offices() -> QuerySet[Office]:
    return Office.objects.filter(is_active=True, takes_questions=True, is_centre=False).order_by("path")


class OfficeChoice(forms.ModelChoiceField):
    """The offices that take questions, indented as they stand in the tree."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=_taking_offices(), **kwargs)

    def leave_out(self, *office_ids: UUID | str) -> None:
        """Offer every office but these."""
        self.queryset = _taking_offices().exclude(pk__in=office_ids)

    def label_from_instance(self, office: Office) -> str:
        """Return the office's name behind its level."""
        return f"{'　' * (office.depth - 1)}{office.local_name}（{office.get_level_display()}）"


def to_choose(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the choices behind an empty one: what cannot be undone is chosen, not left as it was found."""
    return [("", _("请选择")), *choices]


class MomentField(forms.DateTimeField):
    """A day and a minute in Shanghai, picked or typed; cleans to an aware instant."""

    FORMAT = "%Y-%m-%dT%H:%M"
    default_error_messages = {
        "required": _("请填写日期和时间。"),
        "invalid": _("请按“年-月-日 时:分”填写，例如 2026-03-02 10:05。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=self.FORMAT)
        super().__init__(widget=widget, input_formats=[self.FORMAT, "%Y-%m-%d %H:%M"], **kwargs)


class DeskForm(forms.Form):
    """A form of the desk: where something is missing it says what to do, not that a field is required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages["required"] is forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field)


def _missing(field: forms.Field) -> Any:
    if isinstance(field, forms.BooleanField):
        return _("请确认这一项。")
    if isinstance(field, forms.ChoiceField):
        return _("请选择这一项。")
    return _("请填写这一项。")


class StepForm(DeskForm):
    """A step without anything to fill in. `seen` is the version of the question that the page showed."""

    step: ClassVar[str]
    is_primary: ClassVar[bool] = False
    key: ClassVar[str] = ""  # that leads to its button, see `shortcuts`
    opens: bool = False  # shown unfolded, without being the main button
    hint: ClassVar[Any] = ""
    warning: Any = ""  # what whoever takes the step must know of this very question

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
