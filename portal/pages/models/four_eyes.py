"""Four eyes: who writes a page does not release it.

Editors write and send on; reviewers approve, which publishes. Neither has a button that publishes what
nobody else has seen. Administrators can publish directly, for a night on which nobody else is there.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, PagePermissionTester, Revision, TaskState, WorkflowState

from portal.pages.wording.drafts import is_vague


class FourEyesPermissions(PagePermissionTester):
    """What one person may do with a page. "Publish" in Wagtail's tables is the right to take down, hide and sort."""

    def can_publish(self) -> bool:
        """Leave it to the workflow."""
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)

    def can_publish_subpage(self) -> bool:
        """Leave it to the workflow."""
        return bool(self.user.is_superuser and super().can_publish_subpage())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Let editors delete what is not public. A page with none below it answers that itself: a list asks no query."""
        writes_only = self.user.is_active and not self.user.is_superuser and "publish" not in self.permissions
        if writes_only and "change" in self.permissions and self.page.is_leaf() and not self.page_is_root:
            return not self.page.live
        return bool(super().can_delete(ignore_bulk))

    def can_set_view_restrictions(self) -> bool:
        """Let reviewers hide a page and show it again."""
        return bool(super().can_publish())

    def can_unschedule(self) -> bool:
        """Let reviewers stop what is to come out by itself."""
        return bool(super().can_publish())


class FourEyesTask(AbstractGroupApprovalTask):
    """A step of a workflow in which somebody of a group approves what others have written."""

    class Meta:
        verbose_name = _("四眼审核")
        verbose_name_plural = _("四眼审核")

    @classmethod
    def get_description(cls) -> str:
        """Say what is special about it."""
        return str(_("由所选用户组的成员审核；写的人和送审的人不能审核自己的内容。"))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer nothing to whoever has had a hand in it, and no approval of what may not be published."""
        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if not actions or not state:
            return actions
        if user.pk in authors(state):
            return []
        latest = obj.get_latest_revision()
        return [action for action in actions if action[0] != "approve" or not is_vague(latest.content)]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Leave out what the person has sent on."""
        states: QuerySet[TaskState] = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user)


def authors(state: WorkflowState) -> set[Any]:
    """Return the keys of those who have written what is to be approved, and of who has sent it on.

    That is everybody who has saved a version between the last that was published and the sending; a
    reviewer who mends a comma meanwhile may still approve.
    """
    page: Any = state.content_object
    versions = Revision.objects.filter(base_content_type=state.base_content_type_id, object_id=state.object_id)
    sent_at = state.current_task_state.started_at if state.current_task_state else state.created_at
    since = Q(created_at__gt=page.live_revision.created_at) if page.live_revision else Q()
    written_by = set(versions.filter(since, created_at__lte=sent_at).values_list("user", flat=True))
    return written_by | {state.requested_by_id}
