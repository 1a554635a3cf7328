"""The recommended results in the admin, and how a document is chosen for one."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from portal.pages.editing.prefilled import PrefilledCreateView
from portal.ui.languages import HTML_CODES, NAMES
from search import registry
from search.analysis.folding import fold
from search.documents import EVERYBODY
from search.models import Entry, Promotion

LANGUAGES = {code: NAMES[name] for name, code in HTML_CODES.items()}


class PromotionViewSet(ModelViewSet):
    """Editors keep it; the page of results shows it above what was found."""

    model = Promotion
    name = "search_promotions"
    url_prefix = "search-promotions"
    icon = "pick"
    menu_order = 312  # type: ignore[assignment]
    add_to_settings_menu = True
    add_view_class = PrefilledCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["said", "language", "since", "until"]
    list_filter = ["language"]
    search_fields = ["said"]
    search_backend_name = None
    ordering = ["said", "pk"]


class TitleFilter(BaseFilterForm):
    """Finds by words of the title and by other names, however they are spelled."""

    q = forms.CharField(label=_("标题或别名"), required=False)

    def filter(self, objects: QuerySet[Entry]) -> QuerySet[Entry]:
        """Return those that hold every word."""
        objects = super().filter(objects)
        words = fold(self.cleaned_data["q"]).split()
        self.is_searching, self.search_query = bool(words), self.cleaned_data["q"]
        for word in words:
            objects = objects.filter(folded__contains=word)
        return objects


class _Rows(chooser.BaseChooseView):
    filter_form_class = TitleFilter  # type: ignore[assignment]
    ordering = ["title", "pk"]  # type: ignore[assignment]

    def get_object_list(self) -> QuerySet[Entry]:
        """Return what everybody may find."""
        return Entry.objects.filter(audience=EVERYBODY)

    @property
    def columns(self) -> list[Column]:
        """Say of each what it is."""
        kinds = {one.name: one.label for one in registry.kinds()}
        return [
            self.title_column,
            Column("kind", label=_("种类"), accessor=lambda entry: kinds.get(entry.kind, "")),
            Column("language", label=_("语言"), accessor=lambda entry: LANGUAGES.get(entry.language, "")),
        ]


class ChooseView(_Rows, chooser.ChooseView):
    """The window in which one is chosen."""


class ChooseResultsView(_Rows, chooser.ChooseResultsView):
    """Its list, while somebody types."""


class EntryChooserViewSet(ChooserViewSet):
    """Chooses among everything that the search finds, whatever app it is of."""

    model = Entry  # type: ignore[assignment]
    name = "search_entries"  # type: ignore[assignment]
    url_prefix = "search-entries"
    icon = "doc-full-inverse"
    choose_one_text = _("选一条")  # type: ignore[assignment]
    choose_another_text = _("换一条")  # type: ignore[assignment]
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    per_page = 15


def viewsets() -> list[Any]:
    """Return both."""
    return [EntryChooserViewSet(), PromotionViewSet()]
