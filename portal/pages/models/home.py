"""The front door."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from portal.pages.home import rendered_blocks
from portal.pages.models.base import BasePage
from portal.workdays.rules.promises import ACCEPT_WITHIN, REPLY_WORKING_DAYS


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
