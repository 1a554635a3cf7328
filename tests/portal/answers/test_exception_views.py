"""What the pages say of an exception: the list, the asker's page, the dates, the desk."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.html import strip_tags

from portal.answers.actions import (
    aftercare,
    clarifying,
    extending,
    handling,
    helping,
    merging,
    reopening,
    screening,
)
from portal.answers.actions.clarifying import lapse_due
from portal.answers.models import Question
from portal.answers.rules.contacts import Contact
from portal.kernel.clock import FixedClock
from tests.factories.answers import accepted, answered, ask, at, dispatched, entered, published

pytestmark = [pytest.mark.db, pytest.mark.django_db]

CASE = "answers:case"
AGAIN = "请重新提问，并写上这里问到的情况"


@pytest.fixture(autouse=True)
def noon(clock):
    clock.set(at(3, 2, 12).now())
    return clock


@pytest.fixture
def extended(district):
    """Accepted, and extended from the 11th to the 16th."""
    question = accepted(district, by=district.resident)
    extending.request_extension(
        question.pk,
        working_days=3,
        reason="需要勘查",
        interim="线路已查明，" + "正在采购电缆。" * 30,
        by=district.spokesperson,
        clock=at(3, 2, 11),
    )
    return extending.approve_extension(question.pk, by=district.superior, clock=at(3, 2, 11))


@pytest.fixture
def waiting(district):
    """Accepted; since eleven o'clock the office waits for the asker."""
    question = accepted(district, by=district.resident)
    return clarifying.ask_asker(question.pk, text="哪一栋？", by=district.spokesperson, clock=at(3, 2, 11))


def page(client, route, question):
    """What a question's page says, in one line."""
    return words(client.get(reverse(route, args=[question.pk])))


@pytest.fixture
def rated_poorly(district):
    """Answered, and not resolved, says the asker."""
    question = answered(district, by=district.resident)
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 2, 12))
    return question


def parsed(response):
    return BeautifulSoup(response.content, "html.parser")


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


# --- The first date stays visible ------------------------------------------------------------------


def test_the_list_says_what_was_done_meanwhile_and_both_dates(client, extended, background):
    background()
    shown = words(client.get(reverse("answers:list"), {"tab": "waiting"}))

    assert "阶段性答复：线路已查明" in shown
    assert shown.count("正在采购电缆") < 30  # the page behind the title has all of it
    for said in ("2026-03-16", "原定最迟答复", "2026-03-11"):
        assert said in shown


def test_the_page_of_the_dates_says_why_an_extended_one_has_moved(client, extended, background):
    background()
    shown = page(client, "answers:why", extended)

    for said in (
        "上级同意承办单位延期 3 个工作日",
        "线路已查明",
        "因此最迟 2026-03-16 答复",
        "原定最迟 2026-03-11 答复",
    ):
        assert said in shown


def test_the_page_of_the_dates_says_how_long_the_clock_stood_still(as_, district, waiting):
    assert "2026-03-02 11:00 起等提问人补充" in page(as_("resident"), "answers:why", waiting)
    assert "因此最迟" not in page(as_("resident"), "answers:why", waiting)

    clarifying.supply(waiting.pk, text="三号楼", by=district.resident, clock=at(3, 4, 9))
    shown = page(as_("resident"), "answers:why", waiting)
    assert "2026-03-02 11:00 到 2026-03-04 09:00，承办单位等提问人补充" in shown
    assert "因此最迟 2026-03-12 答复" in shown


def test_the_page_of_the_dates_promises_nothing_for_what_has_lapsed(as_, waiting):
    lapse_due(FixedClock(waiting.lapses_at))

    assert "因此最迟" not in page(as_("resident"), "answers:why", waiting)


def test_a_second_look_shows_its_date_until_it_is_answered(as_, district, rated_poorly):
    reopening.request_reopening(rated_poorly.pk, reason="没有说清", by=district.resident, clock=at(3, 2, 12))
    assert "再办最迟答复" not in page(as_("resident"), CASE, rated_poorly)

    reopening.approve_reopening(rated_poorly.pk, by=district.superior, clock=at(3, 2, 12))
    shown = page(as_("resident"), CASE, rated_poorly)
    assert "再办最迟答复" in shown
    assert "2026-03-09" in shown


# --- An end is told by its last day, never as the midnight after it -------------------------------------


