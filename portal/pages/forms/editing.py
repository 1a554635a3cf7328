"""The form of the page editor: what may not be published is refused at its field, and kept as a draft meanwhile."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.forms import BaseForm
from wagtail.admin.forms.pages import WagtailAdminPageForm

from portal.kernel import clock as clocks
from portal.kernel.workdays import local_date
from portal.pages.rules.content_checks import DEMANDS, Text, catch_all_wording
from portal.pages.wording.labels import advice
from portal.pages.wording.words import plain


class CheckedPageForm(WagtailAdminPageForm):
    """Refuses demands that leave open what is demanded when a page is sent on or published; a draft may have them."""

    def is_valid(self) -> bool:
        """Look at what was typed, once it is well-formed: the rows, too."""
        valid = bool(super().is_valid())
        if valid and not self.is_deferred_validation:
            for form, name in self._demands():
                text = Text(name, "", plain(str(form.cleaned_data.get(name) or "")), is_demand=True)
                for finding in catch_all_wording([text]):
                    form.add_error(name, advice(finding).sentence)
                    valid = False
        return valid

    def _demands(self) -> Iterator[tuple[BaseForm, str]]:
        """Yield each field that tells applicants what to bring or meet, with the form it stands in."""
        for place in sorted(DEMANDS):
            accessor, _dot, column = place.rpartition(".")
            if not accessor and column in self.fields:
                yield self, column
            for form in self.formsets[accessor].forms if accessor in self.formsets else ():
                if not self.formsets[accessor]._should_delete_form(form):
                    yield form, column


class ArticleForm(CheckedPageForm):
    """Dates an article of today until its editor says otherwise: a first draft is saved with its title alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.date is None:
            self.initial["date"] = _today()

    def clean_date(self) -> date:
        """Return the day; a draft whose editor has emptied it keeps today's, and to be published it is asked for."""
        day: date | None = self.cleaned_data["date"]
        return day or _today()


def _today() -> date:
    return local_date(clocks.installed().now())
