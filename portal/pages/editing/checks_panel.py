"""What the checks find, in a side panel of the page editor; it is looked at anew whenever the page is saved."""

from functools import cached_property
from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel, ChecksSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.pages.inspection.looking import look_at
from portal.pages.listing import IS_WRITTEN
from portal.pages.rules.content_checks import Level
from portal.pages.wording.labels import LEVELS, Advice, advice


class ContentChecksPanel(BaseSidePanel):
    """Errors, warnings and hints about the page as it was saved last."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Counts what ought to be mended; hints are not counted."""

        aria_label = _("内容检查")  # type: ignore[assignment]
        icon_name = "clipboard-list"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
            """Add the count."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"count": sum(one.level is not Level.HINT for one in self.panel.found)}

    name = "content_checks"
    title = _("内容检查")
    template_name = "portal/pages/editing/checks_panel.html"
    order = 340

    class Media:
        css = {"all": ["portal/pages/editing.css"]}

    @cached_property
    def found(self) -> list[Advice]:
        """What there is to say; nothing about a page that has not been saved yet."""
        if not self.object.pk:
            return []
        return [advice(finding) for finding in look_at(self.object, local_date(clocks.installed().now()))]

    def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
        """Sort it by how bad it is."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        groups = [(level, LEVELS[level], [one for one in self.found if one.level is level]) for level in Level]
        return context | {"groups": [group for group in groups if group[2]], "is_saved": bool(self.object.pk)}


def _with_ours(panels: Any, page: Any, request: Any) -> MediaContainer:
    """Put our panel into the place of Wagtail's own checks.

    Those run in the preview with the help of its bar, which our public pages do not carry; and their
    reading ease is a formula for words of Latin letters. They would say of every page that nothing was found.
    """
    kept = [panel for panel in panels if not isinstance(panel, ChecksSidePanel)]
    return MediaContainer([*kept, ContentChecksPanel(page, request)])


class CheckedEditView(EditView):
    """The page editor with our panel."""

    def get_translations(self) -> Any:
        """Leave out what only stands in for a translation: the page has no other language by it."""
        written = self.page.get_translations().filter(IS_WRITTEN).values_list("pk", flat=True)
        addresses = {reverse("wagtailadmin_pages:edit", args=[pk]) for pk in written}
        return [one for one in super().get_translations() if one["url"] in addresses]

    def get_side_panels(self) -> Any:
        """Put it in."""
        return _with_ours(super().get_side_panels(), self.page, self.request)


class CheckedCreateView(CreateView):
    """The editor of a page that is being made: Wagtail saves it by itself, and then there is something to check."""

    def get_side_panels(self) -> Any:
        """Put the panel in."""
        return _with_ours(super().get_side_panels(), self.page, self.request)
