"""Pages come out and go off by the house's clock.

Wagtail's own command asks the machine's time; a demo whose clock is moved would never see its pages come out.
"""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from portal.kernel.clock import Clock


def keep_schedule(clock: Clock) -> int:
    """Publish the versions whose hour has come and take down the pages whose last day is over; return how many."""
    now = clock.now()
    return _take_down(now) + _publish(now)


def _publish(now: datetime) -> int:
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return sum(_publish_one(pk, now) for pk in due.values_list("pk", flat=True))


def _publish_one(pk: int, now: datetime) -> int:
    with transaction.atomic():
        revision = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=now).first()
        if revision is None:
            return 0
        # Its hour has come by our clock; by the machine's it may lie ahead, and Wagtail would put it off once more.
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])
        revision.publish(log_action="wagtail.publish.scheduled")
        return 1


def _take_down(now: datetime) -> int:
    return sum(_take_down_one(model, pk, now) for model in _with_schedule() for pk in _over(model, now))


def _take_down_one(model: type[Any], pk: int, now: datetime) -> int:
    with transaction.atomic():
        thing = model.objects.select_for_update(of=("self",)).filter(pk=pk, live=True, expire_at__lte=now).first()
        if thing is None:
            return 0
        # A page as what it is, so that it tells of itself.
        getattr(thing, "specific", thing).unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return 1


def _over(model: type[Any], now: datetime) -> list[int]:
    return list(model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at").values_list("pk", flat=True))


def _with_schedule() -> list[type[Any]]:
    """Return what can have a schedule: pages, whatever their type, and models that are no pages."""
    others = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]
