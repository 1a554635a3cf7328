"""Canned passages: written per office, shared downwards, put into a draft with the question's own values."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.accounts.models import Role, User
from portal.answers.actions import merging, replying
from portal.answers.actions.passages import MOST, keep_passage, remove_passage
from portal.answers.models import Draft, Passage, Question
from portal.answers.queries.case import case, load_question
from portal.answers.queries.passages import passages_for, values_of
from portal.answers.rules.passages import OF_ONE_ASKER, VARIABLES
from portal.answers.states import State
from portal.kernel.permissions import NotAllowed
from tests.factories.accounts import OfficeFactory, actor, holder
from tests.factories.answers import AT_MONDAY, accepted, ask, at, dispatched, make_district

pytestmark = [pytest.mark.db, pytest.mark.django_db]

NOON = at(3, 2, 12)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr("portal.kernel.clock.installed", lambda: NOON)


@pytest.fixture
def as_(client, district):
    def sign_in(name):
        client.force_login(User.objects.get(pk=getattr(district, name).id))
        return client

    return sign_in


def text_of(response):
    return response.content.decode()


def keep(
    district, text="{称呼}您好，{编号}由{单位}答复。", *, title="开头", by=None, office=None, is_shared=False, **more
):
    return keep_passage(
        (office or district.schools).pk,
        title=title,
        text=text,
        is_shared=is_shared,
        by=by or district.spokesperson,
        clock=NOON,
        **more,
    )


def page_of(office):
    return reverse("answers_desk:passages", args=[office.pk])


def insert(client, question, passage="", text="", seen=""):
    return client.post(
        reverse("answers_desk:insert_passage", args=[question.pk]),
        {"passage": passage and passage.pk, "save_draft-text": text, "save_draft-seen": seen or question.version},
    )


# --- Whose they are -----------------------------------------------------------------------


@pytest.mark.parametrize("who", ["officer", "dispatcher", "superior", "street_spokesperson", "editor", "resident"])
def test_only_the_offices_own_spokesperson_or_leader_writes_them(as_, district, who):
    with pytest.raises(NotAllowed):
        keep(district, by=getattr(district, who))
    assert as_(who).get(page_of(district.schools)).status_code in (302, 403, 404)
    assert str(keep(district, by=district.leader).changed_by_id) == district.leader.id


def test_an_office_uses_its_own_and_what_those_above_share(district):
    below = OfficeFactory(parent=district.schools)
    keep(district, title="自用")
    keep(district, title="共享", is_shared=True)
    keep(district, title="市里自用", office=district.city, by=district.superior)
    keep(district, title="市里共享", office=district.city, by=district.superior, is_shared=True)

    def titles(office):
        return [passage.title for passage in passages_for(office)]

    assert titles(district.schools) == ["共享", "自用", "市里共享"]
    assert titles(below) == ["共享", "市里共享"]
    assert titles(district.street) == ["市里共享"]


def test_a_title_is_there_once_in_an_office(as_, district):
    keep(district)
    passage = keep(district, title="另一条")
    with pytest.raises(NotAllowed) as refused:
        keep(district)
    assert refused.value.reason.code == "passage_title_taken"

    changed = as_("spokesperson").post(
        reverse("answers_desk:passage", args=[district.schools.pk, passage.pk]), {"title": "开头", "text": "改过的字"}
    )
    assert changed.status_code == 422
    assert 'id="id_title_error"' in text_of(changed)
    assert "改过的字" in text_of(changed)


def test_there_is_an_end_to_how_many(district):
    rows = [
        Passage(office=district.schools, title=str(n), text="x", changed_by_id=district.officer.id, changed_at=NOON.at)
        for n in range(MOST)
    ]
    Passage.objects.bulk_create(rows)

    with pytest.raises(NotAllowed) as refused:
        keep(district)
    assert refused.value.reason.code == "too_many_passages"


def test_removing_twice_is_no_error_and_nobody_elses_is_touched(as_, district):
    passage = keep(district)
    url = reverse("answers_desk:remove_passage", args=[district.schools.pk, passage.pk])
    with pytest.raises(NotAllowed):
        remove_passage(district.schools.pk, passage.pk, by=district.street_spokesperson)
    remove_passage(district.street.pk, passage.pk, by=district.street_spokesperson)
    assert Passage.objects.exists()

    client = as_("spokesperson")
    assert client.post(url).status_code == client.post(url).status_code == 302
    assert not Passage.objects.exists()


# --- The page -----------------------------------------------------------------------------


def test_a_passage_is_written_changed_and_shared_on_the_offices_page(as_, district):
    client, page = as_("spokesperson"), page_of(district.schools)
    assert client.get(reverse("answers_desk:passages_home")).url == page

    assert client.post(page, {"title": "开头", "text": "{称呼}您好", "is_shared": "on"}).status_code == 302
    passage = Passage.objects.get()
    assert (passage.text, passage.is_shared, str(passage.changed_by_id)) == (
        "{称呼}您好",
        True,
        district.spokesperson.id,
    )

    change = reverse("answers_desk:passage", args=[district.schools.pk, passage.pk])
    assert "{称呼}您好" in text_of(client.get(change))
    client.post(change, {"title": "开头", "text": "{称呼}，您好！"})
    passage.refresh_from_db()
    assert (passage.text, passage.is_shared) == ("{称呼}，您好！", False)


def test_an_unknown_variable_is_said_beside_the_text_and_nothing_typed_is_lost(as_, district):
    response = as_("spokesperson").post(
        page_of(district.schools), {"title": "开头", "text": "{提问人}您好，{编号", "is_shared": "on"}
    )

    page = text_of(response)
    assert response.status_code == 422
    assert "没有这样的变量：{提问人} {编号。" in page
    assert page.index('id="id_text_error"') < page.index("{提问人}您好，{编号</textarea>")
    assert 'value="开头"' in page
    assert not Passage.objects.exists()


def test_every_variable_is_shown_with_what_it_says(as_, district):
    page = text_of(as_("spokesperson").get(page_of(district.schools)))

    for variable in ("{编号}", "{标题}", "{答复期限}", "{单位}", "{待填}"):
        assert f">{variable}</code>" in page


def test_whoever_writes_none_is_told_so(as_, district):
    assert "没有可以维护常用语的单位" in text_of(as_("officer").get(reverse("answers_desk:passages_home")))


@pytest.mark.parametrize("name", ["own", "shared", "case"])
def test_more_passages_cost_no_more_statements(as_, district, name):
    question = accepted(district)
    client = as_("spokesperson")
    address = reverse("answers_desk:case", args=[question.pk]) if name == "case" else page_of(district.schools)

    def add(number):
        if name == "own":
            keep(district, title=str(number))
        else:
            keep(district, title=str(number), office=district.city, by=district.superior, is_shared=True)

    def statements():
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert str(client.get(address).status_code) == "200"
        return len(captured)

    add(1)
    with_one = statements()
    add(2)
    add(3)
    assert statements() == with_one


# --- Into the draft -----------------------------------------------------------------------


def test_the_variables_say_what_belongs_to_the_question(district):
    district.schools.phone = "0599-8810011"
    district.schools.save()
    question = load_question(accepted(district, nickname="小桂").pk)

    assert values_of(question, NOON.at) == {
        "编号": question.number,
        "标题": question.title,
        "主题": "入学入园",
        "称呼": "小桂",
        "单位": "教育局",
        "单位电话": "0599-8810011",
        "提交日期": "2026年3月2日",
        "答复期限": "2026年3月11日",
        "今天": "2026年3月2日",
    }


def test_dates_are_written_in_the_language_of_the_asker_and_an_expected_one_as_such(district):
    question = load_question(accepted(district).pk)
    question.language, question.reply_provisional = "en", True

    values = values_of(question, NOON.at)

    assert (values["单位"], values["今天"], values["答复期限"]) == (
        "Education",
        "March 2, 2026",
        "March 11, 2026 (expected)",
    )


def test_a_reopened_question_is_due_by_its_own_clock(district):
    question = load_question(accepted(district).pk)
    question.reopen_due = at(3, 21).at

    assert values_of(question, NOON.at)["答复期限"] == "2026年3月20日"


def test_without_script_the_page_comes_back_with_the_passage_and_with_all_that_was_typed(as_, district):
    question, passage = accepted(district), keep(district)

    response = insert(as_("officer"), question, passage, text="已经写了的话。\n", seen=1)

    page = text_of(response)
    assert response.status_code == 200
    assert f"已经写了的话。\n\n{{称呼}}您好，{question.number}由教育局答复。</textarea>" in page
    assert 'name="save_draft-seen" value="1"' in page  # what the writer had seen stays what they had seen
    assert "已插入“开头”，还没有保存。" in page
    assert not Draft.objects.exists()


def test_without_a_choice_the_text_stays_and_the_page_says_what_is_missing(as_, district):
    keep(district)

    response = insert(as_("officer"), accepted(district), text="已经写了的话。")

    assert response.status_code == 422
    assert "已经写了的话。</textarea>" in text_of(response)
    assert 'aria-describedby="passage_error"' in text_of(response)


def test_the_script_gets_the_same_words(as_, district):
    question, passage = accepted(district), keep(district)

    answer = as_("officer").get(reverse("answers_desk:passage_text", args=[question.pk, passage.pk]))

    assert answer.json() == {"text": f"{{称呼}}您好，{question.number}由教育局答复。"}


def test_another_offices_passage_cannot_be_put_in(as_, district):
    question = accepted(district)
    passage = keep(district, office=district.street, by=district.street_spokesperson)

    assert insert(as_("officer"), question, passage).status_code == 422
    text = reverse("answers_desk:passage_text", args=[question.pk, passage.pk])
    assert as_("officer").get(text).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("dispatcher", 403), ("street_spokesperson", 404)])
def test_only_who_writes_the_draft_puts_passages_in(as_, district, who, status):
    question, passage = accepted(district), keep(district)
    client = as_(who)
    client.defaults["HTTP_X_REQUESTED_WITH"] = "XMLHttpRequest"

    assert insert(client, question, passage).status_code == status
    assert client.get(reverse("answers_desk:passage_text", args=[question.pk, passage.pk])).status_code == status


def test_passages_are_offered_only_where_a_draft_is_written(as_, district):
    keep(district)
    waiting, being_written = dispatched(district), accepted(district)

    def offers(question):
        return 'id="id_passage"' in text_of(as_("spokesperson").get(reverse("answers_desk:case", args=[question.pk])))

    assert not offers(waiting)
    assert offers(being_written)


# --- One answer to several ------------------------------------------------------------------


@pytest.fixture
def followed(district):
    """An accepted question of 小桂's that 阿兰's follows."""
    lead = accepted(district, nickname="小桂")
    member = ask(district, nickname="阿兰", title="外地孩子上小学")
    merging.merge(member.pk, lead_id=lead.pk, by=district.dispatcher, clock=NOON)
    return Question.objects.get(pk=lead.pk)


EVERYTHING = "".join(f"{{{name}}}" for name in VARIABLES)


def test_what_speaks_of_one_asker_is_not_filled_in_where_others_get_the_same_answer(as_, district, followed):
    passage = keep(district, EVERYTHING)
    text = reverse("answers_desk:passage_text", args=[followed.pk, passage.pk])
    officer = as_("officer")

    for said in (officer.get(text).json()["text"], text_of(insert(officer, followed, passage))):
        assert "{称呼}" in said
        assert "{编号}{标题}入学入园{称呼}教育局" in said
        assert "{提交日期}{答复期限}2026年3月2日" in said
    assert "各人的称呼、编号、标题和日期不会填入" in text_of(
        officer.get(reverse("answers_desk:case", args=[followed.pk]))
    )


def test_alone_an_asker_is_addressed_and_the_list_says_nothing_of_others(as_, district):
    question, passage = accepted(district, nickname="小桂"), keep(district)

    assert "小桂您好" in text_of(insert(as_("officer"), question, passage))
    assert "同时给几位提问人" not in text_of(as_("officer").get(reverse("answers_desk:case", args=[question.pk])))


def test_every_variable_that_changes_with_the_asker_is_one_of_those(district):
    """Two questions of one office and topic differ in nothing else."""
    mine = load_question(accepted(district, nickname="小桂").pk)
    other = load_question(accepted(district, nickname="阿兰", title="外地孩子上小学", clock=at(3, 3, 9)).pk)
    one, two = values_of(mine, NOON.at), values_of(other, NOON.at)

    assert {name for name in one if one[name] != two[name]} == set(OF_ONE_ASKER)


@pytest.mark.parametrize("name", ["小桂", "阿兰"])
def test_whoever_sends_or_signs_a_draft_is_told_whose_name_the_others_would_read(as_, district, followed, name):
    page = reverse("answers_desk:case", args=[followed.pk])
    replying.save_draft(followed.pk, text=f"{name}您好，请带户口簿。", by=district.officer, clock=NOON)
    assert f"其中一位的称呼：{name}。" in text_of(as_("officer").get(page))

    replying.submit_for_review(followed.pk, by=district.officer, clock=NOON)
    assert f"其中一位的称呼：{name}。" in text_of(as_("spokesperson").get(page))


def test_a_draft_for_everybody_or_for_one_alone_warns_of_nothing(as_, district, followed):
    alone = accepted(district, nickname="小桂")
    for question, text in ((followed, "您好，请带户口簿。"), (alone, "小桂您好，请带户口簿。")):
        replying.save_draft(question.pk, text=text, by=district.officer, clock=NOON)
        assert "其中一位的称呼" not in text_of(as_("officer").get(reverse("answers_desk:case", args=[question.pk])))


# --- What is left over ----------------------------------------------------------------------


def test_a_draft_with_a_blank_is_not_sent_for_review_and_the_page_says_which_one(as_, district):
    question = accepted(district)
    replying.save_draft(question.pk, text="{称呼}您好，请于｛待填｝前来。", by=district.officer, clock=NOON)

    with pytest.raises(NotAllowed) as refused:
        replying.submit_for_review(question.pk, by=district.officer, clock=NOON)
    assert refused.value.reason.code == "unfilled"

    shown = case(load_question(question.pk), district.officer, NOON.at)
    assert "submit_for_review" not in shown.steps
    assert "{称呼} {待填}" in str(shown.hindered["submit_for_review"])
    assert "{称呼} {待填}" in text_of(as_("officer").get(reverse("answers_desk:case", args=[question.pk])))

    replying.save_draft(question.pk, text="您好，请于周五前来。", by=district.officer, clock=NOON)
    assert replying.submit_for_review(question.pk, by=district.officer, clock=NOON).state == State.REVIEW


def test_nor_is_it_released_where_nobody_else_has_to_sign(district):
    district.schools.answers_need_review = False
    district.schools.save()
    question = accepted(district)
    replying.save_draft(question.pk, text="请于{待填}前来。", by=district.officer, clock=NOON)

    with pytest.raises(NotAllowed) as refused:
        replying.release(question.pk, by=district.spokesperson, clock=NOON)
    assert refused.value.reason.code == "unfilled"
    assert Question.objects.get(pk=question.pk).answered_at is None


def test_braces_of_the_writers_own_are_nobodys_business(district):
    question = accepted(district)
    replying.save_draft(question.pk, text="配置写作 {name: 1}。", by=district.officer, clock=AT_MONDAY)

    assert replying.submit_for_review(question.pk, by=district.officer, clock=NOON).state == State.REVIEW


# --- At once ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_title_at_once_make_one_passage():
    district = make_district()
    colleague = actor(holder(Role.SPOKESPERSON, district.schools))

    def write(by):
        try:
            return keep(district, by=by)
        except NotAllowed as refused:
            return refused.reason.code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(write, [district.spokesperson, colleague]))

    assert sorted(isinstance(result, Passage) for result in results) == [False, True]
    assert "passage_title_taken" in results
