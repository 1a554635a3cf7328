"""Fields of our own for the editors' forms."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField


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


class BlocksField(StreamField):
    """A StreamField whose blocks stay out of migrations, so that a changed block needs none.

    Where the blocks are not known, as in a migration, the field holds the plain list that is stored.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the blocks out."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs

    def to_python(self, value: Any) -> Any:
        """Give the stored list itself where there are no blocks to read it with: nothing is lost by saving it."""
        if self.stream_block.child_blocks:
            return super().to_python(value)
        return json.loads(value) if isinstance(value, str) and value else value
