"""The staff's pages over HTTP: queue, case, steps, clashes."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from portal.answers.actions import handling, replying
from portal.answers.actions.passages import keep_passage
from portal.answers.models import Answer, Listing, Note, Question, Redaction
from portal.answers.presenting import public_address
from portal.answers.states import State
from portal.kernel.clock import FixedClock
from tests.factories.answers import accepted, answered, ask, at, dispatched, in_review

pytestmark = [pytest.mark.db, pytest.mark.django_db]

QUEUE = reverse("answers_desk:queue")


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """The pages' clock stands two hours after the questions were asked."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))


def case_url(question):
    return reverse("answers_desk:case", args=[question.pk])


def take(client, question, step, **fields):
    question = Question.objects.get(pk=question.pk)
    data = {f"{step}-seen": question.version} | {f"{step}-{key}": value for key, value in fields.items()}
    return client.post(reverse("answers_desk:step", args=[question.pk, step]), data)


def text_of(response):
    return response.content.decode()


# --- Queue --------------------------------------------------------------------------------


def test_the_queue_shows_the_nearest_promise_first(as_, district):
    later = ask(district, title="晚问的", clock=at(3, 2, 11))
    sooner = ask(district, title="早问的", clock=at(3, 2, 9))

    page = text_of(as_("dispatcher").get(QUEUE))

    assert page.index(sooner.title) < page.index(later.title)


def test_a_missed_promise_is_said_in_words(as_, district, monkeypatch):
    ask(district)
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 3, 12))

    assert "已超 2 小时" in text_of(as_("dispatcher").get(QUEUE))


def test_a_spokesperson_sees_only_the_own_offices_questions(as_, district):
    mine, unsorted = dispatched(district, title="我局的"), ask(district, title="还没分派的")

    page = text_of(as_("spokesperson").get(QUEUE))

    assert mine.title in page
    assert unsorted.title not in page


def test_an_empty_queue_says_so(as_, district):
    assert "没有符合条件的问题" in text_of(as_("street_spokesperson").get(QUEUE))


@pytest.mark.parametrize(
    ("query", "found"),
    [("group=unsorted", {"待审的"}), ("group=offered", {"待受理的"}), ("text=待审", {"待审的"}), ("overdue=on", set())],
)
def test_the_queue_can_be_filtered(as_, district, query, found):
    ask(district, title="待审的")
    dispatched(district, title="待受理的")

    page = text_of(as_("dispatcher").get(f"{QUEUE}?{query}"))

    assert {title for title in ("待审的", "待受理的") if title in page} == found


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("电梯", True),
        ("B座电梯停了", True),
        ("b座", True),
        ("梯", True),
        ("电梯停了%", False),
        ("停了电梯", False),
        ("梯停了B", False),  # each pair of neighbours is there, but not all in a row
        ("电_停", False),
    ],
)
def test_the_queue_finds_words_of_a_title_as_they_stand_there(as_, district, typed, is_found):
    ask(district, title="停了B座电梯停了")

    page = text_of(as_("dispatcher").get(QUEUE, {"text": typed}))

    assert ("停了B座电梯停了" in page) == is_found


def test_the_queue_finds_a_number_however_it_was_typed(as_, district):
    wanted, other = ask(district, title="要找的"), ask(district, title="另一个")

    page = text_of(as_("dispatcher").get(QUEUE, {"text": wanted.number.lower()}))

    assert wanted.title in page
    assert other.title not in page


def test_nonsense_in_a_filter_is_left_out(as_, district):
    ask(district, title="待审的")

    assert as_("dispatcher").get(f"{QUEUE}?office=x&topic=-1&group=zzz&p=99").status_code == 200


def test_a_queue_that_is_longer_than_its_pages_says_so_and_is_not_counted_to_its_end(as_, district, monkeypatch):
    monkeypatch.setattr("portal.answers.views.queue.LAST_PAGE", 1)
    monkeypatch.setattr("portal.answers.views.queue.PAGE_SIZE", 2)
    for _number in range(3):
        ask(district)

    page = text_of(as_("dispatcher").get(QUEUE))

    assert "2 个以上问题" in page
    assert page.count('name="questions"') == 2


def test_residents_and_visitors_do_not_reach_the_desk(as_, client, district):
    assert client.get(QUEUE).status_code == 302
    assert as_("resident").get(QUEUE).status_code in (302, 403)


