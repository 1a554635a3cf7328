"""Life events 一件事: what to do, in which order, when something in a life changes; the guides say how."""

from typing import Any

from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

from portal.pages.blocks.life_events import StepBlock
from portal.pages.listing import listed
from portal.pages.models.base import BasePage, ListPage
from portal.pages.presenting.life_events import CHECKLIST, life_event_context
from portal.ui.columns import SERVING


class LifeEventIndexPage(ListPage):
    """The list of all life events."""

    subpage_types = ["portal_pages.LifeEventPage"]
    template = "portal/pages/life_events/list.html"
    column_kind = SERVING

    class Meta:
        verbose_name = _("一件事目录")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the life events, in the editors' order."""
        events = listed(LifeEventPage).child_of(self).order_by("path")
        return super().get_context(request, *args, **kwargs) | {"events": events}


class LifeEventPage(BasePage):
    """One life event, step by step.

    steps: `StepBlock`s in order; the id of a block is what a reader's list of done steps remembers.
    """

    before = RichTextField(_("开始之前"), features=["bold", "ol", "ul", "link"], blank=True)
    steps = StreamField([("step", StepBlock())], verbose_name=_("步骤"))
    topics = ParentalManyToManyField(
        "portal_pages.Topic", blank=True, related_name="life_events", verbose_name=_("主题")
    )

    topic_order, topic_sorting = 20, ("path",)
    parent_page_types = ["portal_pages.LifeEventIndexPage"]
    subpage_types: list[str] = []
    template = "portal/pages/life_events/life_event.html"
    search_fields: list[Any] = [*BasePage.search_fields, index.SearchField("before"), index.SearchField("steps")]
    content_panels: list[Any] = [
        *BasePage.content_panels,
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("before"),
        FieldPanel("steps"),
    ]

    class Meta:
        verbose_name = _("一件事")

    @classmethod
    def for_reading(cls) -> QuerySet[Any]:
        """Join the language, in which the guides are looked for."""
        return cls.objects.select_related("locale")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Add the address of its checklist to the page's own."""
        if self.live and path_components == [CHECKLIST]:
            return RouteResult(self, kwargs={"part": CHECKLIST})
        return super().route(request, path_components)

    def get_template(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> str:
        """Choose the template of the part that was asked for."""
        return "portal/pages/life_events/checklist.html" if part else self.template

    def get_context(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> dict[str, Any]:
        """Add the steps, what to bring, and where to go."""
        return super().get_context(request, *args, **kwargs) | life_event_context(self, request, part)
