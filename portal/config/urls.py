"""All addresses. Chinese stands at ``/``, English at ``/en/``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.config import health
from portal.config.words import admin_words
from portal.pages.routing import serve as serve_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/live", health.live, name="live"),
    path("-/ready", health.ready, name="ready"),
    path("admin/", include("portal.accounts.admin_urls")),
    path("admin/jsi18n/", admin_words, name="admin_words"),
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include("portal.files.urls")),
    path("live/", include("portal.live.urls")),
    path("sms/", include("portal.notifications.machine_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("portal.opendata.api_urls")),
    path("", include("portal.pages.crawler_urls")),
]

if settings.DEMO:
    # No proxy stands in front of a demo to serve the pictures that editors have uploaded.
    urlpatterns += [path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"})]

urlpatterns += i18n_patterns(
    path("accounts/", include("portal.accounts.factor_urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("portal.ui.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.notifications.urls")),
    path("", include("portal.answers.urls")),
    path("", include("portal.opendata.urls")),
    path("", include("search.urls")),
    path("", include("portal.pages.urls")),
    # Pages are found by our own short way; it takes every address that is left, so it comes last.
    path("", include([pattern for pattern in wagtail_urls.urlpatterns if pattern.name != "wagtail_serve"])),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
    prefix_default_language=False,
)

handler400 = "portal.ui.errors.bad_request"
handler403 = "portal.ui.errors.forbidden"
handler404 = "portal.ui.errors.not_found"
handler429 = "portal.ui.errors.too_many"
handler500 = "portal.ui.errors.server_error"
