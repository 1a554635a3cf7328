"""Widgets written by hand are those of Django's templates."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy

from portal.ui.widgets import INPUTS, Renderer

NASTY = "x\"><b>&'"
OFFICES = [("", "全部"), (1, gettext_lazy("首页")), (NASTY, NASTY), ("街道", [("a", "甲"), ("b", NASTY)])]


class EveryInput(forms.Form):
    text = forms.CharField(required=False, max_length=9, initial=NASTY)
    number = forms.IntegerField(initial=1000)
    email = forms.EmailField(required=False)
    day = forms.DateField(required=False, widget=forms.DateInput(attrs={"data-of": NASTY, "hidden": True}))
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput, initial="")
    read = forms.BooleanField(required=False, initial=True)
    office = forms.ChoiceField(choices=OFFICES, initial=1)
    offices = forms.MultipleChoiceField(choices=OFFICES, required=False)
    maybe = forms.NullBooleanField()
    ways = forms.MultipleChoiceField(choices=OFFICES[:2], widget=forms.CheckboxSelectMultiple)
    long = forms.CharField(widget=forms.Textarea)


def elements(html):
    """Every element with its attributes and own text."""
    found = BeautifulSoup(str(html), "html.parser").find_all(True)
    own = [[text.strip() for text in tag.find_all(string=True, recursive=False)] for tag in found]
    return [(tag.name, tag.attrs, [*filter(None, texts)]) for tag, texts in zip(found, own, strict=True)]


@pytest.mark.parametrize("data", [None, {}, {"text": NASTY, "office": NASTY, "offices": ["a", "b"], "ways": ["1"]}])
@pytest.mark.parametrize("name", EveryInput.base_fields)
def test_a_widget_is_what_its_template_makes(name, data):
    attrs = {"class": "y-input", "aria-describedby": NASTY, "maxlength": False, "disabled": True}
    ours, django = (EveryInput(data, renderer=renderer())[name] for renderer in (Renderer, TemplatesSetting))

    assert elements(ours.as_widget(attrs=attrs)) == elements(django.as_widget(attrs=attrs))
    assert NASTY not in ours.as_widget()


def test_each_input_that_is_written_by_hand_has_the_template_of_a_plain_one():
    engine = TemplatesSetting()
    plain = {"type": "text", "name": "n", "value": "v", "attrs": {}}

    assert {engine.render(name, {"widget": plain}) for name in INPUTS} == {'<input type="text" name="n" value="v">'}
