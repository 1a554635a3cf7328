"""The list of terms in the admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.pages.models import PreferredTerm


class PreferredTermViewSet(ModelViewSet):
    """Editors keep it; the checks of every page read it."""

    model = PreferredTerm
    name = "preferred_terms"
    url_prefix = "preferred-terms"
    icon = "openquote"
    menu_order = 300  # type: ignore[assignment]
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["avoided", "preferred", "language", "reason"]
    list_filter = ["language"]
    search_fields = ["avoided", "preferred"]
    search_backend_name = None
    list_export = ["language", "avoided", "preferred", "reason"]
    export_filename = "preferred-terms"
    ordering = ["-language", "avoided"]
