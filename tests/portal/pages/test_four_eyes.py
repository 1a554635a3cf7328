"""Who writes does not release: editors send on, reviewers approve, and time brings pages out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from wagtail.models import Workflow, WorkflowState, get_page_models

from portal.accounts.actions.editors import EDITORS, REVIEWERS
from portal.accounts.models import Role, User
from portal.pages.actions.scheduling import keep_schedule
from portal.pages.models import BasePage, FourEyesTask, GuideMaterial
from tests.factories.accounts import UserFactory
from tests.factories.pages import guide, standard_page
from tests.portal.pages.test_editing import at_the_desk, edit, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(clock) -> dict[str, User]:
    return {
        "editor": at_the_desk(Role.EDITOR),
        "reviewer": at_the_desk(Role.REVIEWER),
        "administrator": UserFactory(administrator=True),
    }


@pytest.fixture
def page(people):
    """A live page with one version, by nobody."""
    page = standard_page("停水通知", body="<p>旧的</p>")
    page.save_revision().publish()
    return page


def draft(page: Any, by: User, text: str = "<p>新的</p>") -> Any:
    page = page.specific_class.objects.get(pk=page.pk)
    page.body = text
    page.save_revision(user=by)
    return page


def submit(page: Any, by: User) -> WorkflowState:
    return page.get_workflow().start(page, by)


def offered(page: Any, user: User) -> list[str]:
    page = page.specific_class.objects.get(pk=page.pk)
    return [name for name, _label, _modal in page.current_workflow_task.get_actions(page, user)]


def act(client: Any, state: WorkflowState, user: User, action: str) -> Any:
    client.force_login(user)
    address = reverse("wagtailadmin_pages:workflow_action", args=[state.object_id, action, state.current_task_state_id])
    return client.post(address, {"comment": "好"})


def shown(client: Any, page: Any) -> str:
    client.logout()
    return client.get(page.specific_class.objects.get(pk=page.pk).url).content.decode()


# --- What the migration installs --------------------------------------------------------------------


def test_there_are_two_groups_with_chinese_names_and_one_workflow_for_all_pages(page):
    workflow = page.get_workflow()
    (task,) = workflow.tasks.specific()

    assert set(Group.objects.values_list("name", flat=True)) == {EDITORS, REVIEWERS}
    assert (workflow.name, task.name, type(task)) == ("页面审核", "审核", FourEyesTask)
    assert [group.name for group in task.groups.all()] == [REVIEWERS]
    assert Workflow.objects.active().count() == 1


# --- Who may publish ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "publishes", "takes_down"),
    [("editor", False, False), ("reviewer", False, True), ("administrator", True, True)],
)
def test_nobody_but_administrators_publishes_directly(people, page, who, publishes, takes_down):
    permissions = page.permissions_for_user(people[who])

    assert permissions.can_edit()
    assert permissions.can_submit_for_moderation()
    assert permissions.can_publish() is publishes
    assert page.get_parent().specific.permissions_for_user(people[who]).can_publish_subpage() is publishes
    assert permissions.can_unpublish() is takes_down
    assert permissions.can_set_view_restrictions() is takes_down


@pytest.mark.parametrize("who", ["editor", "reviewer"])
def test_a_form_that_asks_to_publish_only_saves_a_draft(client, people, page, who):
    client.force_login(people[who])
    client.post(edit(page), filled(client, page, **{"title": "改了", "action-publish": "1"}))

    page.refresh_from_db()
    assert (page.title, page.has_unpublished_changes) == ("停水通知", True)


def test_many_pages_at_once_are_not_published_either(client, people, page):
    draft(page, people["reviewer"])
    client.force_login(people["reviewer"])
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}", {"include_descendants": ""})

    assert "旧的" in shown(client, page)


# --- The way of a page --------------------------------------------------------------------------------


def test_a_reviewer_releases_what_an_editor_has_written(client, people, page):
    state = submit(draft(page, people["editor"]), people["editor"])
    assert "旧的" in shown(client, page)

    act(client, state, people["reviewer"], "approve")

    assert "新的" in shown(client, page)
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED


def test_the_author_cannot_approve_their_own_submission(client, people, page):
    author = people["reviewer"]  # reviewers write, too
    state = submit(draft(page, author), author)

    assert offered(page, author) == []
    act(client, state, author, "approve")
    assert "旧的" in shown(client, page)
    assert offered(page, at_the_desk_again()) == ["reject", "approve", "approve"]


def test_who_has_written_cannot_approve_what_another_has_sent_on(people, page):
    state = submit(draft(draft(page, people["reviewer"]), people["editor"], "<p>又改</p>"), people["editor"])

    assert offered(page, people["reviewer"]) == []
    assert state.current_task_state.task.specific.get_task_states_user_can_moderate(people["editor"]).count() == 0


def test_a_reviewer_who_mends_a_comma_may_still_approve(people, page):
    submit(draft(page, people["editor"]), people["editor"])
    draft(page, people["reviewer"], "<p>新的。</p>")

    assert "approve" in offered(page, people["reviewer"])


def test_what_leaves_open_what_to_bring_is_not_approved_wherever_it_was_saved(client, people):
    page = guide(rows=[GuideMaterial(name="户口簿")])
    page.save_revision(user=people["editor"])
    state = submit(page, people["editor"])
    assert "approve" in offered(page, people["reviewer"])

    page.materials.set([GuideMaterial(name="其他材料", locale=page.locale)])
    page.save_revision(user=people["reviewer"])

    assert offered(page, people["reviewer"]) == ["reject"]
    act(client, state, people["reviewer"], "approve")
    assert "其他材料" not in shown(client, page)


def test_the_reviewers_are_told_by_mail_in_chinese(people, page, mailoutbox):
    submit(draft(page, people["editor"]), people["editor"])
    (mail,) = (mail for mail in mailoutbox if mail.to == [people["reviewer"].email])

    assert "停水通知" in mail.subject
    assert not re.search(r"[A-Za-z]{4,} [a-z]{2,}", mail.subject + mail.body)


def test_a_page_is_sent_on_while_the_mail_server_is_away(people, page, settings):
    settings.EMAIL_BACKEND = "tests.portal.pages.test_four_eyes.NoServer"
    state = submit(draft(page, people["editor"]), people["editor"])

    assert "approve" in offered(page, people["reviewer"])
    assert state.status == WorkflowState.STATUS_IN_PROGRESS


class NoServer(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise OSError("no route to host")


def test_an_administrator_has_no_second_pair_of_eyes_for_their_own_text(people, page):
    submit(draft(page, people["administrator"]), people["administrator"])

    assert offered(page, people["administrator"]) == []


def at_the_desk_again() -> User:
    """Another reviewer."""
    from portal.accounts.actions.editors import sync_editor
    from tests.factories.accounts import OfficeFactory, holder

    user = holder(Role.REVIEWER, OfficeFactory(code="another"))
    sync_editor(user.pk)
    return User.objects.get(pk=user.pk)


def test_while_it_waits_the_page_is_locked_for_editors(client, people, page):
    submit(draft(page, people["editor"]), people["editor"])
    client.force_login(people["editor"])
    typed = {"title": "改了", "slug": page.slug, "action-submit": "1"}
    client.post(edit(page), typed)

    page = page.specific_class.objects.get(pk=page.pk)
    assert page.get_lock().for_user(people["editor"])
    assert not page.get_lock().for_user(people["reviewer"])
    assert page.get_latest_revision_as_object().title == "停水通知"


def test_what_is_sent_back_can_be_mended_and_sent_on_again(client, people, page):
    state = submit(draft(page, people["editor"]), people["editor"])
    act(client, state, people["reviewer"], "reject")
    assert "旧的" in shown(client, page)

    page = draft(page, people["editor"], "<p>改好</p>")
    state.refresh_from_db()
    state.resume(user=people["editor"])
    state.refresh_from_db()
    act(client, state, people["reviewer"], "approve")

    assert "改好" in shown(client, page)


# --- Time ---------------------------------------------------------------------------------------------


def test_an_approved_page_comes_out_at_its_hour_by_the_house_s_clock(client, clock, people, page, background):
    page = draft(page, people["editor"])
    page.go_live_at = clock.now() + timedelta(days=20 * 365)  # ahead of the machine's time, too
    page.save_revision(user=people["editor"])
    act(client, submit(page, people["editor"]), people["reviewer"], "approve")
    background()
    assert "旧的" in shown(client, page)

    clock.move(days=20 * 365 - 1)
    assert keep_schedule(clock) == 0
    clock.move(days=1)
    background()

    assert "新的" in shown(client, page)
    assert keep_schedule(clock) == 0


def test_a_page_goes_off_after_its_last_day(client, clock, people, page):
    type(page).objects.filter(pk=page.pk).update(expire_at=clock.now() + timedelta(hours=1))
    assert keep_schedule(clock) == 0

    clock.move(hours=1)

    assert keep_schedule(clock) == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert keep_schedule(clock) == 0


@pytest.mark.parametrize("model", [model for model in get_page_models() if issubclass(model, BasePage)])
def test_every_type_of_page_has_a_schedule(model):
    form = model.get_edit_handler().get_form_class()

    assert {"go_live_at", "expire_at"} <= set(form.base_fields)


def test_an_editor_s_bar_sends_on_and_does_not_publish(client, people):
    page = guide()
    client.force_login(people["editor"])
    text = client.get(edit(page)).content.decode()

    assert "提交页面审核" in text
    assert 'name="action-publish"' not in text
