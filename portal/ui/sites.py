"""The site that an address belongs to, and where its home pages stand in the tree."""

from django.http import HttpRequest
from wagtail.models import Site

from portal.ui.keeping import kept


def home_path(request: HttpRequest, language: str) -> str | None:
    """Return the place of the home page in a language, such as ``/home/``; None where there is none.

    It hardly ever changes, but each page begins with it and each link of a page ends with it. Wagtail looks
    on the request for what has been found, so it does not ask the database once more.
    """
    name = f"site:{request.get_host()}:{request.get_port()}"
    site, roots = kept(name, lambda: (Site.find_for_request(request), Site.get_site_root_paths()))
    request._wagtail_site = site  # type: ignore[attr-defined]
    request._wagtail_cached_site_root_paths = roots  # type: ignore[attr-defined]
    own = {root.language_code: root.root_path for root in roots if site and root.site_id == site.pk}
    return own.get(language)
