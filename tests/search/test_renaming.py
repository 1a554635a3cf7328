"""A page that names another thing is found by its new name when that was renamed, and no longer by the old one."""

import pytest
from django.db.models import ProtectedError

from portal.accounts.actions.offices import change_office_settings
from portal.journal.models import EventRecord
from portal.pages.models import CentrePage
from search import registry
from search.analysis.folding import fold
from search.engines import current
from search.indexing import rebuild
from search.models import Entry, Waiting
from tests.factories.accounts import OfficeFactory, UserFactory, actor
from tests.factories.pages import (
    full_guide,
    guide,
    interpretation,
    life_event,
    news,
    notice,
    office,
    policy,
    profile,
    session,
    topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def bees():
    return topic("bees", "养蜂", "Beekeeping")


@pytest.fixture
def indexed(background):
    """Call it when the pages are there: an index like the database, and nothing that waits."""

    def index() -> None:
        background()
        rebuild(current())
        background()

    return index


def said(word: str) -> set[str]:
    """The documents that say a word, in what was indexed."""
    return {row.id for row in Entry.objects.all() if word in row.folded + row.body}


def is_as_documents_say() -> bool:
    documents = [document for kind in registry.kinds() for document in kind.documents()]
    texts = {one.id: (one.title, fold(f"{one.title} {one.keywords}"), one.body) for one in documents}
    return texts == {row.id: (row.title, row.folded, row.body) for row in Entry.objects.all()}


def ids(**pages) -> set[str]:
    return {f"{kind}:{page.pk}" for kind, page in pages.items()}


def test_a_topic_that_is_renamed_is_so_on_every_page_about_it(bees, background, indexed):
    about = ids(
        guide=guide("蜂箱登记", topic=bees),
        news=news("采蜜开始", topics=[bees]),
        notice=notice("蜂场公示", topics=[bees]),
        policy=policy("蜂场管理办法", topics=[bees]),
        session=session("谈蜂场", topics=[bees]),
        life_event=life_event("我要办蜂场", topics=[bees]),
    )
    news("湖滨步道建成", topics=[topic()])
    indexed()
    assert said("养蜂") == about

    bees.name = "蜜蜂饲养"
    bees.save()
    background()

    assert said("养蜂") == set()
    assert said("蜜蜂饲养") == about
    assert is_as_documents_say()


def test_a_topic_that_is_deleted_is_no_longer_named(bees, background, indexed):
    news("采蜜开始", topics=[bees])
    indexed()

    bees.delete()
    background()

    assert said("养蜂") == set()
    assert is_as_documents_say()


def test_a_topic_of_a_guide_stays_and_nothing_is_told(bees, indexed):
    guide("蜂箱登记", topic=bees)
    indexed()
    events = EventRecord.objects.count()

    with pytest.raises(ProtectedError):
        bees.delete()

    assert EventRecord.objects.count() == events


def test_a_new_topic_is_told_of_to_nobody():
    topic("bees", "养蜂")

    assert not EventRecord.objects.filter(name="pages.topic_changed").exists()


@pytest.fixture
def rename(clock, background):
    """Change settings of an office, as an administrator does; the worker follows."""

    def rename(which, **settings):
        administrator = actor(UserFactory(is_superuser=True))
        change_office_settings(which.pk, by=administrator, clock=clock, **settings)
        background()

    return rename


def test_an_office_that_is_renamed_is_so_wherever_it_is_named(rename, indexed):
    bureau = office("bees", "蜂业局")
    naming = ids(
        office=bureau,
        notice=notice("蜂场公示", office=bureau),
        policy=policy("蜂场管理办法", office=bureau),
        session=session("谈蜂场", office=bureau),
        spokesperson=profile("王蜜", office=bureau),
    )
    guide("蜂箱登记", office=bureau)  # names the code, which stays
    notice("加装电梯公示")
    indexed()
    assert said("蜂业局") == naming

    rename(bureau, name="养蜂管理局")

    assert said("蜂业局") == set()
    assert said("养蜂管理局") == naming
    assert is_as_documents_say()


def test_who_speaks_for_an_office_that_is_closed_is_no_longer_found(rename, indexed):
    person = profile("王蜜", office=OfficeFactory(name="蜂业局"))
    indexed()
    person.appointment.office.is_active = False
    person.appointment.office.save()
    assert f"spokesperson:{person.pk}" in current().ids()

    rename(person.appointment.office, name="蜂业局（撤销）")

    assert f"spokesperson:{person.pk}" not in current().ids()
    assert is_as_documents_say()


def test_what_pages_do_not_say_of_an_office_makes_nothing_stale(clock, indexed, rename):
    bureau = office("bees", "蜂业局")
    notice("蜂场公示", office=bureau)
    indexed()
    before = set(Entry.objects.values_list("id", "position"))

    rename(bureau, phone="0599-2222222")

    changed = {one for one, _position in set(Entry.objects.values_list("id", "position")) - before}
    assert changed == {f"office:{bureau.pk}"}
    assert not Waiting.objects.exists()


def test_a_centre_and_a_policy_that_are_renamed_are_so_in_guides_and_interpretations(background, indexed):
    full_guide()
    rules = policy("蜂场管理办法")
    explained = interpretation("蜂场怎么管", of=rules)
    event = life_event("我要办蜂场", steps=[{"guides": [guide("蜂箱登记", slug="hive", office=office("police"))]}])
    indexed()
    place = CentrePage.objects.get()
    assert said("蜂场管理办法") == ids(policy=rules, interpretation=explained)

    for page, title in ((place, "蜂业服务中心"), (rules, "蜂场管理条例")):
        page.title = title
        page.save()
    background()

    assert said("蜂场管理办法") == set()
    assert said("蜂场管理条例") == ids(policy=rules, interpretation=explained)
    assert {one.partition(":")[0] for one in said("蜂业服务中心")} == {"centre", "guide"}
    assert f"life_event:{event.pk}" in current().ids()
    assert is_as_documents_say()
