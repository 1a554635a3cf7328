"""English is complete: every text on screen has its English, with the same placeholders."""

from pathlib import Path

import polib
import pytest

from scripts import messages

pytestmark = pytest.mark.unit

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("提交" "问题")
COUNT = ngettext("%(n)s 个问题", "%(n)s 个问题", 2)
STATE = pgettext("问题的状态", "受理")
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "标题" %}</h1>{% translate "办结" context "动词" as done %}
{% component "button" label=_("下一步") %}
{% blocktranslate trimmed count n=items|length %}
  有 {{ n }} 项，共 100%
{% plural %}
  有 {{ n }} 项，共 100%
{% endblocktranslate %}{# 注释 #}
"""


@pytest.fixture
def app(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "texts.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def catalogue(app: Path) -> polib.POFile:
    return polib.pofile(str(app / messages.CATALOGUE))


@pytest.mark.parametrize("folder", messages.apps(), ids=lambda path: path.name)
def test_the_english_catalogue_is_complete(folder):
    assert [str(fault) for fault in messages.check(folder)] == []


def test_no_two_apps_translate_one_text_differently():
    assert [str(fault) for fault in messages.check_agreement(messages.apps())] == []


def test_every_way_of_marking_a_text_is_seen(app):
    messages.extract(app)

    assert {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue(app)} == {
        (None, "提交问题", ""),
        (None, "%(n)s 个问题", "%(n)s 个问题"),
        ("问题的状态", "受理", ""),
        (None, "标题", ""),
        ("动词", "办结", ""),
        (None, "下一步", ""),
        (None, "有 %(n)s 项，共 100%%", "有 %(n)s 项，共 100%%"),
    }


def test_a_new_text_comes_empty_and_is_reported_until_it_is_translated(app):
    messages.extract(app)
    assert len(list(messages.check(app))) == 7

    translations = catalogue(app)
    for entry in translations:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "one", 1: entry.msgid}
        else:
            entry.msgstr = "English"
    translations.save()

    assert list(messages.check(app)) == []


def test_extracting_keeps_translations_and_drops_what_is_unused(app):
    messages.extract(app)
    translations = catalogue(app)
    translations.find("标题").msgstr = "Title"
    translations.append(polib.POEntry(msgid="从前", msgstr="Once"))
    translations.save()
    assert any("no longer used: 从前" in str(fault) for fault in messages.check(app))

    messages.extract(app)
    before = (app / messages.CATALOGUE).read_bytes()
    messages.extract(app)

    assert catalogue(app).find("标题").msgstr == "Title"
    assert catalogue(app).find("从前") is None
    assert (app / messages.CATALOGUE).read_bytes() == before


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("%(name)s 已受理", "Accepted"), ("%s 天", "days"), ("{name} 已受理", "%(name)s accepted")],
)
def test_a_translation_with_other_placeholders_is_refused(tmp_path, chinese, english):
    (tmp_path / "texts.py").write_text(f"TITLE = _({chinese!r})")
    messages.extract(tmp_path)
    translations = catalogue(tmp_path)
    translations[0].msgstr = english
    translations.save()

    assert "placeholders differ" in str(next(messages.check(tmp_path)))


@pytest.mark.parametrize(
    ("markup", "faults"),
    [
        ("<p>裸露的文字</p>", 1),
        ('{% component "button" label="提交" %}', 1),
        ('{{ name|default:"无" }}', 1),
        ('<a lang="zh-hans">简体中文</a>', 0),
        ('{{ name|default:_("无") }}', 0),
        ("{% comment %}说明{% endcomment %}{# 说明 #}", 0),
        ("{% blocktranslate %}您好{% endblocktranslate %}", 0),
    ],
)
def test_bare_chinese_in_a_template_is_found(tmp_path, markup, faults):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(markup)

    assert len(list(messages.unmarked_text(tmp_path))) == faults


def test_a_text_that_is_put_together_at_run_time_is_refused(tmp_path):
    (tmp_path / "texts.py").write_text('TITLE = _(f"您好，{name}")')

    assert len(list(messages.unreadable_calls(tmp_path))) == 1


def test_catalogues_are_compiled_once_and_again_when_they_change(app):
    messages.extract(app)

    assert [messages.compile_catalogues([app]), messages.compile_catalogues([app])] == [1, 0]
