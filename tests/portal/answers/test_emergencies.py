"""Rapid response: a lead in half an hour, a first word in four hours, one every day; no question's clock stops."""

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions import emergencies
from portal.answers.actions.emergencies import watch_emergencies
from portal.answers.models import Emergency, Question
from portal.answers.queries.emergencies import hot_topics
from portal.answers.rules.hot_topics import Asked, clusters, likeness
from portal.answers.states import EmergencyState
from portal.journal.models import EventRecord
from portal.kernel.clock import FixedClock
from portal.kernel.machine import IllegalStep
from portal.kernel.permissions import NotAllowed
from portal.notifications.models import Notice
from tests.factories.answers import MONDAY, ask, at

WATER = "自来水发黄，从早上开始就这样"


def asked(number, asker, text=WATER, place="桂塘街道", hours=0):
    return Asked(str(number), asker, "water", place, text, MONDAY + timedelta(hours=hours))


@pytest.mark.unit
def test_three_people_about_the_same_thing_in_one_place_are_a_hot_topic():
    found = clusters([asked(1, "a"), asked(2, "b", "我家自来水发黄怎么办"), asked(3, "c", "水发黄，自来水公司知道吗")])

    assert [[one.id for one in cluster] for cluster in found] == [["1", "2", "3"]]


@pytest.mark.unit
@pytest.mark.parametrize(
    "third",
    [
        asked(3, "a"),  # the same person again
        asked(3, "c", place="东浦街道"),
        asked(3, "c", place=""),
        asked(3, "c", "想问水费缴纳方式能否改为按年结算"),
        asked(3, "c", hours=25),
    ],
)
def test_anything_less_is_none(third):
    assert clusters([asked(1, "a"), asked(2, "b"), third]) == []


@pytest.mark.unit
def test_likeness_runs_from_nothing_to_all():
    assert (likeness(WATER, WATER), likeness(WATER, "公交"), likeness("", WATER)) == (1.0, 0.0, 0.0)


pytestmark = [pytest.mark.db, pytest.mark.django_db]


@pytest.fixture
def opened(district):
    question = ask(district, by=district.resident, place="桂塘街道")
    return emergencies.open_emergency(
        title="停水",
        place="桂塘街道",
        centre_id=district.centre.pk,
        question_ids=[question.pk],
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )


def missed(emergency):
    found = EventRecord.objects.filter(aggregate=emergency.ref, name="answers.emergency_clock_missed").order_by("seq")
    return [(row.payload["clock"], row.occurred_at) for row in found]


def lead(emergency, district, clock):
    return emergencies.name_lead(emergency.pk, office_id=district.street.pk, by=district.dispatcher, clock=clock)


def say(emergency, district, clock, text="正在抢修，预计晚八点恢复。"):
    return emergencies.publish_statement(emergency.pk, text=text, by=district.street_spokesperson, clock=clock)


def test_in_time_nothing_is_missed(opened, district):
    lead(opened, district, at(3, 2, 11, 29))
    say(opened, district, at(3, 2, 14, 59))
    watch_emergencies(at(3, 3, 14))

    assert missed(opened) == []


def test_what_is_missed_happened_at_the_due_instant_however_late_it_is_noticed(opened, district):
    watch_emergencies(at(3, 2, 20))
    watch_emergencies(at(3, 2, 21))
    lead(opened, district, at(3, 2, 22))
    say(opened, district, at(3, 2, 23))
    watch_emergencies(at(3, 4, 9))

    assert missed(opened) == [
        ("lead", at(3, 2, 11, 30).at),
        ("statement", at(3, 2, 15).at),
        ("update", at(3, 3, 23).at),
    ]


def test_the_first_word_in_the_due_instant_is_late(opened, district):
    lead(opened, district, at(3, 2, 11, 10))
    say(opened, district, FixedClock(opened.statement_due))

    assert missed(opened) == [("statement", opened.statement_due)]


def test_only_the_lead_or_the_centre_speaks(opened, district):
    lead(opened, district, at(3, 2, 11, 10))

    with pytest.raises(NotAllowed):
        emergencies.publish_statement(opened.pk, text="x", by=district.spokesperson, clock=at(3, 2, 12))


def test_nothing_is_said_before_somebody_leads_nor_after_the_end(opened, district):
    with pytest.raises(IllegalStep):
        emergencies.publish_statement(opened.pk, text="x", by=district.dispatcher, clock=at(3, 2, 12))
    emergencies.close_emergency(opened.pk, by=district.dispatcher, clock=at(3, 2, 12))
    with pytest.raises(IllegalStep):
        emergencies.publish_statement(opened.pk, text="x", by=district.dispatcher, clock=at(3, 2, 13))


def test_an_asker_gets_the_statement_and_the_own_clocks_run_on(opened, district, background, clock, client):
    before = Question.objects.get(emergency=opened)
    lead(opened, district, at(3, 2, 11, 10))
    say(opened, district, at(3, 2, 12))
    background()
    after = Question.objects.get(pk=before.pk)
    client.force_login(User.objects.get(pk=district.resident.id))
    page = client.get(reverse("answers:case", args=[after.pk])).content.decode()

    assert Notice.objects.filter(kind="answers.statement", ref=after.ref).exists()
    assert (after.accept_due, after.reply_due, after.state) == (before.accept_due, before.reply_due, before.state)
    assert "预计晚八点恢复" in page


