"""Inputs and selects written without a template: Django's own takes two includes for each, more on a page of filters than its list."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import conditional_escape


class Renderer(TemplatesSetting):
    """The forms' renderer of the settings: the plain widgets by hand, all others by their templates."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Return the HTML of a widget, or of a form."""
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == SELECT:
            return _select(context["widget"])
        return str(super().render(template_name, context, request))


SELECT = "django/forms/widgets/select.html"
INPUTS = {
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "number", "email", "url", "password", "hidden", "date", "time", "checkbox")
}


def _input(widget: Mapping[str, Any]) -> str:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    return f"<input{_attributes({'type': widget['type'], 'name': widget['name'], **value, **widget['attrs']})}>"


def _select(widget: Mapping[str, Any]) -> str:
    groups = []
    for name, options, _index in widget["optgroups"]:
        written = "".join(map(_option, options))
        groups.append(f"<optgroup{_attributes({'label': name})}>{written}</optgroup>" if name else written)
    return f"<select{_attributes({'name': widget['name'], **widget['attrs']})}>{''.join(groups)}</select>"


def _option(option: Mapping[str, Any]) -> str:
    return f"<option{_attributes({'value': option['value'], **option['attrs']})}>{_text(option['label'])}</option>"


def _attributes(values: Mapping[str, Any]) -> str:
    """Write attributes: of True the name alone, of False nothing."""
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in values.items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(str(value))
