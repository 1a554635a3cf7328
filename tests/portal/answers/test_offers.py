"""While a question is written, what perhaps answers it already: a help that keeps nothing and is never in the way."""

import logging
import re
import time
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from portal.answers.actions import publication
from portal.answers.models import AskDraft, Question
from portal.files.models import Upload
from portal.pages.models import GuidePage
from search import offers as offering
from search.engines.base import EngineAway
from search.models import QueryText
from tests.factories.answers import answered, ask, dispatched, published
from tests.factories.asking import TEXT, Walker
from tests.factories.files import pdf
from tests.factories.pages import guide, news

pytestmark = [pytest.mark.db, pytest.mark.django_db]

TITLE = "暂住证到期了咋办"
BODY = "我的居住证上周到期，忘了签注，能补吗？"
LINK = re.compile(r'<a href="([^"]+)" target="_blank" rel="noopener"><span[^>]*>(.*?)</span>')


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path, clock):
    settings.PRIVATE_ROOT = tmp_path
    settings.SESSION_COOKIE_SECURE = False
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def walker(client, district):
    return Walker(client, district).start()


@pytest.fixture
def look(walker, background):
    """Ask as the script does, after the worker has caught up; return what is offered as {title: address}."""

    def look(title=TITLE, text=BODY):
        background()
        response = walker.client.post(
            reverse("answers:ask_similar", args=[walker.draft_id]), {"title": title, "text": text}
        )
        assert response.status_code == 200
        return {unescape(found): href for href, found in LINK.findall(response.content.decode())}

    return look


def without_an_engine():
    raise EngineAway("gone")


def text_of(response):
    return response.content.decode()


# --- What is offered --------------------------------------------------------------------------


def test_published_answers_and_guides_are_offered_and_open_elsewhere(look, district, clock):
    page = guide("居住证签注")
    answer = published(district, title="居住证到期忘了签注怎么办", clock=clock)

    found = look()

    assert set(found) == {"居住证签注", answer.redaction.title}
    assert found["居住证签注"] == page.get_url()


def test_nothing_else_that_the_search_knows_is_offered(look):
    news("居住证到期提醒上线")

    assert look() == {}


def test_what_is_not_public_is_never_offered(look, district, clock):
    for make in (ask, dispatched, answered):
        make(district, title="居住证到期忘了签注怎么办", clock=clock)

    assert look() == {}


def test_what_was_withdrawn_is_offered_no_more(look, district, clock):
    answer = published(district, title="居住证到期忘了签注怎么办", clock=clock)
    assert look() != {}

    publication.take_down(answer.pk, reason="wrong", by=district.editor, clock=clock)

    assert look() == {}


def test_what_is_hidden_by_now_is_not_offered_though_the_index_still_has_it(look):
    page = guide("居住证签注")
    assert look() != {}

    GuidePage.objects.filter(pk=page.pk).update(live=False)

    assert look() == {}


def test_in_english_what_is_written_in_either_language_is_offered(walker, background, district, clock):
    answer = published(district, title="居住证到期忘了签注怎么办", clock=clock)
    background()
    with translation.override("en"):
        address = reverse("answers:ask_similar", args=[walker.draft_id])

    text = text_of(walker.client.post(address, {"title": TITLE, "text": BODY}))

    assert f'<span lang="zh-Hans">{answer.redaction.title}</span>' in text


@pytest.mark.parametrize(("title", "text"), [("", ""), ("居", ""), ("  \n", "？？？？"), ("葡萄皮怎么分类", "")])
def test_what_is_too_short_or_about_something_else_offers_nothing(look, title, text):
    guide("居住证签注")

    assert look(title, text) == {}


def test_more_to_offer_costs_no_more_statements(walker, background, district, clock):
    address = reverse("answers:ask_similar", args=[walker.draft_id])

    def statements():
        background()
        walker.client.post(address, {"title": TITLE, "text": BODY})
        with CaptureQueriesContext(connection) as captured:
            text = text_of(walker.client.post(address, {"title": TITLE, "text": BODY}))
        return len(captured), len(LINK.findall(text))

    published(district, title="居住证到期忘了签注怎么办", clock=clock)
    guide("居住证签注", slug="one", office=district.schools)
    with_one = statements()
    for number in range(2):
        published(district, title=f"居住证到期忘了签注怎么办{number}", clock=clock)
        guide(f"居住证签注{number}", slug=f"more-{number}", office=district.schools)

    assert (with_one[1], statements()) == (2, (with_one[0], 5))


# --- Nothing is kept --------------------------------------------------------------------------


def test_what_is_typed_is_in_no_address_no_table_no_log_and_no_cache(walker, background, caplog):
    guide("居住证签注")
    background()
    address = reverse("answers:ask_similar", args=[walker.draft_id])
    before = AskDraft.objects.values_list("answers_sealed", flat=True).get()

    with caplog.at_level(logging.DEBUG):
        response = walker.client.post(address, {"title": TITLE, "text": BODY})

    assert walker.client.get(address, {"title": TITLE}).status_code == 405
    assert AskDraft.objects.values_list("answers_sealed", flat=True).get() == before
    assert not QueryText.objects.exists()
    # What the tests' own database says of its statements is not the product's log.
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any(word in line for line in said for word in (TITLE, BODY))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_somebody_elses_draft_does_not_exist(walker):
    stranger = Client()

    for name, method in (("ask_similar", stranger.post), ("ask_settled", stranger.get), ("ask_settled", stranger.post)):
        assert method(reverse(f"answers:{name}", args=[walker.draft_id])).status_code == 404
    assert AskDraft.objects.filter(pk=walker.draft_id).exists()