def test_bulk_dispatch_sends_each_to_the_office_its_asker_wished_for_and_says_what_was_left(as_, district):
    with_wish, without, confided = ask(district), ask(district, office=""), ask(district, confidential=True)
    others = [dispatched(district), dispatched(district)]

    response = as_("dispatcher").post(
        reverse("answers_desk:bulk_dispatch"),
        {"questions": [one.pk for one in (with_wish, without, confided, *others)]},
        follow=True,
    )

    assert "已分派 1 个问题" in text_of(response)
    assert f"1 个问题没有分派（{without.number}）：提问人没有指明单位" in text_of(response)
    assert f"1 个问题没有分派（{confided.number}）：保密问题分派前，须写好给承办单位看的内容" in text_of(response)
    numbers = "、".join(one.number for one in others)
    assert f"2 个问题没有分派（{numbers}）：已经不在待审核" in text_of(response)


def test_only_what_can_be_dispatched_with_others_has_a_box_to_tick(as_, district):
    new, sent, confided = ask(district), dispatched(district), ask(district, confidential=True)
    client, queue = as_("dispatcher"), reverse("answers_desk:queue")

    page = text_of(client.get(queue, {"group": "open"}))
    assert [f'value="{one.pk}"' in page for one in (new, sent, confided)] == [True, False, False]
    assert "分派勾选的问题" in page
    assert "分派勾选的问题" not in text_of(client.get(queue, {"group": "offered"}))


# --- Case ---------------------------------------------------------------------------------


def test_the_case_page_offers_exactly_the_steps_that_are_open(as_, district):
    question = dispatched(district)

    spokesperson = text_of(as_("spokesperson").get(case_url(question)))
    dispatcher = text_of(as_("dispatcher").get(case_url(question)))

    assert "/accept/" in spokesperson
    assert "/transfer/" not in spokesperson
    assert "/transfer/" in dispatcher
    assert "/accept/" not in dispatcher


def test_nobody_is_offered_to_sign_what_is_their_own_and_the_page_says_why(as_, district):
    question = accepted(district)
    replying.save_draft(question.pk, text="请携带居住证。", by=district.spokesperson, clock=at(3, 2, 11))
    replying.submit_for_review(question.pk, by=district.spokesperson, clock=at(3, 2, 11))

    author = text_of(as_("spokesperson").get(case_url(question)))
    leader = text_of(as_("leader").get(case_url(question)))

    assert "/release/" not in author
    assert "需要由另一个人审签" in author
    assert "/release/" in leader


def test_a_question_of_another_office_does_not_exist_for_a_spokesperson(as_, district):
    question = dispatched(district)

    assert as_("street_spokesperson").get(case_url(question)).status_code == 404


def test_the_masked_contact_is_shown_to_the_office_that_works_on_it_and_not_to_its_overseers(as_, district):
    question = dispatched(district, contact="+8613800138000")

    assert "138****8000" in text_of(as_("spokesperson").get(case_url(question)))
    assert "138****8000" not in text_of(as_("auditor").get(case_url(question)))


def test_a_question_goes_from_arrival_to_publication_through_the_pages(as_, district):
    question = ask(district)
    take(as_("dispatcher"), question, "screen")
    take(as_("dispatcher"), question, "dispatch", office_id=district.schools.pk, public_title="入学")
    take(as_("spokesperson"), question, "accept")
    take(as_("officer"), question, "save_draft", text="您好，请带居住证。")
    take(as_("officer"), question, "submit_for_review")
    take(as_("leader"), question, "release")
    take(as_("editor"), question, "publish", title="入学", question_text="问", answer_text="答", checked="on")

    assert Question.objects.get(pk=question.pk).state == State.ANSWERED
    assert Answer.objects.get(question=question).text == "您好，请带居住证。"
    assert Redaction.objects.get(question=question).answer_text == "答"


def test_once_an_answer_is_public_the_case_leads_to_its_page(as_, district, background):
    question = answered(district)
    before = text_of(as_("editor").get(case_url(question)))
    take(as_("editor"), question, "publish", title="入学", question_text="问", answer_text="答", checked="on")
    at_once = text_of(as_("editor").get(case_url(question)))
    background()
    after = text_of(as_("editor").get(case_url(question)))

    assert "公开前的核对" in before
    assert "公开前的核对" not in at_once + after
    assert "公开的页面正在生成" in at_once
    assert f'href="{public_address(Listing.objects.get(question=question))}">看公开的页面</a>' in after


def test_a_form_with_an_error_keeps_what_was_typed(as_, district):
    question = dispatched(district)

    response = take(as_("spokesperson"), question, "request_return", reason="", proposed_office_id=district.street.pk)

    assert response.status_code == 422
    assert "selected" in text_of(response)


