"""What form fields and lists show, and what a screen reader is told about them."""

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory

KINDS = [("a", "甲"), ("b", "乙")]


class Question(forms.Form):
    title = forms.CharField(label="标题", help_text="一句话", max_length=20)
    text = forms.CharField(label="内容", max_length=500, widget=forms.Textarea, required=False)
    consent = forms.ChoiceField(label="公开？", choices=KINDS, widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(label="方式", choices=KINDS, widget=forms.CheckboxSelectMultiple, required=False)
    read = forms.BooleanField(label="已读")

    def clean(self):
        raise forms.ValidationError("整张表单有问题")


def shown(source, **variables):
    html = Engine.get_default().from_string("{% load ui %}" + source).render(Context(variables))
    return BeautifulSoup(html, "html.parser")


def field(name, data=None, **props):
    given = "".join(f" {key}={key}" for key in props)
    return shown("{% component 'field' field=field" + given + " %}", field=Question(data)[name], **props)


def values(page, selector, attribute):
    return [element.get(attribute) for element in page.select(selector)]


def test_hint_is_tied_to_its_input():
    page = field("title")

    assert page.select_one("#id_title-hint").text == "一句话"
    assert values(page, "input", "aria-describedby") == ["id_title-hint"]
    assert values(page, "label", "for") == ["id_title"]


def test_error_is_tied_to_its_input_and_named():
    page = field("title", {})

    assert values(page, "input", "aria-describedby") == ["id_title-hint id_title-error"]
    assert values(page, "input", "aria-invalid") == ["true"]
    assert "错误：" in page.select_one("#id_title-error").text


def test_only_what_may_be_left_out_is_marked():
    assert "（选填）" in field("text").text
    assert "（选填）" not in field("title").text


def test_long_text_says_how_long_it_may_be_and_does_not_cut():
    page = field("text")

    assert "最多 500 字" in page.text
    assert values(page, "textarea", "data-count") == ["500"]
    assert values(page, "textarea", "maxlength") == [None]


def test_group_is_a_fieldset_with_a_hint_per_choice():
    page = field("consent", options={"a": "大家都看得到"})

    assert page.select_one("fieldset > legend").text.strip() == "公开？"
    assert values(page, "input", "aria-describedby") == ["id_consent_0-hint", None]
    assert values(page, "label", "for") == ["id_consent_0", "id_consent_1"]


def test_single_checkbox_has_its_label_behind_it():
    assert [element.name for element in field("read").select(".y-choice > *")] == ["input", "label"]


def test_heading_can_be_the_label():
    assert field("title", heading=True).select_one("h1 > label").text == "标题"
    assert field("consent", heading=True).select_one("legend > h1").text == "公开？"


def test_error_summary_leads_to_each_input():
    page = shown("{% component 'error-summary' form=form %}", form=Question({"title": "很" * 21}))
    lines = [line.text for line in page.select("li")]

    assert values(page, "a", "href") == ["#id_title", "#id_consent_0", "#id_read"]
    assert lines[0] == "整张表单有问题"
    assert [line.split("：")[0] for line in lines[1:]] == ["标题", "公开", "已读"]


def test_error_summary_is_absent_without_errors():
    assert not shown("{% component 'error-summary' form=form %}", form=Question()).select("[role=alert]")


@pytest.mark.parametrize(("number", "address"), [("1", "?q=x"), ("3", "?q=x&page=3")])
def test_pagination_keeps_the_rest_of_the_query(number, address):
    request = RequestFactory().get("/", {"q": "x", "page": "2"})
    page = shown("{% component 'pagination' page=page %}", page=Paginator(range(30), 10).page(2), request=request)

    assert [link["href"] for link in page.select("li a") if link.text == number] == [address]
    assert [link.text for link in page.select("[aria-current=page]")] == ["2"]


def test_one_page_needs_no_pagination():
    assert not shown("{% component 'pagination' page=page %}", page=Paginator([1], 10).page(1)).select("nav")


def test_table_rows_carry_their_column_for_phones():
    source = "{% component 'table' caption='表' head=head rows=rows numeric='2' %}"
    page = shown(source, head=["单位", "数量"], rows=[["教育局", 3]])

    assert values(page, "tbody [data-label]", "data-label") == ["单位", "数量"]
    assert page.select_one("td.is-numeric").text == "3"
    assert page.select_one("tbody th").text == "教育局"
