"""The filters of the lists of news, notices, policies and interpretations, as GET forms; their feeds understand the same."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.kernel.workdays import local_date
from portal.pages.conditions import phase_is, validity_is
from portal.pages.forms.lists import ListFilterForm
from portal.pages.models.topics import Topic
from portal.pages.rules.periods import Phase
from portal.pages.rules.validity import Validity


class ArticleFilterForm(ListFilterForm):
    """What a list of articles can be filtered by.

    articles: all of the list. now: aware; running and in force are meant as of then. place: of the list in the
    tree, by which what can be chosen is kept.
    """

    q = forms.CharField(label=_("找什么"), required=False, max_length=60)
    topic = forms.ChoiceField(label=_("主题"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)

    columns = {"topic": "topics__slug", "year": "date__year"}

    def __init__(self, data: Any, *, articles: QuerySet[Any], now: datetime, place: str) -> None:
        super().__init__(data)
        self.now = now
        self.offer(place, lambda: self.options(articles))

    def options(self, articles: QuerySet[Any]) -> dict[str, list[Any]]:
        """Return by the field's name what can be chosen: topics and years of which there are articles."""
        topics = Topic.objects.filter(**{f"{articles.model._meta.model_name}s__in": articles.order_by()}).distinct()
        years = [day.year for day in articles.order_by().dates("date", "year", order="DESC")]
        return {
            "topic": [("", gettext("全部主题")), *((topic.slug, str(topic)) for topic in topics)],
            "year": [("", gettext("全部年份")), *((str(year), str(year)) for year in years)],
        }


class OfOfficeForm(ArticleFilterForm):
    """Filters of what an office has issued under a number."""

    office = forms.ChoiceField(label=_("单位"), required=False)

    columns = {**ArticleFilterForm.columns, "office": "office__code"}
    words_in = (*ArticleFilterForm.words_in, "number")

    def options(self, articles: QuerySet[Any]) -> dict[str, list[Any]]:
        """Add the offices."""
        offices = Office.objects.filter(pk__in=articles.order_by().values("office"))
        named = [(office.code, office.local_name) for office in offices]
        return super().options(articles) | {"office": [("", gettext("全部单位")), *named]}


class NoticeFilterForm(OfOfficeForm):
    """Filters of notices."""

    kind = forms.ChoiceField(label=_("类别"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), (Phase.RUNNING, _("正在进行")), (Phase.ENDED, _("已经结束"))],
    )
    field_order = ["q", "kind", "state", "topic", "office", "year"]

    def options(self, articles: QuerySet[Any]) -> dict[str, list[Any]]:
        """Add the kinds."""
        return super().options(articles) | {
            "kind": [("", gettext("全部类别")), *((kind.value, str(kind.label)) for kind in articles.model.Kind)]
        }

    def condition(self, name: str, value: str) -> Q:
        """Ask the period's rule."""
        return phase_is(Phase(value), self.now) if name == "state" else super().condition(name, value)


class PolicyFilterForm(OfOfficeForm):
    """Filters of policies."""

    validity = forms.ChoiceField(
        label=_("效力"),
        required=False,
        choices=[
            ("", _("全部")),
            (Validity.IN_FORCE, _("现行有效")),
            (Validity.AHEAD, _("尚未生效")),
            (Validity.OVER, _("已失效")),
        ],
    )
    field_order = ["q", "validity", "topic", "office", "year"]

    def condition(self, name: str, value: str) -> Q:
        """Ask the rule of validity, as of today."""
        if name == "validity":
            return validity_is(Validity(value), local_date(self.now))
        return super().condition(name, value)


class InterpretationFilterForm(ArticleFilterForm):
    """Filters of interpretations."""

    kind = forms.ChoiceField(label=_("形式"), required=False)
    field_order = ["q", "kind", "topic", "year"]

    def options(self, articles: QuerySet[Any]) -> dict[str, list[Any]]:
        """Add the kinds."""
        return super().options(articles) | {
            "kind": [("", gettext("全部形式")), *((kind.value, str(kind.label)) for kind in articles.model.Kind)]
        }
