"""A plain text."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.pages.listing import open_to_all
from portal.pages.models.base import TEXT_FEATURES, BasePage


class StandardPage(BasePage):
    """A text, with the pages below it as cards."""

    body = RichTextField(_("正文"), features=TEXT_FEATURES, blank=True)

    parent_page_types = ["portal_pages.HomePage", "portal_pages.StandardPage"]
    subpage_types = ["portal_pages.StandardPage"]
    template = "portal/pages/standard_page.html"
    content_panels: list[Any] = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("普通页面")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the pages below."""
        below = StandardPage.objects.child_of(self).live().filter(open_to_all())
        own = {"below": [(page, page.get_url(request)) for page in below]}
        return super().get_context(request, *args, **kwargs) | own
