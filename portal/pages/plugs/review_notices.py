"""What editors are told, and who hears of it."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.journal.handlers import Told, subscribe
from portal.kernel import clock as clocks
from portal.kernel.refs import Ref
from portal.kernel.workdays import local_date
from portal.notifications.actions import notify
from portal.notifications.addresses import person
from portal.notifications.groups import Group
from portal.notifications.groups import register as register_group
from portal.notifications.kinds import Kind, register
from portal.notifications.params import DAY
from portal.pages.models import GuidePage
from portal.pages.queries.reviews import editors_of, still_due

REVIEWS = register_group(
    Group(
        key="pages.reviews",
        name=_("内容核对"),
        about=_("由我负责、该再核对一次的办事指南。"),
        order=60,
        for_staff=True,
    )
)


def _editor(ref: Ref) -> str:
    return reverse("wagtailadmin_pages:edit", args=[ref.id])


def _while_due(refs: Collection[str]) -> Collection[str]:
    by_id = {Ref.parse(ref).id: ref for ref in refs}
    return [by_id[pk] for pk in still_due(by_id, local_date(clocks.installed().now()))]


register(
    Kind(
        key="pages.review_due",
        subject=_("一份办事指南应在 {due} 前核对"),
        body=_("您负责的一份办事指南应在 {due} 前再核对一次。请对照最新规定检查内容，改好后更新“最近核对日期”。"),
        params={"due": DAY},
        url=_editor,
        group=REVIEWS,
        still_true=_while_due,
    )
)


@subscribe("pages.tell_of_review", "pages.review_due")
def tell_of_review(told: Told) -> None:
    """Tell the editor; nobody is told of a guide that has been deleted meanwhile."""
    guide = GuidePage.objects.select_related("responsible", "office").filter(pk=told.payload["page"]).first()
    if guide is not None:
        notify(
            position=told.position,
            recipients=[person(user.pk) for user in editors_of(guide)],
            kind="pages.review_due",
            ref=told.aggregate,
            params={"due": told.payload["due"]},
            at=told.occurred_at,
        )
