"""The form on which people choose how pages are shown."""

from dataclasses import replace
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.display import Display

# What one press of a button changes; the radio buttons are for choosing one by one.
PRESETS = {"standard": {"size": "standard"}, "elder": {"size": "elder"}}


class DisplayForm(forms.Form):
    """Size, contrast and theme, or one of the presets by its own button."""

    preset = forms.ChoiceField(choices=[(name, name) for name in PRESETS], required=False)
    size = forms.ChoiceField(
        label=_("字号和布局"),
        widget=forms.RadioSelect,
        choices=[("standard", _("标准")), ("large", _("大字")), ("elder", _("长辈模式"))],
        required=False,
    )
    contrast = forms.ChoiceField(
        label=_("对比度"),
        widget=forms.RadioSelect,
        choices=[("normal", _("标准")), ("high", _("高对比度（黑底黄字）"))],
        required=False,
    )
    theme = forms.ChoiceField(
        label=_("明暗"),
        widget=forms.RadioSelect,
        choices=[("light", _("浅色")), ("dark", _("深色")), ("auto", _("跟随设备"))],
        required=False,
    )

    @classmethod
    def showing(cls, display: Display) -> Self:
        """Return the form with the present choice."""
        return cls(initial={"size": display.size, "contrast": display.contrast, "theme": display.theme})

    def chosen(self, now: Display) -> Display:
        """Return what was chosen; valid forms only. now: what holds where nothing was chosen."""
        data = self.cleaned_data
        changes = PRESETS.get(data["preset"]) or {key: data[key] for key in ("size", "contrast", "theme") if data[key]}
        return replace(now, **changes)
