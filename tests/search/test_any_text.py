"""Whatever stands in the box or in the address: an answer, and never an error. With each engine, and without one."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from portal.ui.languages import html_code
from search.asking import LONGEST
from search.completion import suggested
from search.engines import current
from search.models import Entry
from search.searching import search
from search.synonyms import installed as names
from tests.factories.pages import full_guide, guide, home, news, office, policy, standard_page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock"),
    pytest.mark.xdist_group("elasticsearch"),
]

# What query languages give a meaning to, what databases and protocols stumble over, and what is there for nobody.
TEXTS = (
    *('"', "'", '"居住证', "居住证'", '""', "`", "“居住证”", "(", "((()", "居住证)", "[居住证 TO 户口]", "{居住证}", "<居住证>"),
    *("*", "?", "居*证", "*居住证", "居住证?", "**:**", "_all:*", "title_pairs:居住", "居住证^9", "居住证~2", "居住证^", "~", "^"),
    *("NEAR(居住证 户口)", "NEAR(", "居住证 NEAR/2 户口", "AND OR NOT", "AND", "NOT", "NOT 居住证", "居住证 AND", "-居住证"),
    *("居住证 && 户口", "!居住证", "居住证 <-> 户口", "+居住证 -户口", "||", "&", ":*", "居:*", "/居.*/", "/[/", "/(a+)+$/"),
    *("\\", "居住证\\", "\\\\", "\\u0000", "\\x", "%", "%%", "_", "居住证%' OR '1'='1", "'; DROP TABLE search_entry; --"),
    *('{"match_all": {}}', '{"query": "居"}', "<script>alert(1)</script>", "{{ 7*7 }}", "{% now %}", "${7*7}", "../../etc"),
    *("\x00", "居住\x00证", "\x01\x02\x1b[0m", "\r\n\r\nSet-Cookie: a=b", "\t居住证\v", "\x7f\x80\x9f", "\u2028居住证\u2029"),
    *("\u200f居住证\u202e", "\u202d\u202e\u2066\u2069", "עברית العربية", "居\u200b住\u200d证", "\ufeff居住证", "\ufffe\uffff"),
    *("🙂", "👩‍👩‍👧‍👦 🇨🇳 1️⃣", "🆔居住证", "e\u0301" * 60, "ﬀﬁ ㍿ ㊣ ½", "𠮷野家 𬎆", "㐀〇々", "ＪＺＺ", "Ⅷ ⅷ", "İı ß"),
    *("？！。，、；：", "……——《》「」", "···", "  \u3000 ", "", "的", "怎么办", "请问一下怎么办理呢", "吗 的 了", "a", "z" * 41),
    *("9" * 400, "-1", "1e999", "0x7f", "NaN", "Infinity", "١٢٣ १२३", "²³", "1.2.3.4", "00000000", "2026-02-30"),
    *("居" * 10_000, "a" * 10_000, "居住证 " * 2_500, "居a" * 5_000, "jzz " * 2_500, "zhuang" * 1_600, "(" * 10_000, "xian" * 30),
)  # fmt: skip
# As bytes of an address that are no UTF-8: a lone surrogate, both halves, a byte too few, one too many, too long a form.
BYTES = (
    *("%ED%A0%80", "%ED%B0%80", "%ED%A0%BD%ED%B9%82", "%E5%B1", "%FF%FE", "%C0%80", "%80%E5%B1%85", "%F4%90%80%80"),
    *("%", "%zz", "%u5c45", "%00", "+", "%2B", "%26q=", "&&&", ";q=1", "=", "%E5%B1%85%E4%BD%8F%E8%AF%81%C3%28"),
)
NONSENSE = (
    {"page": "999999"},
    {"page": "-1"},
    {"page": "0"},
    {"page": "9" * 400},
    {"page": "²"},
    {"page": "١"},
    {"page": "1.5"},
    {"page": "40"},
    {"page": ["1", "x"]},
    {"page": "999", "sort": "newest"},
    {"sort": "x"},
    {"sort": ["newest", "\x00"]},
    {"kind": "nothing"},
    {"kind": ["guide", "nothing", "", "\x00", "x" * 41, "*", '"', "guide"]},
    {"kind": [f"k{number}" for number in range(500)]},
    {"year": ["2026", "soon", "-1", "9" * 40, "２０２６"]},
    {"office": ["police", "..", "%", "'", "police OR 1=1"]},
    {"office": "police", "kind": "policy", "year": "1999", "sort": "newest", "page": "3"},
    {"language": "xx", "audience": "staff", "filters": "{}", "q[]": "a"},
)

# Each example asks anew what was filled in once, and changes nothing.
FILLED_ONCE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
typed = st.one_of(
    st.text(max_size=LONGEST + 20),
    st.lists(st.sampled_from([*"居住证办理户口的怎么 jzsah012", *(one for one in TEXTS if len(one) < 40)])).map(
        "".join
    ),
)


@pytest.fixture
def content(installed, background):
    """Pages of several kinds, offices and years, indexed."""
    full_guide()
    guide("居住证签注", slug="endorse", summary="每年签注一次。", office=office("police"))
    news('居住证可以在网上签注了：\\ "(a+b)*" 🙂', slug="online")
    policy("居住证管理办法", slug="rules", office=office("police"))
    news("A permit, online", language="en", slug="permit")
    background()


@pytest.fixture
def indexed_page(db):
    """A page that the search of the back office finds."""
    page = standard_page("居住证 (a+b)* 办理", home(), slug="odd")
    insert_or_update_object(page)
    return page


@pytest.fixture
def broken(client):
    """Ask addresses; return {address: status} of those that were not answered as they should be."""

    def ask(*addresses):
        found = {}
        for address in addresses:
            response = client.get(address)
            whole = response.status_code == 200 and (
                "suggestions" in response.json() if "/suggestions/" in address else response.content.count(b"<h1") == 1
            )
            if not whole:
                found[address[:200]] = response.status_code
        return found

    return ask


def both(sent: str) -> tuple[str, str]:
    return f"/search/?{sent}", f"/search/suggestions/?{sent}"


def test_every_text_is_answered(content, broken):
    assert broken(*(f"/search/?{urlencode({'q': text})}" for text in TEXTS)) == {}
    assert broken(*(f"/en/search/?{urlencode({'q': text})}" for text in TEXTS[::4])) == {}


@pytest.mark.parametrize("installed", ["folder"], indirect=True)  # no engine is asked for suggestions
def test_every_text_can_be_completed(content, broken):
    assert broken(*(f"/search/suggestions/?{urlencode({'q': text})}" for text in TEXTS)) == {}


def test_every_text_is_answered_while_the_engine_is_stopped(content, broken, installed):
    installed.stop()

    # The engine's words are not used now, so every second will do.
    assert broken(*(f"/search/?{urlencode({'q': text})}" for text in TEXTS[::2])) == {}


def test_what_is_no_text_at_all_is_answered(content, broken):
    assert broken(*(address for sent in BYTES for address in both(f"q={sent}"))) == {}
    assert broken(*(f"/search/?q=居住证&kind={sent}&year={sent}&office={sent}&page={sent}" for sent in BYTES)) == {}


@pytest.mark.parametrize("text", ["居住证", "", "葡萄"])
def test_choices_that_make_no_sense_are_answered(content, broken, text):
    addresses = [f"/search/?{urlencode({'q': text, **chosen}, doseq=True)}" for chosen in NONSENSE]

    assert broken(*addresses, "/search/?q=居住证&q=户口", "/search/?Q=居住证", f"/search/?{quote('问')}=1") == {}


@pytest.mark.parametrize("number", ["2", "40", "999"])
def test_behind_the_last_page_stands_the_last_one(content, client, number):
    text = client.get("/search/", {"q": "居住证", "page": number}).content.decode()

    assert "<mark>居住证签注</mark>" in text or "<mark>居住证</mark>签注" in text
    assert "没有找到" not in text


@settings(suppress_health_check=FILLED_ONCE, max_examples=settings().max_examples // 2)
@given(text=typed, chosen=st.dictionaries(st.sampled_from(["kind", "year", "office", "sort", "page", "x"]), typed))
def test_any_address_is_answered(content, broken, text, chosen):
    sent = urlencode({**chosen, "q": text}, errors="replace")

    assert broken(*both(sent)) == {}


@settings(suppress_health_check=FILLED_ONCE)
@given(text=typed)
def test_any_text_can_be_read_asked_and_completed(content, text):
    result = search(current(), text, names(), filters={"language": ["zh-Hans"]}, facets=["kind"], limit=40)

    assert len(result.found.ids) == result.found.total == sum(result.found.facets["kind"].values())
    assert set(result.found.ids) <= set(Entry.objects.values_list("id", flat=True))
    suggested(text, html_code())


@settings(suppress_health_check=FILLED_ONCE)
@given(text=typed)
def test_any_text_can_be_looked_for_in_the_back_office(indexed_page, text):
    list(Page.objects.search(text))
    list(Page.objects.search(text, operator="or", fields=["title"]))
    list(Page.objects.all().autocomplete(text))