def test_the_asker_reads_the_last_day_for_a_word_and_for_the_rating(as_, district, waiting):
    assert "最迟 2026-03-16 补充" in page(as_("resident"), CASE, waiting)
    assert "最迟 2026-03-16 评价" in page(as_("resident"), CASE, answered(district, by=district.resident))


def test_the_desk_reads_the_last_day_of_the_asker_of_a_helper_and_of_a_member(as_, district, waiting):
    assert "提问人最迟 2026-03-16 补充" in page(as_("spokesperson"), "answers_desk:case", waiting)
    lead = accepted(district)
    helping.ask_helper(
        lead.pk, office_id=district.street.pk, request="请核实", by=district.spokesperson, clock=at(3, 2, 11)
    )
    member = ask(district, clock=at(3, 2, 11))
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))

    shown = page(as_("spokesperson"), "answers_desk:case", lead)
    assert "最迟 03-09 提交" in shown
    assert "最迟 03-11 答复" in shown


# --- What can be done now ---------------------------------------------------------------------------


@pytest.mark.parametrize("noticed", [True, False])
def test_who_did_not_answer_in_time_is_told_to_ask_again(as_, waiting, clock, noticed):
    clock.set(waiting.lapses_at)
    if noticed:
        lapse_due(clock)

    assert AGAIN in page(as_("resident"), CASE, waiting)


def test_who_withdrew_instead_of_answering_is_not(as_, district, waiting):
    aftercare.withdraw(waiting.pk, by=district.resident, clock=at(3, 2, 12))

    assert AGAIN not in page(as_("resident"), CASE, waiting)


def test_a_request_without_a_reason_comes_back_unfolded(as_, rated_poorly):
    response = as_("resident").post(reverse("answers:reopen", args=[rated_poorly.pk]), {"reason": ""})

    assert response.status_code == 422
    panel = re.search(r"<details([^>]*)>\s*<summary[^>]*>[^<]*申请再办", response.content.decode())
    assert "open" in panel[1]


@pytest.mark.parametrize(
    ("step", "typed", "said"),
    [
        ("request_extension", {"working_days": 3, "reason": "需要勘查"}, "请填写这一项。"),
        ("ask_helper", {"request": "请核实"}, "请选择这一项。"),
    ],
)
def test_a_form_of_the_desk_says_what_to_do_where_something_is_missing(as_, district, step, typed, said):
    question = Question.objects.get(pk=accepted(district).pk)
    data = {f"{step}-seen": question.version} | {f"{step}-{key}": value for key, value in typed.items()}
    response = as_("spokesperson").post(reverse("answers_desk:step", args=[question.pk, step]), data)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "必填项" not in response.content.decode()


# --- What nobody would hear of ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question_of", "warning"),
    [
        (lambda district: accepted(district), "提问人没有留联系方式，没有人能告诉他"),
        (lambda district: told_by_phone(district), "提问人只接电话，系统不发通知"),
        (lambda district: accepted(district, by=district.resident), ""),
    ],
)
def test_an_asker_whom_no_message_reaches_is_not_asked_without_a_word_to_the_office(
    as_, district, question_of, warning
):
    shown = page(as_("spokesperson"), "answers_desk:case", question_of(district))

    assert "请提问人补充什么" in shown
    assert warning in shown
    assert bool(warning) is ("到时没有补充，问题就结束了" in shown)


def told_by_phone(district):
    question = entered(district, contact=Contact("call", "+8613800138000"))
    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 11)
    )
    return handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 11))


# --- What cannot be taken back is chosen --------------------------------------------------------------


IRREVERSIBLE = {
    "withdraw_publication": (published, "editor", "reason", {"checked": "on"}),
    "decline_publication": (answered, "editor", "reason", {}),
    "propose_refusal": (ask, "dispatcher", "reason", {"explanation": "说明", "other_route": "法院"}),
    "hand_over": (ask, "dispatcher", "service", {"told": "请到路口等候。"}),
}


@pytest.mark.parametrize("step", IRREVERSIBLE)
def test_what_cannot_be_taken_back_begins_without_a_choice_and_is_refused_without_one(as_, district, step):
    made, who, field, filled = IRREVERSIBLE[step]
    question = made(district)
    client = as_(who)
    address = reverse("answers_desk:case", args=[question.pk])
    before = parsed(client.get(address)).select_one(f"#id_{step}-{field}")
    assert [option["value"] for option in before.select("option[selected]")] in ([], [""])
    assert before.select_one("option").get_text() == "请选择"

    typed = {f"{step}-{name}": value for name, value in filled.items()} | {f"{step}-seen": question.version}
    refused = client.post(reverse("answers_desk:step", args=[question.pk, step]), typed | {f"{step}-{field}": ""})

    assert refused.status_code == 422
    assert parsed(refused).select_one(f"#id_{step}-{field}_error").get_text() == "请选择这一项。"
    assert Question.objects.get(pk=question.pk).version == question.version


