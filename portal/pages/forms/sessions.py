"""The filters of the list of sessions, as a GET form."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Office
from portal.pages.models.topics import Topic
from portal.ui.keeping import kept


class SessionFilterForm(forms.Form):
    """What makes no sense is left out instead of being refused. What can be chosen is kept for seconds."""

    office = forms.ChoiceField(label=_("组织单位"), required=False)
    topic = forms.ChoiceField(label=_("主题"), required=False)

    def __init__(self, *args: Any, sessions: QuerySet[Any], place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in kept(f"filters:{place}", lambda: _options(sessions)).items():
            self.fields[name].choices = options

    def narrow(self, sessions: QuerySet[Any]) -> QuerySet[Any]:
        """Return the sessions that fit what was chosen."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("office"):
            sessions = sessions.filter(office__code=chosen["office"])
        if chosen.get("topic"):
            sessions = sessions.filter(topics__slug=chosen["topic"])
        return sessions

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.cleaned_data.get(name) for name in ("office", "topic"))


def _options(sessions: QuerySet[Any]) -> dict[str, list[Any]]:
    offices = Office.objects.filter(pk__in=sessions.values("office"))
    topics = Topic.objects.filter(sessions__in=sessions).distinct()
    return {
        "office": [("", gettext("全部单位")), *((office.code, office.local_name) for office in offices)],
        "topic": [("", gettext("全部主题")), *((topic.slug, str(topic)) for topic in topics)],
    }
