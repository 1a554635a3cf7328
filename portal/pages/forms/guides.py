"""The filters of the list of guides, as a GET form."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.pages.forms.lists import ListFilterForm
from portal.pages.models.topics import Topic
from portal.ui.keeping import kept

AUDIENCES = [("person", _("个人")), ("organization", _("企业和组织"))]


@dataclass(frozen=True)
class TopicOption:
    """A topic that there are guides about. count: of them."""

    slug: str
    name: str
    count: int


class GuideFilterForm(ListFilterForm):
    """What the list of guides can be filtered by.

    guides: all of the list. place: of the list in the tree, by which what can be chosen is kept.
    """

    q = forms.CharField(label=_("找什么"), required=False, max_length=60)
    audience = forms.ChoiceField(label=_("谁办"), required=False)
    topic = forms.ChoiceField(label=_("主题"), required=False)
    office = forms.ChoiceField(label=_("实施单位"), required=False)
    online = forms.BooleanField(label=_("能网上办的"), required=False)

    columns = {"topic": "topic__slug", "office": "office__code"}
    words_in = (*ListFilterForm.words_in, "plain_name")

    def __init__(self, *args: Any, guides: QuerySet[Any], place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [("", _("全部")), *AUDIENCES]
        self.topics, offices = kept(f"filters:{place}", lambda: (_topics(guides), _offices(guides)))
        self.fields["topic"].choices = [("", _("全部主题")), *((topic.slug, topic.name) for topic in self.topics)]
        self.fields["office"].choices = [("", _("全部单位")), *offices]

    def condition(self, name: str, value: Any) -> Q:
        """Find what is for both under either, and what can be begun on-line by its address."""
        if name == "audience":
            return Q(audience__in=[value, "both"])
        if name == "online":
            return ~Q(online_address="")
        return super().condition(name, value)


def _topics(guides: QuerySet[Any]) -> list[TopicOption]:
    topics = Topic.objects.filter(guides__in=guides).annotate(guides_count=Count("guides"))
    return [TopicOption(topic.slug, str(topic), topic.guides_count) for topic in topics]


def _offices(guides: QuerySet[Any]) -> list[tuple[str, str]]:
    return [(office.code, office.local_name) for office in Office.objects.filter(pk__in=guides.values("office"))]