def test_a_page_is_taken_down_for_good_only_by_whoever_says_so(as_, district):
    question = published(district)
    client, address = as_("editor"), reverse("answers_desk:step", args=[question.pk, "withdraw_publication"])
    typed = {"withdraw_publication-seen": question.version, "withdraw_publication-reason": "wrong"}

    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "我已核对，撤下后不能恢复。" in words(refused)
    assert parsed(refused).select_one("#id_withdraw_publication-checked_error").get_text() == "请确认这一项。"
    assert client.post(address, typed | {"withdraw_publication-checked": "on"}).status_code == 302
    assert Question.objects.get(pk=question.pk).publication == "withdrawn"


# --- More time: how much, and for whom -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("9", "最多只能延长 7 个工作日，请改小。"),
        ("0", "至少延长 1 个工作日。"),
        ("", "请填写延长几个工作日。"),
        ("三天", "请填写一个整数，例如 3。"),
    ],
)
def test_how_much_longer_is_said_before_and_in_words(as_, district, typed, error):
    question = accepted(district)
    client, step = as_("spokesperson"), "request_extension"
    before = parsed(client.get(reverse("answers_desk:case", args=[question.pk])))
    assert before.select_one(f"#id_{step}-working_days_helptext").get_text() == "1 到 7 个工作日。"

    refused = client.post(
        reverse("answers_desk:step", args=[question.pk, step]),
        {
            f"{step}-seen": question.version,
            f"{step}-working_days": typed,
            f"{step}-reason": "x",
            f"{step}-interim": "x",
        },
    )

    assert refused.status_code == 422
    assert parsed(refused).select_one(f"#id_{step}-working_days_error").get_text() == error


def followed(district, *, taken=True):
    """One that came in on Friday follows one of Monday's."""
    lead = accepted(district) if taken else dispatched(district)
    early = ask(district, clock=at(2, 28, 10), title="外地孩子上小学")
    merging.merge(early.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11))
    return Question.objects.get(pk=lead.pk), Question.objects.get(pk=early.pk)


def test_an_extension_of_what_others_follow_moves_one_date_and_both_offices_read_so(as_, district):
    lead, _early = followed(district)
    said = "延期只改这一件的日期。并入的 1 个问题日期不变，最早的一件仍须在 2026-03-10 或之前答复。"
    assert said in page(as_("spokesperson"), "answers_desk:case", lead)
    extending.request_extension(
        lead.pk, working_days=3, reason="x", interim="x", by=district.spokesperson, clock=at(3, 2, 11)
    )
    assert said in page(as_("superior"), "answers_desk:case", lead)

    alone = accepted(district)
    assert "延期只改这一件的日期" not in page(as_("spokesperson"), "answers_desk:case", alone)


def test_the_leads_page_says_by_when_the_earliest_must_be_accepted(as_, district):
    lead, early = followed(district, taken=False)
    shown = page(as_("spokesperson"), "answers_desk:case", lead)

    assert early.accept_due == at(3, 1, 10).at
    assert "最早的一件须在 03-01 10:00 前受理" in shown
    assert "外地孩子上小学 须在 03-01 10:00 前受理 · 最迟 03-10 答复" in shown

    handling.accept(lead.pk, by=district.spokesperson, clock=at(3, 2, 12))
    assert "前受理" not in page(as_("spokesperson"), "answers_desk:case", lead)


def test_a_follower_accepted_elsewhere_before_is_accepted_again_within_the_offices_own_24_hours(as_, district):
    lead = dispatched(district, clock=at(3, 2, 11))
    member = ask(district, title="外地孩子上小学")
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=at(3, 2, 11, 30))
    Question.objects.filter(pk=member.pk).update(accepted_at=at(3, 2, 11).at)

    shown = page(as_("spokesperson"), "answers_desk:case", lead)
    assert "外地孩子上小学 须在 03-03 11:30 前受理" in shown
    assert "最早的一件须在 03-03 11:00 前受理" in shown
