"""Policies and interpretations: whether the document is in force, and each on the other's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.kernel import clock as clocks
from portal.kernel.workdays import ONE_DAY, local_date
from portal.pages.listing import readable
from portal.pages.rules.validity import Validity, validity
from portal.ui.languages import html_code

if TYPE_CHECKING:
    from portal.pages.models.policies import InterpretationPage, PolicyPage

WORDS = {
    Validity.AHEAD: (_("尚未生效"), "waiting"),
    Validity.IN_FORCE: (_("现行有效"), "success"),
    Validity.OVER: (_("已失效"), "alert"),
}
# schema.org LegalForceStatus.
FORCE = {Validity.AHEAD: "NotInForce", Validity.IN_FORCE: "InForce", Validity.OVER: "NotInForce"}


@dataclass(frozen=True)
class Mark:
    """Words and tone of a tag."""

    text: Any
    tone: str
    validity: Validity


def mark_of(policy: "PolicyPage", now: datetime) -> Mark:
    """Return how the document stands today."""
    found = validity(policy.force, local_date(now))
    return Mark(*WORDS[found], found)


def policy_context(policy: "PolicyPage", request: HttpRequest, canonical: str) -> dict[str, Any]:
    """Return the variables of a policy's page."""
    mark = mark_of(policy, clocks.installed().now())
    explained, newer = (list(found.order_by("-date", "-pk")) for found in (policy.interpretations, policy.replaced_by))
    older = [policy.replaces] if policy.replaces else []
    shown = readable([*explained, *newer, *older])

    def links(pages: Iterable[Page]) -> list[tuple[Page, str]]:
        return [(page, page.get_url(request)) for page in pages if page.pk in shown]

    return {
        "mark": mark,
        "is_over": mark.validity is Validity.OVER,
        "interpretations": links(explained),
        "replaced_by": links(newer),
        "replaced": links(older),
        "structured": legislation(policy, mark.validity, canonical),
    }


def interpretation_context(page: "InterpretationPage", request: HttpRequest) -> dict[str, Any]:
    """Return the variables of an interpretation's page; a policy that is not for everybody is not named."""
    policy = page.policy
    if not readable([policy]):
        return {"policy": None}
    return {
        "policy": policy,
        "policy_address": policy.get_url(request),
        "mark": mark_of(policy, clocks.installed().now()),
    }


def legislation(policy: "PolicyPage", found: Validity, canonical: str) -> dict[str, Any]:
    """Return the document as schema.org Legislation, for search engines."""
    last_days = [day for day in (policy.expires_on, policy.repealed_on and policy.repealed_on - ONE_DAY) if day]
    until = min(last_days).isoformat() if last_days else ".."
    return {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": policy.title,
        "legislationIdentifier": policy.number,
        "legislationDate": policy.issued_on.isoformat(),
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": str(policy.office)},
        "legislationLegalForce": f"https://schema.org/{FORCE[found]}",
        "temporalCoverage": f"{policy.in_force_on.isoformat()}/{until}",
        "inLanguage": html_code(),
        "url": canonical,
    }
