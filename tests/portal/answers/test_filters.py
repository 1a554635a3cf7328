"""One's own views of the queue: kept by name, one of them the default, counted cheaply, nobody else's business."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import User
from portal.answers.actions.filters import MOST, change_filter, keep_filter, remove_filter
from portal.answers.models import SavedFilter
from portal.answers.plugs.keeping import erase
from portal.answers.queries import list_counts
from portal.answers.queries.filters import counted_views, filters_of
from portal.answers.queries.queue import Reach
from portal.kernel.permissions import NotAllowed
from portal.workdays.queries import calendar
from tests.factories.answers import AT_MONDAY, accepted, ask, at, dispatched, make_district, make_topic

pytestmark = [pytest.mark.db, pytest.mark.django_db]

QUEUE, FILTERS, KEEP = (reverse(f"answers_desk:{name}") for name in ("queue", "filters", "keep_filter"))
OFFERED = {"group": "offered"}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: at(3, 2, 12))


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def text_of(response):
    return response.content.decode()


def kept(actor):
    return {saved.name: (saved.chosen, saved.is_default) for saved in filters_of(actor)}


def counts(actor):
    filters = filters_of(actor)
    views = {saved.pk: saved.chosen for saved in filters}
    found = counted_views(actor, views, Reach.of(actor), at(3, 2, 12).now(), calendar())
    return {saved.name: found.get(saved.pk) for saved in filters}


# --- Keeping ------------------------------------------------------------------------------


def test_a_filter_without_a_name_says_what_to_do(as_, district):
    refused = as_("spokesperson").post(KEEP, {"query": "group=offered", "name": ""})

    assert refused.status_code == 422
    assert "请填写名称。" in text_of(refused)
    assert not SavedFilter.objects.exists()


def test_what_the_filters_say_is_kept_under_a_name_and_what_makes_no_sense_is_left_out(as_, district):
    topic = make_topic()
    query = f"group=offered&scope=level&topic={topic.pk}&office=nonsense&text=&overdue=on&p=3"

    response = as_("dispatcher").post(KEEP, {"query": query, "name": "待受理", "is_default": ""})

    assert response.status_code == 302
    assert kept(district.dispatcher) == {"待受理": (OFFERED | {"topic": str(topic.pk), "overdue": "on"}, False)}


def test_the_same_name_replaces_the_view(district):
    keep_filter("我的", OFFERED, is_default=True, by=district.dispatcher)
    keep_filter("我的", {"group": "sign"}, is_default=False, by=district.dispatcher)

    assert kept(district.dispatcher) == {"我的": ({"group": "sign"}, False)}


def test_there_is_one_default_and_the_queue_opens_with_it(as_, district):
    ask(district, title="还没分派的")
    dispatched(district, title="待受理的")
    keep_filter("甲", {"group": "sign"}, is_default=True, by=district.dispatcher)
    keep_filter("乙", OFFERED, is_default=True, by=district.dispatcher)

    response = as_("dispatcher").get(QUEUE, follow=True)

    assert response.redirect_chain == [(f"{QUEUE}?group=offered", 302)]
    assert "待受理的" in text_of(response)
    assert "还没分派的" not in text_of(response)
    assert "还没分派的" in text_of(as_("dispatcher").get(f"{QUEUE}?group=open"))


@pytest.mark.parametrize("name", ["", "　", "长" * 21])
def test_a_name_that_will_not_do_is_said_beside_the_field_and_the_filters_stay(as_, district, name):
    response = as_("dispatcher").post(KEEP, {"query": "group=offered", "name": name})

    page = text_of(response)
    assert response.status_code == 422
    assert 'id="id_name_error"' in page
    assert '<option value="offered" selected>' in page
    assert kept(district.dispatcher) == {}


def test_there_is_room_for_a_dozen(as_, district):
    for number in range(MOST):
        keep_filter(str(number), OFFERED, is_default=False, by=district.dispatcher)

    response = as_("dispatcher").post(KEEP, {"query": "group=sign", "name": "又一个"})

    assert response.status_code == 403
    assert "最多保存 12 个筛选" in text_of(response)
    assert len(kept(district.dispatcher)) == MOST


def test_the_export_and_the_rows_do_not_open_with_the_default(as_, district):
    dispatched(district, title="待受理的")
    keep_filter("乙", {"group": "ended"}, is_default=True, by=district.dispatcher)

    assert "待受理的" in text_of(as_("dispatcher").get(reverse("answers_desk:rows")))
    assert "将导出 1 个问题" in text_of(as_("dispatcher").get(reverse("answers_desk:export")))


# --- Changing -----------------------------------------------------------------------------


def test_a_view_is_renamed_made_the_default_and_removed_on_its_page(as_, district):
    saved = keep_filter("甲", OFFERED, is_default=False, by=district.dispatcher)
    client, prefix = as_("dispatcher"), f"filter{saved.pk}"

    client.post(
        reverse("answers_desk:change_filter", args=[saved.pk]), {f"{prefix}-name": "乙", f"{prefix}-is_default": "on"}
    )
    assert kept(district.dispatcher) == {"乙": (OFFERED, True)}

    remove = reverse("answers_desk:remove_filter", args=[saved.pk])
    assert client.post(remove).status_code == client.post(remove).status_code == 302
    assert kept(district.dispatcher) == {}


def test_a_name_that_is_taken_is_said_beside_the_field_with_what_was_typed(as_, district):
    keep_filter("甲", OFFERED, is_default=False, by=district.dispatcher)
    saved = keep_filter("乙", OFFERED, is_default=False, by=district.dispatcher)
    prefix = f"filter{saved.pk}"

    response = as_("dispatcher").post(
        reverse("answers_desk:change_filter", args=[saved.pk]), {f"{prefix}-name": "甲", f"{prefix}-is_default": "on"}
    )

    assert response.status_code == 403
    assert "已有同名的筛选" in text_of(response)
    assert f'name="{prefix}-name" value="甲"' in text_of(response)
    assert f'id="id_{prefix}-name_error"' in text_of(response)


def test_the_page_says_in_words_what_a_view_finds(as_, district):
    keep_filter(
        "我的",
        OFFERED | {"office": str(district.schools.pk), "topic": str(make_topic().pk), "late": "5"},
        is_default=False,
        by=district.dispatcher,
    )

    page = text_of(as_("dispatcher").get(FILTERS))

    for word in ("待受理", "教育局", "入学入园", "超时满 5 个工作日（通报）"):
        assert word in page


def test_somebody_elses_view_does_not_exist(as_, district):
    saved = keep_filter("甲", OFFERED, is_default=False, by=district.second_dispatcher)
    client = as_("dispatcher")

    for name in ("change_filter", "remove_filter"):
        assert (
            client.post(reverse(f"answers_desk:{name}", args=[saved.pk]), {f"filter{saved.pk}-name": "乙"}).status_code
            == 404
        )
    assert client.get(FILTERS).content.decode().count("<section") == 0
    with pytest.raises(SavedFilter.DoesNotExist):
        change_filter(saved.pk, name="乙", is_default=False, by=district.dispatcher)
    remove_filter(saved.pk, by=district.dispatcher)
    assert kept(district.second_dispatcher) == {"甲": (OFFERED, False)}


def test_only_the_desk_keeps_views(district):
    with pytest.raises(NotAllowed):
        keep_filter("甲", OFFERED, is_default=False, by=district.resident)


def test_a_persons_views_go_with_the_account(district):
    keep_filter("甲", {"text": "王小明"}, is_default=False, by=district.dispatcher)
    erase(district.dispatcher.id, district.dispatcher, AT_MONDAY)

    assert kept(district.dispatcher) == {}


# --- Counting -----------------------------------------------------------------------------


def test_each_tab_says_how_much_waits_there_of_what_its_owner_may_see(as_, district):
    dispatched(district)
    accepted(district)
    ask(district)
    for actor in (district.dispatcher, district.spokesperson):
        keep_filter("待受理", OFFERED, is_default=False, by=actor)
        keep_filter("全部", {}, is_default=False, by=actor)
        keep_filter("找字", {"text": "居住证"}, is_default=False, by=actor)

    assert counts(district.dispatcher) == {"待受理": 1, "全部": 3, "找字": None}
    assert counts(district.spokesperson) == {"待受理": 1, "全部": 2, "找字": None}
    page = text_of(as_("dispatcher").get(f"{QUEUE}?group=offered"))
    assert 'href="/admin/desk/?group=offered" aria-current="page"' in page
    assert page.count('aria-current="page"') == 1


def test_nothing_is_counted_to_its_end(as_, district, monkeypatch):
    for module in (list_counts, __import__("portal.answers.views.queue", fromlist=["queue"])):
        monkeypatch.setattr(module, "COUNTED_TO", 2)
    for _number in range(3):
        dispatched(district)
    keep_filter("待受理", OFFERED, is_default=False, by=district.dispatcher)

    assert counts(district.dispatcher) == {"待受理": 2}
    assert '<span class="desk-figure">2+</span>' in text_of(as_("dispatcher").get(f"{QUEUE}?group=sign"))


@pytest.mark.parametrize("address", [QUEUE + "?group=open", FILTERS])
def test_more_views_cost_no_more_statements(as_, district, address):
    dispatched(district)
    client = as_("dispatcher")

    def statements():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    keep_filter("0", OFFERED | {"office": str(district.schools.pk)}, is_default=False, by=district.dispatcher)
    with_one = statements()
    for number in (1, 2):
        keep_filter(
            str(number), OFFERED | {"office": str(district.street.pk)}, is_default=False, by=district.dispatcher
        )

    assert statements() == with_one


# --- The queue's filters --------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{number}", " {number}  ", "{lower}"])
def test_a_number_is_found_however_it_was_copied(as_, district, typed):
    question, other = ask(district, title="要找的"), ask(district, title="别的")
    page = text_of(
        as_("dispatcher").get(QUEUE, {"text": typed.format(number=question.number, lower=question.number.lower())})
    )

    assert question.title in page
    assert other.title not in page


# --- At once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_many_defaults_at_once_leave_one():
    district = make_district()

    def keep(number):
        try:
            return keep_filter(str(number), OFFERED, is_default=True, by=district.dispatcher)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(keep, range(MOST)))

    defaults = [is_default for _chosen, is_default in kept(district.dispatcher).values()]
    assert (len(defaults), sum(defaults)) == (MOST, 1)
