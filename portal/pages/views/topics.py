"""Topic pages 专题: everything about a subject, whatever kind of page it stands on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.pages.models import Topic
from portal.pages.presenting.topics import counted_topics, topic_sections
from portal.ui import page_sections
from portal.ui.caching import public_page


@require_safe
@public_page()
def topic_list(request: HttpRequest) -> HttpResponse:
    """List the topics about which there is something."""
    return render(request, "portal/pages/topics/list.html", {"topics": counted_topics()})


@require_safe
@public_page()
def topic(request: HttpRequest, topic_slug: str) -> HttpResponse:
    """Show what there is about a topic."""
    found = get_object_or_404(Topic, slug=topic_slug)
    context = {
        "topic": found,
        "way": [(_("专题"), reverse("pages:topics"))],
        "own": topic_sections(found, request),
        "sections": page_sections.rendered(page_sections.TOPIC, found.slugs_at_the_desk, request),
    }
    return render(request, "portal/pages/topics/topic.html", context)
