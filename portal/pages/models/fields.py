"""Fields of our own for the editors' forms."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoiceSetField(models.JSONField):
    """Several of a closed list, kept as a sorted JSON list: the same on every database.

    options: (value, label) pairs. Stays out of migrations, so that a new choice needs none.
    """

    def __init__(self, *args: Any, options: Any = (), **kwargs: Any) -> None:
        self.options = options
        super().__init__(*args, **(kwargs | {"default": list, "blank": True}))

    def deconstruct(self) -> Any:
        """Leave the options out."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Show the options as checkboxes."""
        kept = {key: value for key, value in kwargs.items() if key in {"label", "help_text", "initial"}}
        return forms.MultipleChoiceField(
            choices=self.options,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
            **{key: value for key, value in kept.items() if key not in {"label", "help_text"}},
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Raise ValidationError for what is not among the options."""
        super().validate(value, model_instance)
        known = {str(option) for option, _label in self.options}
        if unknown := sorted({str(entry) for entry in value} - known):
            raise ValidationError(_("不认识的选项：%(options)s"), params={"options": ", ".join(unknown)})
