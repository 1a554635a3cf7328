"""The filters of the list of sessions, as a GET form."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.pages.forms.lists import ListFilterForm
from portal.pages.models.topics import Topic


class SessionFilterForm(ListFilterForm):
    """What the list of sessions can be filtered by. sessions: all of the list; place: of it in the tree."""

    office = forms.ChoiceField(label=_("组织单位"), required=False)
    topic = forms.ChoiceField(label=_("主题"), required=False)

    columns = {"office": "office__code", "topic": "topics__slug"}

    def __init__(self, *args: Any, sessions: QuerySet[Any], place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(place, lambda: _options(sessions))


def _options(sessions: QuerySet[Any]) -> dict[str, list[Any]]:
    offices = Office.objects.filter(pk__in=sessions.values("office"))
    topics = Topic.objects.filter(sessions__in=sessions).distinct()
    return {
        "office": [("", gettext("全部单位")), *((office.code, office.local_name) for office in offices)],
        "topic": [("", gettext("全部主题")), *((topic.slug, str(topic)) for topic in topics)],
    }
