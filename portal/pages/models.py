"""The editors' page types. Chinese pages hang below one home page, English ones below its translation."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from portal.pages.home import rendered_blocks
from portal.ui.caching import public_page
from portal.workdays.rules.promises import ACCEPT_WITHIN, REPLY_WORKING_DAYS

# What a text may hold. Headings begin below the page's own; no pictures without their own block.
TEXT_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link", "hr"]


class BasePage(Page):
    """What every page of the editors has.

    summary: one or two sentences, shown under the title, in lists and, unless the page has a
    search description of its own, by search engines.
    """

    summary = models.CharField(_("摘要"), max_length=200, blank=True)

    content_panels: list[Any] = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines show."""
        return self.search_description or self.summary

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; visitors without an account share one copy for a minute."""
        response: HttpResponse = public_page()(super().serve)(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page's own address, and tell the layout where it stands in the other language."""
        translations = self.get_translations(inclusive=True).live().select_related("locale")
        request.language_paths = {  # type: ignore[attr-defined]
            page.locale.language_code: page.get_url(request) for page in translations
        }
        own = {"canonical": f"{settings.BASE_URL}{self.get_url(request)}"}
        return super().get_context(request, *args, **kwargs) | own


class HomePage(BasePage):
    """The front door: what this place is for, then the blocks of the apps in their agreed order."""

    headline = models.CharField(_("主标题"), max_length=40)

    parent_page_types = ["wagtailcore.Page"]
    template = "portal/pages/home_page.html"
    content_panels: list[Any] = [*Page.content_panels, FieldPanel("headline"), FieldPanel("summary")]

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the two promises in figures, and the blocks."""
        own = {
            "accept_hours": ACCEPT_WITHIN // timedelta(hours=1),
            "reply_days": REPLY_WORKING_DAYS,
            "blocks": rendered_blocks(request),
        }
        return super().get_context(request, *args, **kwargs) | own


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
        """Add the way here and the pages below."""
        # Root and home page stand above every page: the breadcrumbs begin with the home page by themselves.
        above = self.get_ancestors().filter(depth__gt=2) if self.depth > 3 else []
        own = {
            "above": [(page.title, page.get_url(request)) for page in above],
            "below": [(page, page.get_url(request)) for page in StandardPage.objects.child_of(self).live().public()],
        }
        return super().get_context(request, *args, **kwargs) | own