# --- Never in the way -------------------------------------------------------------------------


def test_while_the_engine_is_away_nothing_is_offered_and_the_question_goes_its_way(look, walker, monkeypatch):
    guide("居住证签注")
    monkeypatch.setattr(offering, "current", without_an_engine)

    assert look() == {}
    walker.send("question", title=TITLE, text="", look="1")
    page = text_of(walker.see("question", look="1"))
    assert "现在查不了以往的答复" in page
    assert "不影响提问" in page
    assert_goes_on(walker)


def test_while_the_engine_is_slow_going_on_does_not_ask_it(walker, monkeypatch):
    asked = []

    def slow(*args, **kwargs):
        asked.append(args)
        time.sleep(1)
        raise EngineAway("too late")

    monkeypatch.setattr(offering, "alike", slow)

    assert_goes_on(walker)
    assert asked == []


def test_who_asks_too_often_is_offered_nothing_and_goes_on(look, walker, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"similar": (1, timedelta(hours=1))}
    guide("居住证签注")

    assert look() != {}
    assert look() == {}
    assert "请直接继续" in text_of(walker.see("question", look="1"))
    assert_goes_on(walker)


def assert_goes_on(walker):
    response = walker.send("question", title=TITLE, text=TEXT)

    assert response.url == walker.address("place")


# --- Without script ---------------------------------------------------------------------------


def test_a_button_shows_the_list_and_keeps_what_was_typed_unjudged(walker, background):
    guide("居住证签注")
    background()

    response = walker.send("question", title=TITLE, text="", look="1")
    page = text_of(walker.client.get(response.url))

    assert response.url == f"{walker.address('question')}?look=1#similar"
    assert "这些是否已经回答了您的问题？" in page
    assert "居住证签注" in page
    assert f'value="{TITLE}"' in page
    assert "请写下您的问题" not in page
    assert "错误：" not in page


def test_where_there_is_nothing_it_says_so(walker):
    walker.send("question", title="葡萄皮怎么分类", text="", look="1")

    assert "没有找到以往的答复" in text_of(walker.see("question", look="1"))


def test_going_on_from_the_list_is_judged_as_ever(walker):
    address = f"{walker.address('question')}?look=1"

    refused = walker.client.post(address, {"title": TITLE, "text": ""})
    page = text_of(walker.client.get(refused.url))
    went_on = walker.client.post(address, {"title": TITLE, "text": TEXT})

    assert refused.url == walker.address("question")
    assert "请写下您的问题" in page
    assert went_on.url == walker.address("place")


def test_whoever_came_from_the_check_page_is_led_back_there(walker):
    walker.fill()

    looked = walker.client.post(f"{walker.address('question')}?back=check", {"title": TITLE, "text": TEXT, "look": "1"})

    assert looked.url == f"{walker.address('question')}?back=check&look=1#similar"
    on = walker.client.post(looked.url.split("#")[0], {"title": TITLE, "text": TEXT})
    assert on.url == walker.address("check")


# --- It is solved -----------------------------------------------------------------------------


def test_whoever_is_helped_ends_without_a_question_and_may_still_go_back(walker):
    response = walker.send("question", title=TITLE, text=BODY, settled="1")
    page = text_of(walker.client.get(response.url))

    assert "问题已经解决" in page
    assert walker.address("question") in page
    assert BODY in text_of(walker.see("question"))
    assert not Question.objects.exists()


def test_what_was_typed_and_attached_can_be_thrown_away_at_once(walker):
    walker.send("question", title=TITLE, text=BODY)
    walker.send("files", files=SimpleUploadedFile("a.pdf", pdf()), add="1")
    assert Upload.objects.get().state == Upload.State.KEPT

    response = walker.client.post(reverse("answers:ask_settled", args=[walker.draft_id]))

    assert response.url == reverse("answers:ask_dropped")
    assert "已经删除" in text_of(walker.client.get(response.url))
    assert not AskDraft.objects.exists()
    assert not Upload.objects.filter(state=Upload.State.KEPT).exists()
    assert walker.see("question").status_code == 410


def test_what_has_been_handed_in_cannot_be_thrown_away_so(client, district, settings):
    settings.ANSWERS_CONTACT_NEEDED = False
    settings.ANSWERS_PROOF_BITS = 6
    walker = Walker(client, district).start().fill()
    walker.send("contact", nickname="", contact="")
    walker.submit()

    response = walker.client.post(reverse("answers:ask_settled", args=[walker.draft_id]))

    assert response.url == walker.address("done")
    assert Question.objects.count() == AskDraft.objects.count() == 1
