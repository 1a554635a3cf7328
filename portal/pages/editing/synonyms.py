"""The list of other names in the admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.pages.editing.prefilled import PrefilledCreateView
from search.models import Synonym


class SynonymViewSet(ModelViewSet):
    """Editors keep it; the search reads queries by it, beside the list that is shipped."""

    model = Synonym
    name = "search_synonyms"
    url_prefix = "search-synonyms"
    icon = "search"
    menu_order = 310  # type: ignore[assignment]
    add_to_settings_menu = True
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["said", "means"]
    list_display = ["said", "means"]
    search_fields = ["said", "means"]
    search_backend_name = None
    ordering = ["said"]
