"""What the demo's home page names as what many come for."""

from portal.pages.models import GuidePage, HomePage, HomeTask

# Slugs of guides; one that the demo does not have is left out.
FREQUENT = (
    "residence-permit-application",
    "school-enrolment-new-residents",
    "newborn-registration",
    "marriage-registration",
    "pension-application",
    "sole-trader-registration",
)


def name_frequent_tasks() -> None:
    """Put the guides that most people look for onto both home pages."""
    for home in HomePage.objects.select_related("locale"):
        guides = {guide.slug: guide for guide in GuidePage.objects.filter(slug__in=FREQUENT, locale=home.locale)}
        for order, slug in enumerate(slug for slug in FREQUENT if slug in guides):
            home.tasks.add(HomeTask(page=guides[slug], locale=home.locale, sort_order=order))
        home.save()
        home.save_revision(log_action=False).publish(log_action=False)
