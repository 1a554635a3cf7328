"""The asker's own pages over HTTP: tracking, rating, withdrawing, the dates, the account's list."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.answers.actions import aftercare, screening
from portal.answers.models import Question
from portal.answers.queries.tracking import by_code
from portal.kernel import sms, vault
from portal.kernel.actors import Actor
from tests.factories.answers import accepted, answered, ask, at, dispatched, published
from tests.fakes.sms import FakeSms

pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def chinese():
    """A request under /en/ leaves its language behind in the thread."""
    with translation.override("zh-hans"):
        yield


TRACK, LOST, LOST_CODE = (reverse(f"answers:{name}") for name in ("track", "lost", "lost_code"))


@pytest.fixture(autouse=True)
def standing_clock(clock, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    clock.set(at(3, 2, 12).now())
    return clock


@pytest.fixture
def sms_sender(monkeypatch):
    sender = FakeSms()
    monkeypatch.setattr(sms, "_installed", sender)
    return sender


def text_of(response):
    return response.content.decode()


def case_of(question):
    return reverse("answers:case", args=[question.pk])


def new_code(question):
    """Give a question a tracking code that the test knows."""
    from portal.kernel.refs import hash_code
    from portal.kernel.refs import new_code as make

    code = make()
    Question.objects.filter(pk=question.pk).update(tracking_hash=hash_code(code))
    return code


def tracking(client, question):
    """Open a question by its code."""
    assert client.post(TRACK, {"code": new_code(question)}).status_code == 302
    return client


# --- By code --------------------------------------------------------------------------------


def test_a_code_opens_its_question_however_it_is_typed(client, district):
    question = ask(district)
    code = new_code(question)

    response = client.post(TRACK, {"code": f" {code.lower().replace('-', ' ')} "})

    assert response.url == case_of(question)
    assert client.get(response.url).status_code == 200
    assert Client().get(response.url).status_code == 404


def test_a_wrong_an_unknown_and_a_malformed_code_get_the_same_answer(client, district):
    code = new_code(ask(district))
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")

    answers = [client.post(TRACK, {"code": typed}) for typed in (wrong, "000000-000000-000000", "abc")]

    pages = [re.sub(r'value="[^"]*"', "", text_of(answer)) for answer in answers]
    assert {answer.status_code for answer in answers} == {422}
    assert len(set(pages)) == 1
    assert "没有找到这个查询码" in pages[0]


def test_an_error_keeps_the_code_that_was_typed(client, district):
    assert 'value="ABCDEF"' in text_of(client.post(TRACK, {"code": "ABCDEF"}))


def test_guessing_codes_is_limited(client, district, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"track": (2, timedelta(minutes=10))}
    code = new_code(ask(district))

    statuses = [client.post(TRACK, {"code": typed}).status_code for typed in ("a", "b", code)]

    assert statuses == [422, 422, 429]


def test_opening_by_code_changes_the_session_id(client, district):
    client.get(reverse("answers:ask"))
    client.post(reverse("answers:ask_start"))
    before = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    tracking(client, ask(district))

    assert client.cookies[django_settings.SESSION_COOKIE_NAME].value != before


def test_several_questions_can_be_tracked_in_one_session(client, district):
    questions = [ask(district), ask(district)]
    for question in questions:
        tracking(client, question)

    assert [client.get(case_of(question)).status_code for question in questions] == [200, 200]


# --- The case -------------------------------------------------------------------------------


def test_the_case_tells_state_clocks_office_and_what_happened(client, district):
    question = accepted(district)
    district.schools.phone = "0573-1234567"
    district.schools.save()

    page = text_of(tracking(client, question).get(case_of(question)))

    assert "已受理" in page
    assert "按时完成" in page
    assert "还剩 7 个工作日" in page
    assert "教育局的网上发言人已受理。" in page
    assert "您提交了问题，两个时限开始计算。" in page
    assert "0573-1234567" in page
    assert question.text in page


def test_the_askers_own_words_say_their_language_under_another_one(client, district):
    question = accepted(district)

    page = text_of(tracking(client, question).get(f"/en{case_of(question)}"))

    assert f'<h1 lang="zh-hans">{question.title}</h1>' in page
    assert re.search(rf'<div lang="zh-hans"><p>{re.escape(question.text)}', page)


def test_the_case_shows_the_answer_and_leads_to_the_public_page(client, district):
    from portal.answers.plugs.handlers import keep_page
    from portal.journal.handlers import Told
    from portal.journal.models import EventRecord

    question = published(district)
    keep_page(Told.of(EventRecord.objects.filter(name="answers.answer_published").get()))

    page = text_of(tracking(client, question).get(case_of(question)))

    assert "请携带居住证和户口簿" in page
    assert f"/answers/2026/03/{question.number.lower()}/" in page


@pytest.mark.parametrize(
    ("consents", "language", "said"),
    [
        (True, "zh-hans", "同意公开，尚未公开"),
        (False, "zh-hans", "不公开（您没有同意公开）"),
        (True, "en", "Agreed to, not published yet"),
        (False, "en", "Not published (you did not agree)"),
    ],
)
def test_until_it_is_public_the_asker_reads_what_they_agreed_to(client, district, consents, language, said):
    questions = [accepted(district, consents=consents), answered(district, consents=consents)]
    for question in questions:
        tracking(client, question)
        with translation.override(language):
            address = case_of(question)
        assert said in text_of(client.get(address))


@pytest.mark.parametrize(("consents", "said"), [(True, "待公开审核"), (False, "不公开（提问人没有同意公开）")])
def test_and_the_office_too(as_, district, clock, consents, said):
    clock.set(at(3, 2, 12).now())
    question = answered(district, consents=consents)

    assert said in text_of(as_("officer").get(reverse("answers_desk:case", args=[question.pk])))


def test_what_ended_without_an_answer_is_not_said_to_be_published_one_day(client, district):
    question = ask(district)
    tracking(client, question)
    aftercare.withdraw(question.pk, by=Actor(tracked=frozenset({str(question.pk)})), clock=at(3, 2, 11))

    page = text_of(client.get(case_of(question)))
    assert "尚未公开" not in page
    assert "不公开（没有答复就结束了）" in page


def test_a_refusal_says_why_and_where_to_turn(client, district):
    question = ask(district)
    screening.propose_refusal(
        question.pk,
        reason="not_about_district",
        explanation="这件事由邻市办理。",
        other_route="邻市政务热线",
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )
    hidden = text_of(tracking(client, question).get(case_of(question)))
    screening.approve_refusal(question.pk, by=district.second_dispatcher, clock=at(3, 2, 11))
    shown = text_of(client.get(case_of(question)))

    assert "这件事由邻市办理。" not in hidden
    assert "不属于本地事项" in shown
    assert "这件事由邻市办理。" in shown
    assert "邻市政务热线" in shown
    assert "不再计时" in shown


@pytest.mark.parametrize("name", ["stranger", "street_spokesperson"])
def test_somebody_elses_question_does_not_exist(as_, district, name):
    question = dispatched(district)
    client = as_(name)

    assert client.get(case_of(question)).status_code == 404
    assert client.post(reverse("answers:rate", args=[question.pk]), {}).status_code == 404
    assert client.get(reverse("answers:withdraw", args=[question.pk])).status_code == 404


def test_staff_see_the_askers_page_but_can_neither_rate_nor_withdraw(as_, district):
    question = answered(district)
    client = as_("spokesperson")

    page = client.get(case_of(question))

    assert page.status_code == 200
    assert "提交评价" not in text_of(page)
    rating = {"resolved": "yes", "satisfaction": "5"}
    assert client.post(reverse("answers:rate", args=[question.pk]), rating).status_code == 403
    assert client.post(reverse("answers:withdraw", args=[question.pk])).status_code == 404
    assert Question.objects.get(pk=question.pk).rating is None


def test_the_askers_pages_stay_out_of_every_cache(client, district):
    question = ask(district)
    tracking(client, question)

    for address in (TRACK, LOST, case_of(question), reverse("answers:why", args=[question.pk])):
        assert client.get(address)["Cache-Control"] == "private, no-store"


# --- Rating and withdrawing -------------------------------------------------------------------


def test_resolved_and_satisfied_are_rated_apart_and_once(client, district):
    question = answered(district)
    tracking(client, question)
    rate = reverse("answers:rate", args=[question.pk])
    assert "checked" not in text_of(client.get(case_of(question)))

    client.post(rate, {"resolved": "no", "satisfaction": "4", "comment": "态度很好，问题还在"})
    client.post(rate, {"resolved": "yes", "satisfaction": "1"})

    rating = Question.objects.get(pk=question.pk).rating
    assert (rating.resolved, rating.satisfaction, rating.comment) == ("no", 4, "态度很好，问题还在")
    assert "没有解决" in text_of(client.get(case_of(question)))


def test_an_incomplete_rating_keeps_what_was_typed(client, district):
    question = answered(district)
    tracking(client, question)

    response = client.post(reverse("answers:rate", args=[question.pk]), {"resolved": "no", "comment": "还没修好"})

    assert response.status_code == 422
    assert "请选择 1 到 5 分" in text_of(response)
    assert "还没修好" in text_of(response)


def test_rating_ends_ten_working_days_after_the_answer(client, district, clock):
    question = answered(district)
    tracking(client, question)
    clock.set(at(3, 17).now())

    response = client.post(reverse("answers:rate", args=[question.pk]), {"resolved": "no", "satisfaction": "1"})

    assert response.status_code == 403
    assert "评价时间已过" in text_of(response)
    assert "提交评价" not in text_of(client.get(case_of(question)))


def test_withdrawing_asks_once_more(client, district):
    question = dispatched(district)
    tracking(client, question)
    address = reverse("answers:withdraw", args=[question.pk])

    assert "确定撤回" in text_of(client.get(address))
    assert Question.objects.get(pk=question.pk).state == "awaiting_acceptance"
    assert client.post(address).url == case_of(question)
    assert Question.objects.get(pk=question.pk).state == "withdrawn"
    assert "撤回问题" not in text_of(client.get(case_of(question)))


def test_what_is_answered_cannot_be_withdrawn(client, district):
    question = answered(district)
    tracking(client, question)
    address = reverse("answers:withdraw", args=[question.pk])

    assert client.get(address).url == case_of(question)
    assert client.post(address).url == case_of(question)
    assert Question.objects.get(pk=question.pk).state == "answered"


# --- Why this date ------------------------------------------------------------------------------


def test_why_counts_the_days_one_by_one(client, district):
    question = ask(district)

    page = text_of(tracking(client, question).get(reverse("answers:why", args=[question.pk])))

    assert "2026-03-11" in page
    assert "周末" in page
    assert "第二百零一条" in page


def test_dates_of_a_public_question_are_for_everybody_and_show_nothing_private(district, client, background):
    public = dispatched(district)
    background()

    page = text_of(client.get(reverse("answers:why", args=[public.pk])))

    assert public.public_title in page
    assert public.text not in page


def test_dates_of_a_private_question_are_for_its_asker_and_staff(district, client, as_, background):
    private = dispatched(district, consents=False)
    background()
    address = reverse("answers:why", args=[private.pk])

    assert Client().get(address).status_code == 404
    assert as_("spokesperson").get(address).status_code == 200
    assert as_("stranger").get(address).status_code == 404
    assert client.get(reverse("answers:why", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404


# --- The account's list -----------------------------------------------------------------------


def test_my_questions_asks_to_sign_in(client, db):
    response = client.get(reverse("answers:mine"))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_my_questions_lists_mine_only_and_filters(as_, district):
    waiting = ask(district, by=district.resident, title="还在等的问题")
    done = answered(district, by=district.resident, title="答复了的问题")
    ask(district, by=district.stranger, title="别人的问题")
    client = as_("resident")

    def titles(show):
        page = text_of(client.get(reverse("answers:mine"), {"show": show}))
        return [title for title in (waiting.title, done.title, "别人的问题") if title in page]

    assert titles("") == [waiting.title, done.title]
    assert titles("open") == [waiting.title]
    assert titles("answered") == [done.title]
    assert titles("nonsense") == [waiting.title, done.title]


def test_my_questions_without_any_leads_on(as_):
    page = text_of(as_("stranger").get(reverse("answers:mine")))

    assert "还没有用这个账户提过问" in page
    assert reverse("answers:ask") in page


def test_my_questions_costs_the_same_for_one_and_three(as_, district, django_assert_max_num_queries):
    client = as_("resident")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            ask(district, by=district.resident)
        with django_assert_max_num_queries(15) as queries:
            client.get(reverse("answers:mine"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_case_costs_a_fixed_number_of_queries(client, district, django_assert_max_num_queries):
    question = answered(district)
    tracking(client, question).get(case_of(question))

    with django_assert_max_num_queries(17):
        client.get(case_of(question))


# --- A lost code ----------------------------------------------------------------------------


@pytest.fixture
def with_contact(district):
    """A question asked with a verified number."""

    def make(contact="+8613800138000"):
        question = ask(district)
        Question.objects.filter(pk=question.pk).update(
            contact_kind="email" if "@" in contact else "phone",
            contact_sealed=vault.installed().seal(contact),
            contact_index=vault.installed().blind_index(contact),
        )
        return Question.objects.get(pk=question.pk)

    return make


def test_a_lost_code_is_replaced_and_the_old_one_dies(client, with_contact, sms_sender):
    question = with_contact()
    old = new_code(question)

    sent = client.post(LOST, {"number": f" {question.number.lower()} ", "contact": "138 0013 8000"})
    done = client.post(LOST_CODE, {"code": sms_sender.last_code})
    page = text_of(client.get(done.url))

    assert sent.url == LOST_CODE
    new = re.search(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}", page)[0]
    assert by_code(old) is None
    assert by_code(new) == question
    assert client.get(case_of(question)).status_code == 200
    assert Client().get(done.url).url == TRACK


def test_a_lost_code_is_replaced_over_the_mailbox(client, with_contact):
    question = with_contact("chen@example.com")

    client.post(LOST, {"number": question.number, "contact": "Chen@example.com"})
    code = re.search(r"\d{6}", mail.outbox[0].body)[0]

    assert client.post(LOST_CODE, {"code": code}).url == reverse("answers:lost_done")


def test_whether_number_and_contact_belong_together_is_not_told(with_contact, sms_sender):
    question = with_contact()
    ends = []
    for number, contact in [
        (question.number, "13800138000"),
        (question.number, "13900139000"),
        ("Q260302-000000", "13800138000"),
    ]:
        client = Client()
        first = client.post(LOST, {"number": number, "contact": contact})
        page = client.get(first.url)
        wrong = client.post(LOST_CODE, {"code": "abc"})
        ends.append((first.status_code, first.url, text_of(page), wrong.status_code, text_of(wrong)))

    assert len(sms_sender.sent) == 1
    without_token = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", str(end)) for end in ends]
    assert len(set(without_token)) == 1


def test_a_code_for_one_question_does_not_open_another(client, with_contact, sms_sender):
    mine, other = with_contact(), with_contact("+8613900139000")
    client.post(LOST, {"number": mine.number, "contact": "13800138000"})
    code = sms_sender.last_code
    client.post(LOST, {"number": other.number, "contact": "13800138000"})

    assert client.post(LOST_CODE, {"code": code}).status_code == 422


def test_five_wrong_codes_use_up_the_right_one(client, with_contact, sms_sender):
    client.post(LOST, {"number": with_contact().number, "contact": "13800138000"})
    wrong = "000000" if sms_sender.last_code != "000000" else "111111"
    for _ in range(5):
        client.post(LOST_CODE, {"code": wrong})

    assert client.post(LOST_CODE, {"code": sms_sender.last_code}).status_code == 422


def test_replacing_is_limited_per_number_and_contact(client, with_contact, sms_sender, settings):
    settings.ANSWERS_LIMITS = settings.ANSWERS_LIMITS | {"lost_question": (1, timedelta(hours=1))}
    question = with_contact()
    client.post(LOST, {"number": question.number, "contact": "13800138000"})

    assert client.post(LOST, {"number": question.number, "contact": "13800138000"}).status_code == 429
    # A stranger who knows the public number cannot lock its asker out.
    assert client.post(LOST, {"number": question.number, "contact": "13900139000"}).status_code == 302


def test_a_question_of_an_account_has_no_code_to_replace(client, district, sms_sender):
    question = ask(district, by=district.resident)

    client.post(LOST, {"number": question.number, "contact": "13800138000"})

    assert not sms_sender.sent


def test_a_question_asked_with_an_account_is_seen_by_the_account(as_, district):
    question = ask(district, by=district.resident)

    assert as_("resident").get(case_of(question)).status_code == 200


def test_whoever_follows_a_mails_link_without_having_signed_in_is_told_the_way_and_nothing_else(client, district):
    question = dispatched(district)
    known = client.get(case_of(question))
    unknown = client.get(reverse("answers:case", args=["00000000-0000-0000-0000-000000000000"]))

    assert known.status_code == unknown.status_code == 404
    assert f"{reverse('account_login')}?next={case_of(question)}" in known.content.decode()
    assert question.title not in known.content.decode()
    assert known.content.decode().replace(str(question.pk), "") == unknown.content.decode().replace(
        "00000000-0000-0000-0000-000000000000", ""
    )
