"""The list of words that are not suggested, in the admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.pages.editing.prefilled import PrefilledCreateView
from search.models import BlockedWord


class BlockedWordViewSet(ModelViewSet):
    """Editors keep it; suggestions and counts leave out what holds one."""

    model = BlockedWord
    name = "search_blocked_words"
    url_prefix = "search-blocked-words"
    icon = "no-view"
    menu_order = 314  # type: ignore[assignment]
    add_to_settings_menu = True
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["word", "reason"]
    list_display = ["word", "reason"]
    search_fields = ["word", "reason"]
    search_backend_name = None
    ordering = ["word"]
