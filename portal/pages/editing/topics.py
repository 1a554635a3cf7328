"""The list of topics in the admin."""

from wagtail.admin.viewsets.model import ModelViewSet

from portal.pages.models import Topic


class TopicViewSet(ModelViewSet):
    """Editors keep it; guides, life events, sessions and their topic pages refer to it."""

    model = Topic
    name = "topics"
    url_prefix = "topics"
    icon = "tag"
    menu_order = 290  # type: ignore[assignment]
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ["slug", "name", "name_en", "order", "asked_as"]
    list_display = ["name", "name_en", "slug", "order"]
    search_fields = ["name", "name_en", "slug"]
    search_backend_name = None
    ordering = ["order", "pk"]
