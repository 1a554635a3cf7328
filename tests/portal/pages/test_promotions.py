"""Editors say what is recommended for a query."""

import re
from html import unescape

import pytest
from django.urls import reverse

from portal.accounts.models import Role
from search.counting import Outcome
from search.models import Promotion
from tests.factories.pages import guide, news
from tests.factories.promotions import promotion
from tests.factories.searches import searched
from tests.portal.pages.test_editing import at_the_desk
from tests.portal.pages.test_inspection import count_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def editor(client):
    editor = at_the_desk(Role.EDITOR)
    client.force_login(editor)
    return editor


def filled(*results: dict[str, str], **fields: str) -> dict[str, str]:
    """Return what the form holds, as a browser would send it."""
    sent = {"said": "居住证", "language": "zh-Hans", "since": "", "until": ""} | fields
    sent |= {"results-TOTAL_FORMS": str(len(results)), "results-INITIAL_FORMS": "0"}
    sent |= {"results-MIN_NUM_FORMS": "1", "results-MAX_NUM_FORMS": "3"}
    for number, result in enumerate(results):
        told = {"entry": "", "title": "", "address": "", "ORDER": str(number + 1), "id": ""} | result
        sent |= {f"results-{number}-{name}": value for name, value in told.items()}
    return sent


def test_an_editor_recommends_pages_and_addresses(client, editor, background):
    page = guide("居住证办理")
    background()

    saved = client.post(
        reverse("search_promotions:add"),
        filled({"entry": f"guide:{page.pk}"}, {"title": "省政务服务网", "address": "https://example.gov.cn/"}),
    )

    assert saved.url == reverse("search_promotions:index")
    assert [str(one) for one in Promotion.objects.get().results.all()] == ["省政务服务网", f"guide:{page.pk}"][::-1]
    text = client.get("/search/?q=居住证").content.decode()
    assert text.index("居住证</mark>办理</a>") < text.index("省政务服务网")


@pytest.mark.parametrize(
    ("results", "fields", "said"),
    [
        ([], {}, "请至少提交"),
        ([{"entry": "", "address": ""}], {}, "只填一个"),
        ([{"entry": "guide:999999"}], {}, "选择一个有效的选项"),
        ([{"title": "甲", "address": "javascript:x"}], {}, "网址以 https:// 开头"),
        ([{"title": "甲", "address": "/x/"}], {"since": "2026-03-02", "until": "2026-03-01"}, "结束日期在开始日期之前"),
        ([{"title": "甲", "address": "/x/"}], {"said": "？"}, "请写搜索词"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(client, editor, results, fields, said):
    answer = client.post(reverse("search_promotions:add"), filled(*results, **fields))

    text = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert said in text
    assert not Promotion.objects.exists()
    assert f'value="{fields.get("said", "居住证")}"' in text


def test_one_click_in_the_report_opens_the_form_filled_in_and_leads_back(client, editor):
    searched("residence permit", language="en", outcome=Outcome.IN_VAIN)
    report = client.get(reverse("pages_searches")).content.decode()
    form = unescape(re.search(r'href="([^"]+)" aria-label="推荐 residence permit"', report).group(1))

    text = client.get(form).content.decode()
    assert 'value="residence permit"' in text
    assert '<option value="en" selected>' in text

    answer = filled({"title": "How to apply", "address": "/en/guides/"}, said="residence permit", language="en")
    assert client.post(form, answer).url == reverse("pages_searches")
    assert "How to apply" in client.get("/en/search/?q=residence permit").content.decode()


def test_a_document_is_chosen_from_all_kinds(client, editor, background):
    guide("居住证办理")
    news("居住证新规")
    background()

    html = client.get(reverse("search_entries:choose")).json()["html"]
    rows = [re.sub(r"<[^>]+>|\s", "", row) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S) if "<td" in row]
    assert rows == ["居住证办理办事指南中文", "居住证新规新闻中文"]

    rows = client.get(reverse("search_entries:choose_results"), {"q": "新規"}).content.decode()
    assert "居住证新规" in rows
    assert "居住证办理" not in rows


def test_one_whose_document_is_gone_for_now_can_be_changed_still(client, editor):
    made = promotion("居住证", "guide:999999", ("甲", "/x/"))

    page = client.get(reverse("search_promotions:edit", args=[made.pk]))

    assert page.status_code == 200
    assert "甲" in page.content.decode()


def test_the_list_costs_the_same_with_one_and_with_three(client, editor):
    promotion("居住证", ("甲", "/x/"))
    client.get(reverse("search_promotions:index"))
    with_one = count_of(lambda: client.get(reverse("search_promotions:index")))
    for said in ("积分", "社保"):
        promotion(said, ("甲", "/x/"))

    assert count_of(lambda: client.get(reverse("search_promotions:index"))) == with_one


def test_the_history_says_who_made_it(client, editor):
    client.post(reverse("search_promotions:add"), filled({"title": "甲", "address": "/x/"}))
    made = Promotion.objects.get()

    history = client.get(reverse("search_promotions:history", args=[made.pk])).content.decode()

    assert editor.get_username() in history or str(editor) in history
