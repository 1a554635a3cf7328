"""Addresses by name of pages that every site has.

The pages themselves are Wagtail's. When an editor gives one another address, Wagtail keeps a
redirect from this one, so the name leads there still.
"""

from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.views import serve

app_name = "pages"

urlpatterns = [
    path("guides/", require_safe(serve), {"path": "guides/"}, name="guides"),
    path("centres/", require_safe(serve), {"path": "centres/"}, name="centres"),
    path("about/", require_safe(serve), {"path": "about/"}, name="about"),
    path("accessibility/", require_safe(serve), {"path": "accessibility/"}, name="accessibility"),
]