def test_a_stale_form_is_refused_with_what_changed_and_keeps_the_text(as_, district):
    question = accepted(district)
    client = as_("officer")
    client.get(case_url(question))
    handling.transfer(
        question.pk, office_id=district.street.pk, reason="转", by=district.dispatcher, clock=at(3, 2, 11)
    )
    handling.transfer(
        question.pk, office_id=district.schools.pk, reason="转回", by=district.dispatcher, clock=at(3, 2, 11)
    )

    response = client.post(
        reverse("answers_desk:step", args=[question.pk, "save_draft"]),
        {"save_draft-seen": question.version, "seq": 2, "save_draft-text": "我写了很久的答复"},
    )

    assert response.status_code == 409
    assert "我写了很久的答复" in text_of(response)
    assert "已转给" in text_of(response)


def test_a_refusal_by_circumstance_is_a_sentence(as_, district):
    question = in_review(district)

    response = take(as_("spokesperson"), question, "release")
    assert response.status_code == 302
    question = accepted(district)
    take(as_("spokesperson"), question, "save_draft", text="稿")
    response = take(as_("spokesperson"), question, "release")

    assert response.status_code == 403
    assert "须经第二人审签" in text_of(response)


def test_an_unknown_step_does_not_exist(as_, district):
    assert take(as_("spokesperson"), dispatched(district), "erase").status_code == 404


def test_notes_are_kept_and_empty_ones_are_not(as_, district):
    question = dispatched(district)
    url = reverse("answers_desk:note", args=[question.pk])

    assert as_("officer").post(url, {"text": ""}).status_code == 422
    assert as_("officer").post(url, {"text": "已电话联系学校。"}).status_code == 302
    assert Note.objects.get().text == "已电话联系学校。"


def test_the_gate_marks_what_looks_like_personal_data(as_, district):
    question = answered(district, text="我叫李明，手机 13800138000，住桂塘路 3 号楼 501 室。")

    page = text_of(as_("editor").get(case_url(question)))

    assert "<mark" in page
    assert "13800138000</mark>" in page


def test_asking_late_at_night_changes_nothing_about_the_clock(district):
    question = ask(district, clock=FixedClock(at(3, 2, 23, 59).at))

    assert question.reply_due == at(3, 12).at


# --- What is wrong is said first ------------------------------------------------------------


def summary(response):
    """The error summary that stands before the case: its links, by the input that each leads to."""
    page = BeautifulSoup(response.content, "html.parser")
    box = page.select_one("#error-summary[data-focus-on-load]")
    assert box.find_previous("section") is None
    assert all(page.find(id=link["href"][1:]) for link in box.select("a"))
    return {link["href"]: link.get_text() for link in box.select("a")} or box.select_one("li").get_text()


def test_a_refused_step_begins_with_what_is_wrong_and_leads_there(as_, district):
    refused = take(as_("spokesperson"), dispatched(district), "request_return", reason="")

    assert refused.status_code == 422
    assert summary(refused) == {"#id_request_return-reason": "退回理由：请填写这一项。"}


def test_so_does_the_publication_of_an_answer(as_, district):
    refused = take(as_("editor"), answered(district), "publish", title="", question_text="问", answer_text="答")

    assert summary(refused) == {
        "#id_publish-title": "公开标题：请填写这一项。",
        "#id_publish-checked": "我已逐条核对标出的内容，公开的文字里没有个人信息：请确认这一项。",
    }


def test_so_do_a_clash_a_note_a_passage_and_a_reason_to_look_at_a_contact(as_, district):
    question = accepted(district, contact="+8613800138000")
    client = as_("officer")
    keep_passage(
        district.schools.pk, title="开头", text="您好", is_shared=False, by=district.spokesperson, clock=at(3, 2, 11)
    )

    clash = client.post(
        reverse("answers_desk:step", args=[question.pk, "save_draft"]),
        {"save_draft-seen": 1, "save_draft-text": "稿"},
    )
    assert clash.status_code == 409
    assert "别人处理过这个问题" in summary(clash)
    for name, said in (("note", "内部备注：请填写这一项。"), ("reveal", "请选择")):
        assert said in str(summary(client.post(reverse(f"answers_desk:{name}", args=[question.pk]), {})))
    inserted = client.post(reverse("answers_desk:insert_passage", args=[question.pk]), {"passage": ""})
    assert summary(inserted) == "请先选择一条常用语。"


def test_without_errors_there_is_no_summary(as_, district):
    assert "error-summary" not in text_of(as_("officer").get(case_url(accepted(district))))


@pytest.mark.parametrize("name", ["calls", "exclusions", "assessment"])
def test_who_may_not_see_a_page_is_told_why_and_not_led_away(as_, name):
    refused = as_("spokesperson").get(reverse(f"answers_desk:{name}"))

    assert refused.status_code == 403
    assert str(refused.context["reason"]) in refused.content.decode()
