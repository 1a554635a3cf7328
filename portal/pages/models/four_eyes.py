"""Four eyes: who writes a page does not release it.

Editors write and send on; reviewers approve, which publishes. Neither has a button that publishes what
nobody else has seen (`portal.pages.permissions`). Administrators can publish directly, for a night on
which nobody else is there.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState, WorkflowState

from portal.pages.wording.drafts import is_vague


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
