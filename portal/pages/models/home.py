"""The front door."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Page

from portal.pages.listing import in_language, open_to_all
from portal.pages.models.base import BasePage
from portal.pages.models.rows import Row
from portal.pages.presenting.home import rendered_blocks
from portal.workdays.rules.promises import ACCEPT_WITHIN, REPLY_WORKING_DAYS

# What people come for most: as many as one sees at a glance (our brief: six).
MOST_TASKS = 6


class HomePage(BasePage):
    """The front door: what this place is for, then the blocks of the apps in their agreed order."""

    headline = models.CharField(_("主标题"), max_length=40)

    parent_page_types = ["wagtailcore.Page"]
    template = "portal/pages/home_page.html"
    is_column = True
    content_panels: list[Any] = [
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("summary"),
        InlinePanel("tasks", heading=_("大家常办"), label=_("一件事"), max_num=MOST_TASKS),
    ]

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what people come for most, the two promises in figures, and the blocks."""
        own = {
            "accept_hours": ACCEPT_WITHIN // timedelta(hours=1),
            "reply_days": REPLY_WORKING_DAYS,
            "tasks": [(label, page.get_url(request)) for label, page in self.open_tasks()],
            "blocks": rendered_blocks(request),
        }
        return super().get_context(request, *args, **kwargs) | own

    def open_tasks(self) -> list[tuple[str, Page]]:
        """Return label and page of each task that everybody may read, in this page's language where there is any."""
        tasks = list(self.tasks.select_related("page__locale").filter(open_to_all("page__path"), page__live=True))
        pages = in_language([task.page for task in tasks], self.locale_id)
        found = [(task.label, pages.get(task.page.translation_key)) for task in tasks]
        return [(label or page.title, page) for label, page in found if page]


class HomeTask(Row):
    """Something that many come for: it stands right below the search box."""

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="tasks")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("页面"))
    label = models.CharField(_("怎么叫"), max_length=20, blank=True, help_text=_("不填就用页面的标题。"))

    panels: list[Any] = [FieldRowPanel([FieldPanel("page"), FieldPanel("label")])]

    class Meta(Row.Meta):
        verbose_name = _("常办的事")
