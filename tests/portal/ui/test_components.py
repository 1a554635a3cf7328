"""Components say what they accept, and say so before a page is shown."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Engine, TemplateSyntaxError

from portal.config.env import BASE_DIR
from portal.ui import styleguide
from portal.ui.components import component, component_names
from portal.ui.presenters import TONE_ICONS

README = Path(styleguide.__file__).with_name("README.md")


TEMPLATES = sorted(
    path.relative_to(folder).as_posix()
    for folder in BASE_DIR.glob("portal/*/templates")
    for path in folder.rglob("*.html")
)


def compiled(source):
    return Engine.get_default().from_string("{% load ui %}" + source)


def rendered(source, **variables):
    return compiled(source).render(Context(variables))


def test_component_shows_its_props():
    html = rendered('{% component "tag" text="已答复" tone="success" %}')

    assert 'class="y-tag is-success"' in html
    assert "已答复" in html


def test_wrap_gives_its_content_as_slot():
    assert "<p>请注意</p>" in rendered('{% wrap "notice" %}<p>请注意</p>{% endwrap %}')


def test_result_can_become_a_prop_of_another_component():
    html = rendered('{% component "tag" text="甲" as tag %}{% component "summary-row" key="状态" slot=tag %}')

    assert html.count("y-tag") == 1
    assert "&lt;" not in html


def test_text_of_people_is_escaped():
    html = rendered('{% component "tag" text=text %}{% wrap "actions" %}{{ text }}{% endwrap %}', text="<script>")

    assert html.count("&lt;script&gt;") == 2
    assert "<script>" not in html


def test_component_does_not_see_the_variables_of_the_page():
    assert "aria-label" not in rendered('{% component "icon" name="clock" %}', label="别人的")


def test_none_means_not_given():
    assert "is-neutral" in rendered('{% component "tag" text="甲" tone=unknown %}')


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ('{% component "tag" %}', "needs text"),
        ('{% component "tag" text="甲" colour="red" %}', "does not know colour"),
        ('{% component "tag" text="甲" tone="red" %}', "'red' is none of 'neutral'"),
        ('{% wrap "tag" text="甲" %}乙{% endwrap %}', "does not know slot"),
        ('{% component "notice" %}', "needs slot"),
        ('{% component "butten" text="甲" %}', "there is button"),
        ("{% component tag %}", "name of a component in quotes"),
        ('{% component "tag" "甲" %}', "name=value pairs only"),
    ],
)
def test_mistake_stops_the_template_from_compiling(source, complaint):
    with pytest.raises(TemplateSyntaxError, match=complaint):
        compiled(source)


def test_complaint_lists_what_is_accepted():
    with pytest.raises(TemplateSyntaxError, match=r"accepts: text \(required\); tone, icon \(optional\)"):
        compiled('{% component "tag" %}')


def test_wrong_value_in_a_variable_is_refused_when_shown():
    with pytest.raises(ValueError, match="tone='red'"):
        rendered('{% component "tag" text="甲" tone=tone %}', tone="red")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_of_ours_uses_components_rightly(name):
    assert Engine.get_default().get_template(name)


@pytest.mark.parametrize("name", component_names())
def test_every_prop_is_explained(name):
    assert all(prop.help for prop in component(name).props.values())


def test_every_component_is_in_the_style_guide():
    shown = [name for _title, samples in styleguide.GROUPS for sample in samples for name in sample.names]

    assert sorted(shown) == component_names()


@pytest.mark.parametrize(
    "sample",
    [sample for _title, samples in styleguide.GROUPS for sample in samples],
    ids=lambda sample: sample.names[0],
)
def test_examples_use_the_components_they_are_for(sample):
    sources = "".join(styleguide.example_sources(sample.names[0]))

    assert all(f'"{name}"' in sources for name in sample.names)


def test_readme_lists_every_component_and_prop():
    table = README.read_text("utf-8").split("<!-- components -->")[1].split("<!-- /components -->")[0]

    assert table.strip().splitlines()[2:] == [_row(name) for name in component_names()]


def _row(name):
    props = component(name).props
    slot = props.get("slot")
    content = "" if slot is None else "required" if slot.is_required else "optional"
    words = [
        (f"**{prop.name}**" if prop.is_required else prop.name)
        + (f" ({' '.join(prop.choices)})" if prop.choices else "")
        for prop in props.values()
        if prop.name != "slot"
    ]
    return f"| `{name}` | {content} | {', '.join(words)} |"


def test_every_tone_has_its_icon():
    symbols = ElementTree.parse(finders.find("ui/icons.svg")).getroot()  # noqa: S314 - our own file

    assert set(TONE_ICONS.values()) <= {symbol.get("id") for symbol in symbols}
