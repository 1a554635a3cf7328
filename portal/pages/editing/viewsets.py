"""How each type of page is listed and edited in the admin."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, prefetch_related_objects
from django.forms import CheckboxSelectMultiple
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters.filters import DateFromToRangeFilter, ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, PageFilterSet, PageListingMixin
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, get_page_models

from portal.accounts.models import Office, User
from portal.pages.editing.checks_panel import CheckedCreateView, CheckedEditView
from portal.pages.listing import IS_WRITTEN
from portal.pages.models import BasePage, CentrePage, GuidePage, Topic
from portal.pages.rules.reviews import review_due

# Wagtail's own columns, by name.
OWN = {column.name: column for column in PageListingMixin.base_columns}
RELATED = ("office", "topic")
TRANSLATED = BooleanColumn("is_translated", label=_("有译文"), width="8%")


class ReviewDueColumn(Column):
    """By when a guide has to be verified again."""

    def get_value(self, instance: Any) -> Any:
        """Work it out, as the rule says."""
        return review_due(instance.verified_on, instance.review_months).isoformat()


class DayColumn(Column):
    """A date, as we write dates."""

    def get_value(self, instance: Any) -> Any:
        """Return it in ISO form, or nothing."""
        day = super().get_value(instance)
        return day.isoformat() if day else ""


def _office(page: Any) -> str:
    return page.office.local_name if page.office else ""


class EditorsPaginator(WagtailPaginator):
    """Counts in Chinese, which has no plural, above all none in "s"."""

    @cached_property
    def verbose_name_plural(self) -> Any:
        """Return the name of the type."""
        return self.verbose_name


class EditorsIndexView(ExplorableIndexView):
    """The list of the pages below one, with what our columns need, in no more queries than Wagtail's own."""

    paginator_class = EditorsPaginator

    @cached_property
    def verbose_name_plural(self) -> Any:  # type: ignore[override]
        """Return the name of the type: see `EditorsPaginator`."""
        return self.model._meta.verbose_name

    def annotate_queryset(self, pages: QuerySet[Any]) -> QuerySet[Any]:
        """Add whether a translation is live; what only stands in for one is none, and has none."""
        twin = Page.objects.live().filter(IS_WRITTEN, translation_key=OuterRef("translation_key"))
        is_translated = Q(Exists(twin.exclude(pk=OuterRef("pk")))) & IS_WRITTEN
        told = pages.annotate(is_translated=ExpressionWrapper(is_translated, output_field=BooleanField()))
        return super().annotate_queryset(told)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load what columns show of other tables, for all rows at once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        prefetch_related_objects(list(context["object_list"]), *(name for name in RELATED if _has(self.model, name)))
        return context


class EditorsFilterSet(PageFilterSet):
    """Wagtail's filters without those that make no difference here: there is one site, and these pages have none below."""

    site = None  # type: ignore[assignment]
    has_child_pages = None  # type: ignore[assignment]


class GuideFilterSet(EditorsFilterSet):
    """Guides by office, topic, audience, responsible editor, and when they were verified."""

    office = ModelMultipleChoiceFilter(
        label=_("实施单位"),
        queryset=lambda request: Office.objects.filter(pk__in=GuidePage.objects.values("office")),
        widget=CheckboxSelectMultiple,
    )
    topic = ModelMultipleChoiceFilter(
        label=_("主题"), queryset=lambda request: Topic.objects.all(), widget=CheckboxSelectMultiple
    )
    audience = MultipleChoiceFilter(
        label=_("服务对象"), choices=GuidePage.Audience.choices, widget=CheckboxSelectMultiple
    )
    responsible = ModelMultipleChoiceFilter(
        label=_("责任编辑"),
        queryset=lambda request: User.objects.filter(pk__in=GuidePage.objects.values("responsible")),
        widget=CheckboxSelectMultiple,
    )
    verified_on = DateFromToRangeFilter(label=_("最近核对日期"), widget=DateRangePickerWidget)


class CentreFilterSet(EditorsFilterSet):
    """Centres by office."""

    office = ModelMultipleChoiceFilter(
        label=_("主管单位"),
        queryset=lambda request: Office.objects.filter(pk__in=CentrePage.objects.values("office")),
        widget=CheckboxSelectMultiple,
    )


class EditorsViewSet(PageViewSet):
    """Any page of the editors: Wagtail's own views with our checks beside them."""

    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    index_view_class = EditorsIndexView


class GuideViewSet(EditorsViewSet):
    """Guides: whose, about what, and whether they still hold."""

    filterset_class = GuideFilterSet
    columns = [
        OWN["bulk_actions"],
        OWN["title"],
        Column("office", label=_("实施单位"), accessor=_office, sort_key="office__name"),
        Column("topic", label=_("主题"), sort_key="topic__order"),
        DayColumn(
            "verified_on", label=_("最近核对"), sort_key="verified_on", width="9%", classname="w-whitespace-nowrap"
        ),
        ReviewDueColumn("review_due", label=_("应核对"), width="9%", classname="w-whitespace-nowrap"),
        TRANSLATED,
        OWN["status"],
    ]


class CentreViewSet(EditorsViewSet):
    """Centres: whose, where, and how they are reached."""

    filterset_class = CentreFilterSet
    columns = [
        OWN["bulk_actions"],
        OWN["title"],
        Column("office", label=_("主管单位"), accessor=_office, sort_key="office__name"),
        Column("address", label=_("地址")),
        Column("phone", label=_("电话")),
        TRANSLATED,
        OWN["latest_revision_created_at"],
        OWN["status"],
    ]


class ArticleViewSet(EditorsViewSet):
    """Whatever has a day and a source: news, notices, policies."""

    filterset_class = EditorsFilterSet
    columns = [
        OWN["bulk_actions"],
        OWN["title"],
        DayColumn("date", label=_("发布日期"), sort_key="date", width="10%", classname="w-whitespace-nowrap"),
        Column("source", label=_("来源")),
        TRANSLATED,
        OWN["latest_revision_created_at"],
        OWN["status"],
    ]


VIEWSETS: dict[type[Page], type[EditorsViewSet]] = {GuidePage: GuideViewSet, CentrePage: CentreViewSet}


def viewsets() -> list[Any]:
    """Return one for each type of page that editors have."""
    return [_viewset(model)(model=model) for model in get_page_models() if issubclass(model, BasePage)]


def _viewset(model: type[Any]) -> type[EditorsViewSet]:
    is_article = _has(model, "date") and _has(model, "source")
    return VIEWSETS.get(model, ArticleViewSet if is_article else EditorsViewSet)


def _has(model: type[Any], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
