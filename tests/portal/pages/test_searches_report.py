"""What residents look for, as editors see it, and what one click does about it."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from search.counting import Outcome
from search.models import BlockedWord, QueryText, Synonym
from tests.factories.accounts import OfficeFactory, UserFactory, holder
from tests.factories.pages import guide
from tests.factories.promotions import promotion
from tests.factories.searches import FEW, TODAY, searched
from tests.portal.pages.test_editing import at_the_desk
from tests.portal.pages.test_inspection import count_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

REPORT = "pages_searches"


@pytest.fixture
def editor(client):
    editor = at_the_desk(Role.EDITOR)
    client.force_login(editor)
    return editor


@pytest.fixture
def report(client, editor):
    """Read the report as an editor."""
    return lambda **sent: client.get(reverse(REPORT), sent).content.decode()


def words(html: str) -> list[str]:
    return re.findall(r'lang="[\w-]+">([^<]+)</a></div></td>', html)


def trends(html: str) -> dict[str, str]:
    """Return {words: what stands under 比之前}."""
    rows = re.findall(r'lang="[\w-]+">([^<]+)</a></div></td>(.*?)</tr>', html, re.S)
    return {name: re.findall(r"<td>([^<]*)</td>", cells)[-1] for name, cells in rows}


def acts(html: str) -> dict[str, dict[str, str]]:
    """Return {words: {label of a button: its address}}."""
    found: dict[str, dict[str, str]] = {}
    for href, label, name in re.findall(r'href="([^"]+)" aria-label="(\S+) ([^"]+)"', html):
        found.setdefault(name, {})[label] = unescape(href)
    return found


def act(html: str, label: str) -> str:
    """Return the address behind the first button of that name."""
    return unescape(re.search(rf'href="([^"]+)" aria-label="{label} ', html).group(1))


def test_what_was_not_found_comes_first_and_the_most_frequent_of_it(report):
    searched("小饭桌", times=6, outcome=Outcome.IN_VAIN)
    searched("葡萄皮", times=9, outcome=Outcome.IN_VAIN)
    searched("居住证", times=20)
    searched("积分报关", times=7, outcome=Outcome.LOOSELY)

    assert words(report()) == ["葡萄皮", "小饭桌"]
    assert words(report(show="loosely")) == ["积分报关"]
    assert words(report(show="searches")) == ["居住证", "葡萄皮", "积分报关", "小饭桌"]
    assert "这些词共搜了 42 次，其中 15 次没有找到。" in report()


def test_what_few_have_looked_for_is_shown_to_nobody(client, report):
    searched("张三丰", times=FEW, outcome=Outcome.IN_VAIN)

    assert words(report()) == []
    assert "这段时间没有这样的搜索词。" in report()
    assert "张三丰" not in b"".join(client.get(reverse(REPORT), {"export": "csv"}).streaming_content).decode()


def test_a_period_begins_so_many_days_ago_and_is_compared_with_the_one_before(report):
    for days, times in ((0, 8), (6, 2), (7, 6), (13, 1), (14, 50), (40, 7)):
        searched("小饭桌", times=times, day=TODAY - timedelta(days=days), outcome=Outcome.IN_VAIN)
    searched("葡萄皮", times=6, outcome=Outcome.IN_VAIN)
    searched("托班", times=6, day=TODAY - timedelta(days=6), outcome=Outcome.IN_VAIN)
    searched("托班", times=6, day=TODAY - timedelta(days=7), outcome=Outcome.IN_VAIN)

    assert trends(report(days="7")) == {"小饭桌": "↑ 3", "葡萄皮": "新出现", "托班": "持平"}
    assert trends(report(days="30"))["小饭桌"] == "↑ 60"


@pytest.mark.parametrize("sent", [{"show": "x", "days": "x", "p": "x"}, {"days": "99999999"}, {"p": "99"}])
def test_an_address_that_makes_no_sense_shows_what_is_usual(report, sent):
    searched("小饭桌", outcome=Outcome.IN_VAIN)

    assert words(report(**sent)) == ["小饭桌"]


def test_the_list_has_pages(report):
    for number in range(51):
        searched(f"词{chr(0x4E00 + number)}", times=6, outcome=Outcome.IN_VAIN)

    assert len(words(report())) == 50
    assert len(words(report(p="2"))) == 1


def test_the_file_holds_all_of_it_and_no_formula(client, editor):
    for number in range(51):
        searched(f"词{chr(0x4E00 + number)}", times=6, outcome=Outcome.IN_VAIN)
    searched("residence permit", language="en", outcome=Outcome.IN_VAIN)
    QueryText.objects.filter(words="residence permit").update(words="=1+1")

    answer = client.get(reverse(REPORT), {"show": "in_vain", "days": "7", "export": "csv"})
    head, first, *rest = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))

    assert answer.streaming
    assert head == ["搜索词", "语言", "搜索次数", "没有找到", "只找到部分", "之前同样天数"]
    assert first == ["'=1+1", "English", "10", "10", "0", "0"]
    assert len(rest) == 51


def test_one_click_makes_a_synonym_and_leads_back(client, report):
    guide("校外托管登记")
    searched("小饭桌", outcome=Outcome.IN_VAIN)
    form = act(report(days="7"), "加同义词")
    assert 'value="小饭桌"' in client.get(form).content.decode()

    saved = client.post(form, {"said": "小饭桌", "means": "校外托管"})

    assert saved.url == f"{reverse(REPORT)}?days=7"
    assert str(Synonym.objects.get()) == "小饭桌 → 校外托管"


def test_the_name_that_was_perhaps_meant_is_filled_in_too(client, report):
    searched("居主证", outcome=Outcome.IN_VAIN)

    form = client.get(act(report(), "加同义词")).content.decode()

    assert 'value="居主证"' in form
    assert 'value="居住证"' in form


def test_what_is_wrong_with_a_synonym_is_said_and_the_way_back_stays(client, report):
    searched("小饭桌", outcome=Outcome.IN_VAIN)
    form = act(report(), "加同义词")

    refused = client.post(form, {"said": "小饭桌", "means": ""}).content.decode()

    assert "只有一个说法的，请填公文怎么写。" in refused
    again = unescape(re.search(r'action="([^"]*search-synonyms[^"]*)"', refused).group(1))
    assert client.post(again, {"said": "小饭桌", "means": "校外托管"}).url == reverse(REPORT)


def test_the_way_back_leads_to_no_other_site(client, editor):
    saved = client.post(
        "/admin/search-synonyms/new/?next=https://example.org/", {"said": "小饭桌", "means": "校外托管"}
    )

    assert saved.url == reverse("search_synonyms:index")


def test_several_words_are_no_name(report):
    searched("hr 系统", outcome=Outcome.IN_VAIN)

    assert "加同义词" not in report()


def test_one_click_blocks_and_the_words_are_gone(client, report):
    searched("网上赌博", outcome=Outcome.IN_VAIN)

    saved = client.post(act(report(), "屏蔽"), {"word": "赌博", "reason": ""})

    assert saved.url == reverse(REPORT)
    assert str(BlockedWord.objects.get()) == "赌博"
    assert words(report()) == []


def test_what_has_been_done_is_shown_instead_of_doing_it_again(client, report):
    searched("小饭桌", outcome=Outcome.IN_VAIN)
    searched("怎么网签", outcome=Outcome.IN_VAIN)
    searched("葡萄皮", outcome=Outcome.IN_VAIN)
    synonym = Synonym.objects.create(said="午托班、小飯桌", means="校外托管")
    recommended = promotion("网签", ("省平台", "/x"))

    shown = acts(report())

    assert shown["小饭桌"] == {
        "已有同义词": reverse("search_synonyms:edit", args=[synonym.pk]),
        "推荐": shown["小饭桌"]["推荐"],
        "屏蔽": shown["小饭桌"]["屏蔽"],
    }
    assert shown["怎么网签"]["已推荐"] == reverse("search_promotions:edit", args=[recommended.pk])
    assert list(shown["葡萄皮"]) == ["加同义词", "推荐", "屏蔽"]
    assert client.get(shown["小饭桌"]["已有同义词"]).status_code == 200
    assert client.get(shown["怎么网签"]["已推荐"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"until": TODAY}, "已推荐"),
        ({"since": TODAY + timedelta(days=1)}, "已推荐"),
        ({"until": TODAY - timedelta(days=1)}, "推荐"),
        ({"language": "en"}, "推荐"),
    ],
)
def test_a_recommendation_counts_until_it_is_over_and_in_its_language(report, fields, label):
    searched("葡萄皮", outcome=Outcome.IN_VAIN)
    promotion("葡萄皮", ("省平台", "/x"), **fields)

    assert list(acts(report())["葡萄皮"]) == ["加同义词", label, "屏蔽"]


def test_what_is_blocked_already_is_said_beside_the_field(client, editor):
    BlockedWord.objects.create(word="广场舞")

    refused = client.post(reverse("search_blocked_words:add"), {"word": "廣場 舞", "reason": ""}).content.decode()

    assert "“广场舞”已经屏蔽。" in refused
    assert 'value="廣場 舞"' in refused
    assert BlockedWord.objects.count() == 1


def test_a_blocked_word_can_be_written_otherwise(client, editor):
    word = BlockedWord.objects.create(word="廣場舞")

    client.post(reverse("search_blocked_words:edit", args=[word.pk]), {"word": "广场舞", "reason": ""})

    assert str(BlockedWord.objects.get()) == "广场舞"


def test_whoever_edits_no_pages_does_not_see_it(client):
    client.force_login(holder(Role.OFFICER, OfficeFactory()))
    assert client.get(reverse(REPORT)).status_code in {302, 403}
    client.force_login(UserFactory())
    assert client.get(reverse(REPORT)).status_code in {302, 403}


def test_it_costs_the_same_with_one_and_with_three(client, editor):
    searched("小饭桌", outcome=Outcome.IN_VAIN)
    client.get(reverse(REPORT))
    with_one = count_of(lambda: client.get(reverse(REPORT)))
    for name in ("葡萄皮", "居主证"):
        searched(name, outcome=Outcome.IN_VAIN)
        Synonym.objects.create(said=name, means="居住证")
        promotion(name, ("省平台", "/x"))

    assert count_of(lambda: client.get(reverse(REPORT))) == with_one
