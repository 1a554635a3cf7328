"""Addresses by name of pages that every site has.

Offices and topics are read from their tables; the pages themselves are Wagtail's. When an editor gives one another address, Wagtail keeps a
redirect from this one, so the name leads there still.
"""

from django.urls import path
from django.views.decorators.http import require_safe

from portal.pages.routing import serve
from portal.pages.views.feeds import LifeEventsFeed, SessionsFeed
from portal.pages.views.offices import office, office_list
from portal.pages.views.sessions import sessions_ics
from portal.pages.views.site_map import site_map
from portal.pages.views.topics import topic, topic_list
from portal.ui.caching import public_page

app_name = "pages"

urlpatterns = [
    path("life-events/", require_safe(serve), {"path": "life-events/"}, name="life_events"),
    path("life-events/feed/", require_safe(public_page()(LifeEventsFeed())), name="life_events_feed"),
    path("spokespersons/", require_safe(serve), {"path": "spokespersons/"}, name="spokespersons"),
    path("sessions/", require_safe(serve), {"path": "sessions/"}, name="sessions"),
    path("sessions/feed/", require_safe(public_page()(SessionsFeed())), name="sessions_feed"),
    path("sessions/calendar.ics", sessions_ics, name="sessions_ics"),
    path("offices/", office_list, name="offices"),
    path("offices/<slug:code>/", office, name="office"),
    path("topics/", topic_list, name="topics"),
    path("site-map/", site_map, name="site_map"),
    path("topics/<slug:topic_slug>/", topic, name="topic"),
    path("guides/", require_safe(serve), {"path": "guides/"}, name="guides"),
    path("centres/", require_safe(serve), {"path": "centres/"}, name="centres"),
    path("news/", require_safe(serve), {"path": "news/"}, name="news"),
    path("notices/", require_safe(serve), {"path": "notices/"}, name="notices"),
    path("policies/", require_safe(serve), {"path": "policies/"}, name="policies"),
    path(
        "policies/interpretations/",
        require_safe(serve),
        {"path": "policies/interpretations/"},
        name="interpretations",
    ),
    path("about/", require_safe(serve), {"path": "about/"}, name="about"),
    path("accessibility/", require_safe(serve), {"path": "accessibility/"}, name="accessibility"),
]
