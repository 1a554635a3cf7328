"""The callers' pages: whom to call, the number for one answer of the server, the result typed in."""

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions.calling import record_try, take_call
from portal.answers.models import CallAttempt, CallBack, Question, Rating
from portal.notifications.models import Notice
from tests.factories.answers import answered, at
from tests.factories.call_backs import PHONE, committed, drawn_call, told

pytestmark = [pytest.mark.db, pytest.mark.django_db]

LIST = reverse("answers_desk:calls")
MASKED = "138****8000"
GOOD = {"outcome": "reached", "resolved": "yes", "satisfaction": "5", "comment": "很快", "reopening": "", "note": ""}


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """The pages' clock stands at ten o'clock on the day of the draw."""
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(4, 1, 10))


@pytest.fixture
def as_(client, district):
    """Sign in as one of the district's people."""

    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def page_of(call):
    return reverse("answers_desk:call", args=[call.pk])


def show_number(client, call):
    return client.post(reverse("answers_desk:call_number", args=[call.pk]))


def send(client, call, **typed):
    typed = {f"call-{name}": value for name, value in (GOOD | typed).items()}
    return client.post(reverse("answers_desk:call_result", args=[call.pk]), typed)


def test_the_number_is_masked_until_the_call_is_taken_and_shown_once(as_, district):
    call = drawn_call(district)
    client = as_("dispatcher")
    before = client.get(page_of(call)).content.decode()
    shown = show_number(client, call).content.decode()
    after = client.get(page_of(call)).content.decode()

    assert PHONE not in before + after
    assert MASKED in before
    assert MASKED in after
    assert PHONE in shown
    assert "记下结果" not in before
    assert "记下结果" in shown
    assert "记下结果" in after


def test_a_result_is_typed_in_and_the_list_is_shorter(as_, district):
    call = drawn_call(district)
    client = as_("dispatcher")
    show_number(client, call)

    assert "共 1 个电话" in client.get(LIST).content.decode()
    assert send(client, call).status_code == 302
    assert "现在没有要打的电话" in client.get(LIST).content.decode()
    rating = Rating.objects.get()
    assert (rating.source, rating.resolved, rating.satisfaction, rating.comment) == ("call_back", "yes", 5, "很快")
    ended = client.get(LIST + "?show=ended").content.decode()
    assert "已回访" in ended
    assert "5 分" in ended


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"outcome": ""}, "请选择电话的结果。"),
        ({"resolved": ""}, "请选择问题是否解决。"),
        ({"satisfaction": ""}, "请选择 1 到 5 分。"),
        ({"satisfaction": "6"}, "6"),
        ({"comment": "长" * 301}, "最多 300 个字，现在 301 个字。"),
        ({"reopening": "还要再看"}, "请核对评价，或者清空这一项"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(as_, district, typed, error):
    call = drawn_call(district)
    client = as_("dispatcher")
    show_number(client, call)
    response = send(client, call, note="约好三点", **typed)
    page = response.content.decode()

    assert response.status_code == 422
    assert error in page
    assert "约好三点" in page
    assert not Rating.objects.exists()


def test_who_was_not_reached_is_tried_again_at_another_time(as_, district):
    call = drawn_call(district)
    client = as_("dispatcher")
    show_number(client, call)
    # What was typed of a verdict does not count, for nobody answered.
    send(client, call, outcome="no_answer", note="下午再打")

    assert not Rating.objects.exists()
    assert "现在没有要打的电话" in client.get(LIST).content.decode()
    assert "04-01 14:00 以后" in client.get(LIST + "?show=later").content.decode()
    page = client.get(page_of(call)).content.decode()
    assert "下午再打" in page
    assert "显示号码，开始打电话" not in page
    assert show_number(client, call).status_code == 409


def test_two_callers_do_not_call_the_same_asker(as_, district):
    call = drawn_call(district)
    take_call(call.pk, by=district.second_dispatcher, clock=at(4, 1, 9, 55))
    client = as_("dispatcher")

    assert "second_dispatcher 09:55 起在打" in client.get(LIST).content.decode()
    response = show_number(client, call)
    assert response.status_code == 409
    assert "另一位受理员正在打这个电话" in response.content.decode()
    assert PHONE not in response.content.decode()


def test_a_result_that_comes_second_is_refused_and_shown_again(as_, district):
    call = drawn_call(district)
    client = as_("dispatcher")
    show_number(client, call)
    take_call(call.pk, by=district.second_dispatcher, clock=at(4, 1, 11))
    record_try(call.pk, outcome="refused", note="", by=district.second_dispatcher, clock=at(4, 1, 11))
    response = send(client, call, comment="我记的")

    assert response.status_code == 409
    assert "别人已经记下了这个回访的结果" in response.content.decode()
    assert "我记的" in response.content.decode()
    assert CallAttempt.objects.count() == 1


@pytest.mark.parametrize("name", ["spokesperson", "officer", "leader", "auditor", "editor"])
def test_nobody_but_the_centre_gets_there(as_, district, name):
    call = drawn_call(district)
    client = as_(name)

    for response in (client.get(LIST), client.get(page_of(call)), show_number(client, call), send(client, call)):
        assert response.status_code in (302, 403, 404)
    assert not Rating.objects.exists()


def test_the_case_shows_both_sources_apart_and_no_call_before_it_is_over(as_, district):
    call = drawn_call(district)
    case = reverse("answers_desk:case", args=[call.question_id])
    take_call(call.pk, by=district.dispatcher, clock=at(4, 1, 10))
    assert "回访" not in as_("spokesperson").get(case).content.decode()

    Rating.objects.create(question_id=call.question_id, resolved="no", satisfaction=2, rated_at=at(3, 9).at)
    told(call, district.dispatcher, resolved="partly", satisfaction=4, comment="说得很清楚")
    page = as_("spokesperson").get(case).content.decode()
    assert page.index("提问人自己的评价") < page.index("满意度 2 分") < page.index("中心电话回访")
    assert "满意度 4 分" in page
    assert "说得很清楚" in page


def test_the_asker_reads_what_was_written_down_and_may_ask_for_a_second_look(client, district, background, clock):
    person = User.objects.get(pk=district.resident.id)
    person.set_phone(PHONE)
    person.phone_verified = True
    person.save()
    call = drawn_call(district, by=district.resident)
    told(call, district.dispatcher, resolved="no", satisfaction=1, comment="还是没通水")
    clock.move(days=30, hours=1)
    background()
    client.force_login(person)
    page = client.get(reverse("answers:case", args=[call.question_id])).content.decode()

    assert "您在电话回访中的评价" in page
    assert "还是没通水" in page
    assert "申请再办" in page
    assert Notice.objects.filter(kind="answers.called_back", channel="inbox").count() == 1
    client.post(reverse("answers:reopen", args=[call.question_id]), {"reason": "水还没来"})
    assert Question.objects.get(pk=call.question_id).state == "reopen_review"


def test_the_dispatchers_are_told_that_there_is_somebody_to_call(district, clock, background):
    answered(district, contact=PHONE)
    committed()
    clock.move(days=30)
    background()

    told_of = Notice.objects.filter(kind="answers.to_call", channel="inbox").values_list("recipient", flat=True)
    assert len(told_of) == 2
    assert CallBack.objects.count() == 1
