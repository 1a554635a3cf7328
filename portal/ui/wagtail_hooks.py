"""What texts that editors write become on the public site."""

from typing import Any

from django.utils.html import format_html
from wagtail import hooks
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.ui.outward import leads_out, outward


class OutwardLink(LinkHandler):
    """A link that an editor has set to another site."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, Any]) -> str:
        """Lead over the page that says so."""
        address = attrs["href"]
        if not leads_out(address):
            return format_html('<a href="{}">', address)
        return format_html('<a href="{}" rel="nofollow">', outward(address))


@hooks.register("register_rich_text_features")
def register_outward_links(features: FeatureRegistry) -> None:
    """Let Wagtail write links to other sites our way."""
    features.register_link_type(OutwardLink)
