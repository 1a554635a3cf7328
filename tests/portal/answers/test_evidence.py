"""A stranger with one file and no trust finds what the portal found, and every change of what was published."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import portal.answers
from portal.answers.actions import (
    aftercare,
    checking,
    clarifying,
    extending,
    handling,
    publication,
    reopening,
    replying,
    screening,
)
from portal.answers.actions.settling import settle_due
from portal.answers.models import AnswerPage, Question
from portal.answers.queries.evidence import published_calendar
from portal.journal.models import EventRecord
from portal.kernel.clock import FixedClock
from portal.workdays.rules.notices import Layer
from tests.factories.answers import accepted, answered, at, dispatched, entered, published
from tests.factories.workdays import day_off, load, notice

SCRIPT = Path(portal.answers.__file__).parent / "static/portal/answers/yishi_verify.py"

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def out(question, district, *, on):
    """Write, sign, release and publish on a day."""
    replying.save_draft(question.pk, text="您好，请携带居住证。", by=district.officer, clock=at(*on, 9))
    replying.submit_for_review(question.pk, by=district.officer, clock=at(*on, 9))
    replying.release(question.pk, by=district.leader, clock=at(*on, 10))
    publication.publish(
        question.pk, title="题", question_text="问", answer_text="答", by=district.editor, clock=at(*on, 11)
    )


def fetch(client, question):
    page = AnswerPage.objects.get(question=question)
    parts = page.url_path.rstrip("/").split("/")[-3:]
    return client.get(reverse("answers:events_json", args=parts)).content.decode()


def calendar(client):
    return client.get(reverse("answers:calendar_json")).content.decode()


@pytest.fixture
def judged(client, verifier, background):
    """Publish what is due and return what the stranger says of a question."""

    def judge(question):
        background()
        known = verifier.Calendar(verifier.parse(calendar(client)))
        return verifier.check(verifier.parse(fetch(client, question)), known)

    return judge


def test_a_plain_question(district, judged):
    assert judged(published(district)) == [("accept", "in_time"), ("reply", "in_time")]


def test_a_late_question_that_went_from_office_to_office(district, judged):
    question = dispatched(district)
    settle_due(at(3, 4, 9))
    handling.transfer(question.pk, office_id=district.street.pk, reason="改", by=district.dispatcher, clock=at(3, 4, 9))
    handling.transfer(
        question.pk, office_id=district.schools.pk, reason="改", by=district.dispatcher, clock=at(3, 4, 10)
    )
    handling.accept(question.pk, by=district.spokesperson, clock=at(3, 4, 11))
    out(question, district, on=(3, 13))

    assert judged(question) == [("accept", "late"), ("reply", "late")]


def test_an_extended_question_that_waited_for_its_asker(district, judged):
    question = accepted(district, by=district.resident)
    clarifying.ask_asker(question.pk, text="？", by=district.spokesperson, clock=at(3, 4, 10))
    clarifying.supply(question.pk, text="!", by=district.resident, clock=at(3, 6, 9))
    extending.request_extension(
        question.pk, working_days=2, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 9, 9)
    )
    extending.approve_extension(question.pk, by=district.superior, clock=at(3, 9, 10))
    settle_due(at(3, 12, 1))
    out(question, district, on=(3, 16))

    assert judged(question) == [("accept", "in_time"), ("plain", "late"), ("reply", "in_time")]


def test_a_question_counted_anew_after_a_typhoon(district, judged, background, clock):
    question = accepted(district)
    local = notice(2026, day_off("2026-03-05", "台风停工"), layer=Layer.LOCAL)
    load(local, at(3, 3, 8))
    background()
    assert Question.objects.get(pk=question.pk).reply_due == at(3, 13).at
    out(question, district, on=(3, 12))

    assert judged(question) == [("accept", "in_time"), ("reply", "in_time")]


def test_a_question_told_to_staff_whose_time_was_corrected_before_it_was_extended(district, judged):
    question = entered(district, received_at=at(3, 2, 8).at)
    screening.dispatch(
        question.pk, office_id=district.schools.pk, public_title="题", by=district.dispatcher, clock=at(3, 2, 11)
    )
    checking.correct_receipt(
        question.pk, received_at=at(2, 28, 9).at, reason="x", by=district.superior, clock=at(3, 2, 12)
    )
    handling.accept(question.pk, by=district.spokesperson, clock=at(3, 2, 13))
    extending.request_extension(
        question.pk, working_days=2, reason="x", interim="在办", by=district.spokesperson, clock=at(3, 9, 9)
    )
    extending.approve_extension(question.pk, by=district.superior, clock=at(3, 9, 10))
    out(question, district, on=(3, 12))

    assert Question.objects.get(pk=question.pk).reply_due == at(3, 13).at
    assert judged(question) == [("accept", "late"), ("plain", "late"), ("reply", "in_time")]


@pytest.mark.parametrize("field", ["received_at", "recorded_at"])
def test_a_time_of_receipt_that_was_touched_is_caught_even_in_a_whole_chain(district, verifier, field):
    question = entered(district, received_at=at(3, 2, 9, 50).at)
    submitted = EventRecord.objects.get(aggregate=question.ref, name="answers.question_submitted")
    moved = {"received_at": at(3, 2, 9, 55), "recorded_at": at(3, 2, 9, 49)}[field]
    count = verifier.Count(verifier.Calendar(published_calendar()))
    count.hear("question_submitted", submitted.occurred_at, submitted.payload)

    with pytest.raises(verifier.Misfit):
        verifier.Count(verifier.Calendar(published_calendar())).hear(
            "question_submitted", submitted.occurred_at, submitted.payload | {field: moved.at.isoformat()}
        )


def test_a_reopened_question_and_a_corrected_answer(district, judged):
    question = answered(district, by=district.resident)
    publication.publish(
        question.pk, title="题", question_text="问", answer_text="答", by=district.editor, clock=at(3, 3, 9)
    )
    aftercare.rate(question.pk, resolved="no", satisfaction=1, comment="", by=district.resident, clock=at(3, 4, 9))
    reopening.request_reopening(question.pk, reason="x", by=district.resident, clock=at(3, 4, 10))
    reopening.approve_reopening(question.pk, by=district.superior, clock=at(3, 5, 9))
    settle_due(at(3, 13, 9))
    publication.amend(
        question.pk,
        title="题",
        question_text="问",
        answer_text="更正",
        reason="有误",
        by=district.editor,
        clock=at(3, 16, 9),
    )

    assert judged(question) == [("accept", "in_time"), ("reopen", "late"), ("reply", "in_time")]


def test_nobody_learns_who_acted_or_what_was_drafted(district, client, background):
    question = published(district, by=district.resident)
    background()
    text = fetch(client, question)

    for secret in (district.resident.id, district.officer.id, "draft_saved"):
        assert secret not in text


def test_any_changed_byte_is_caught(district, client, background, verifier):
    question = published(district)
    background()
    known = verifier.Calendar(verifier.parse(calendar(client)))
    good = fetch(client, question).encode()
    verifier.check(verifier.parse(good.decode()), known)
    faults = (verifier.Misfit, KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError)
    missed = []
    for position in range(len(good)):
        bad = good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :]
        try:
            verifier.check(verifier.parse(bad.decode()), known)
            missed.append(position)
        except faults:
            pass

    assert missed == []


@pytest.mark.parametrize(
    "forge",
    [
        lambda data: data["events"][0]["payload"].update(reply_due="2026-03-20T00:00:00+08:00"),
        lambda data: data["events"].pop(3),
        lambda data: data["published"].update(answer="别的答复"),
        lambda data: data.update(number="Q260302-AAAAAA"),
    ],
)
def test_a_forger_who_mends_the_seal_is_caught_by_the_chain(district, client, background, verifier, forge):
    question = published(district)
    background()
    known = verifier.Calendar(verifier.parse(calendar(client)))
    data = verifier.parse(fetch(client, question))
    forge(data)

    with pytest.raises(verifier.Misfit):
        verifier.check(data, known)


def test_a_stranger_on_the_command_line(district, client, background, tmp_path):
    background()
    good = published(district)
    late = dispatched(district)
    settle_due(FixedClock(late.accept_due + timedelta(hours=1)))
    handling.accept(late.pk, by=district.spokesperson, clock=at(3, 3, 15))
    out(late, district, on=(3, 5))
    background()
    (tmp_path / "calendar.json").write_text(calendar(client), encoding="utf-8")
    month = client.get(reverse("answers:questions_jsonl"), {"month": "2026-03"}).getvalue()
    (tmp_path / "march.jsonl").write_bytes(month)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-I", str(SCRIPT), "--calendar", "calendar.json", *arguments],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    first = run("--save-anchors", "heads.txt", "march.jsonl")
    assert first.returncode == 0, first.stdout + first.stderr
    assert f"ok    {good.number}  accept in_time, reply in_time" in first.stdout
    assert f"ok    {late.number}  accept late, reply in_time" in first.stdout

    heads = (tmp_path / "heads.txt").read_text()
    assert run("--anchors", "heads.txt", "march.jsonl").returncode == 0
    changed = [line.rsplit(" ", 1)[0] + " " + "f" * 64 for line in heads.splitlines()]
    (tmp_path / "heads.txt").write_text("\n".join(changed))
    rewritten = run("--anchors", "heads.txt", "march.jsonl")
    assert rewritten.returncode == 1
    assert "rewritten" in rewritten.stdout
    assert run("missing.jsonl").returncode == 2


def test_a_month_takes_the_same_number_of_statements_however_full_it_is(
    district, client, background, django_assert_max_num_queries
):
    for count in (1, 3):
        for _ in range(count):
            published(district)
        background()
        with django_assert_max_num_queries(6):
            lines = client.get(reverse("answers:questions_jsonl"), {"month": "2026-03"}).getvalue().splitlines()
        assert json.loads(lines[0])["format"] == "yishi.evidence.1"


def test_a_withdrawn_answer_has_no_evidence_any_more(district, client, background):
    question = published(district)
    background()
    publication.take_down(question.pk, reason="personal", by=district.editor, clock=at(3, 9, 9))
    background()
    parts = AnswerPage.objects.get(question=question).url_path.rstrip("/").split("/")[-3:]

    assert client.get(reverse("answers:events_json", args=parts)).status_code == 404


def test_the_page_for_strangers(client):
    response = client.get(reverse("answers:verify"))

    assert response.status_code == 200
    assert "yishi_verify.py" in response.content.decode()
