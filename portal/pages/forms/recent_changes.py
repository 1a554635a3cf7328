"""A panel of an edit form that shows who has changed the thing of late, and what."""

from typing import Any

from django.template import Context
from wagtail.admin.panels import Panel
from wagtail.log_actions import registry

SHOWN = 5


class RecentChangesPanel(Panel):
    """The last entries of Wagtail's log about the thing; one query."""

    class BoundPanel(Panel.BoundPanel):
        """For one thing."""

        template_name = "portal/pages/editing/recent_changes.html"

        def get_context_data(self, parent_context: Context | dict[str, Any] | None = None) -> dict[str, Any]:
            """Look them up, the newest first."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            entries = registry.get_logs_for_instance(self.instance).select_related("user")
            return context | {"entries": entries[:SHOWN]}
