"""The words that the back office's scripts ask for, ours in front of the CMS's own."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response


class _Catalogue(JavaScriptCatalog):
    packages = ["wagtail.admin"]

    def get_paths(self, packages: Any) -> list[str]:
        """Return the folders in order; what a later one says wins. Django looks only into those of apps."""
        return [*super().get_paths(packages), *(str(path) for path in settings.LOCALE_PATHS)]


_catalogue = _Catalogue.as_view()


def admin_words(request: HttpRequest) -> HttpResponse:
    """Return Wagtail's catalogue for scripts, in the language that the person has chosen for the back office."""
    response: HttpResponse = get_localized_response(_catalogue, request)
    return response