def test_a_further_question_is_attached_by_its_number(opened, district):
    other = ask(district)
    emergencies.attach(opened.pk, number=other.number, by=district.dispatcher, clock=at(3, 2, 12))
    assert opened.questions.count() == 2

    with pytest.raises(NotAllowed) as refused:
        emergencies.attach(opened.pk, number="Q000000-000000", by=district.dispatcher, clock=at(3, 2, 12))
    assert refused.value.reason.code == "no_such_question"


def test_the_banner_is_on_every_page_from_the_first_word_to_the_end(opened, district, client, clock):
    def shown():
        return "桂塘街道 停水" in client.get("/ask/").content.decode()

    assert not shown()
    lead(opened, district, at(3, 2, 11, 10))
    assert not shown()
    say(opened, district, at(3, 2, 12))
    assert shown()
    assert "预计晚八点恢复" in client.get(reverse("answers:statements")).content.decode()
    emergencies.close_emergency(opened.pk, by=district.dispatcher, clock=at(3, 3, 9))
    assert not shown()
    assert "预计晚八点恢复" in client.get(reverse("answers:statements")).content.decode()


def test_staff_see_hot_topics_and_open_one_with_its_questions(district, client, clock):
    texts = ("自来水发黄", "自来水发黄怎么办", "我家自来水发黄")
    for text in texts:
        ask(district, title=text, text=text, place="桂塘街道")
    assert len(hot_topics(district.dispatcher, MONDAY)) == 1
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    page = client.get(reverse("answers_desk:emergencies"))
    (topic,) = page.context["topics"]
    begun = client.get(reverse("answers_desk:emergencies"), {"topic": topic["first"].pk}).context["form"].initial
    assert (begun["title"], begun["questions"]) == (topic["first"].title, topic["ids"])
    response = client.post(
        reverse("answers_desk:open_emergency"),
        {"title": "水黄", "place": "桂塘街道", "centre": district.centre.pk, "questions": topic["ids"]},
        follow=True,
    )
    emergency = Emergency.objects.get()

    assert emergency.questions.count() == 3
    assert hot_topics(district.dispatcher, MONDAY) == []
    assert "须在 03-02 14:00 前" in response.content.decode()


def test_staff_walk_an_emergency_through_the_pages(opened, district, client, clock):
    client.force_login(User.objects.get(pk=district.dispatcher.id))

    def step(name, **typed):
        seen = Emergency.objects.get().version
        return client.post(reverse("answers_desk:emergency_step", args=[opened.pk, name]), {"seen": seen} | typed)

    assert step("publish_statement", text="").status_code == 422
    assert step("publish_statement", text="已知").status_code == 409
    assert step("name_lead", office_id=district.street.pk).status_code == 302
    assert step("publish_statement", text="已知").status_code == 302
    assert step("close_emergency").status_code == 302
    assert Emergency.objects.get().state == EmergencyState.CLOSED


def test_a_double_click_tells_the_public_once_and_what_was_typed_stays(opened, district, client, clock):
    lead(opened, district, at(3, 2, 11, 10))
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    address = reverse("answers_desk:emergency_step", args=[opened.pk, "publish_statement"])
    typed = {"seen": Emergency.objects.get().version, "text": "正在抢修"}
    first, second = client.post(address, typed), client.post(address, typed)

    assert (first.status_code, second.status_code) == (302, 409)
    assert opened.statements.count() == 1
    assert "这起事件有了变化" in second.content.decode()
    assert f'name="seen" value="{Emergency.objects.get().version}"' in second.content.decode()


def test_only_what_one_sees_and_what_is_free_belongs_to_an_emergency(opened, district):
    taken, elsewhere = Question.objects.get(emergency=opened), ask(district)
    Question.objects.filter(pk=elsewhere.pk).update(centre=district.street)
    second = emergencies.open_emergency(
        title="另一起",
        place="",
        centre_id=district.centre.pk,
        question_ids=[taken.pk, elsewhere.pk],
        by=district.dispatcher,
        clock=at(3, 2, 11),
    )

    assert not second.questions.exists()
    with pytest.raises(NotAllowed) as refused:
        emergencies.attach(second.pk, number=elsewhere.number, by=district.dispatcher, clock=at(3, 2, 12))
    assert refused.value.reason.code == "no_such_question"


def test_a_missed_daily_word_is_called_missed_until_it_comes(opened, district, client, clock):
    lead(opened, district, at(3, 2, 11, 10))
    say(opened, district, at(3, 2, 12))
    watch_emergencies(at(3, 3, 12))
    clock.set(at(3, 3, 13).at)
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    address = reverse("answers_desk:emergency", args=[opened.pk])
    assert "已超时，请马上通报" in client.get(address).content.decode()
    say(opened, district, at(3, 3, 14))

    assert "须在 03-04 14:00 前" in client.get(address).content.decode()


def test_the_list_takes_the_same_number_of_statements(district, client, clock, django_assert_max_num_queries):
    client.force_login(User.objects.get(pk=district.dispatcher.id))
    client.get(reverse("answers_desk:emergencies"))
    counts = []
    for count in (1, 3):
        while Emergency.objects.count() < count:
            emergencies.open_emergency(
                title="x", place="", centre_id=district.centre.pk, question_ids=[], by=district.dispatcher, clock=clock
            )
        with django_assert_max_num_queries(40) as queries:
            client.get(reverse("answers_desk:emergencies"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
