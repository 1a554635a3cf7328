"""The emergency on every page, from its first statement until it is over."""

from django.urls import reverse

from portal.answers.models import Emergency
from portal.answers.states import EmergencyState
from portal.ui import banners


def emergencies() -> list[banners.Banner]:
    """Return a line for every emergency of which the public was told. One small query."""
    told = Emergency.objects.filter(state=EmergencyState.INFORMED).values_list("title", "place")
    return [banners.Banner(f"{place} {title}".strip(), reverse("answers:statements")) for title, place in told]


banners.register("answers.emergencies", emergencies)
