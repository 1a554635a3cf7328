"""The filters of a list of the site, as a GET form: what the forms of all lists share."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet

from portal.ui.keeping import kept


class ListFilterForm(forms.Form):
    """What makes no sense is left out instead of being refused.

    columns: which column each filter compares; a filter that is not named compares the column of its own name.
    words_in: in which columns each word of `q` may stand.
    """

    columns: ClassVar[Mapping[str, str]] = {}
    words_in: ClassVar[tuple[str, ...]] = ("title", "summary")

    def offer(self, place: str, options: Callable[[], Mapping[str, list[Any]]]) -> None:
        """Fill in what can be chosen, which is kept for seconds. place: of the list in the tree; options: by filter."""
        for name, choices in kept(f"filters:{place}", options).items():
            self.fields[name].choices = choices

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that fit what was chosen."""
        self.is_valid()
        for name, value in self.cleaned_data.items():
            if value:
                rows = rows.filter(self.condition(name, value))
        return rows

    def condition(self, name: str, value: Any) -> Q:
        """Return what one filter asks for."""
        if name == "q":
            return reduce(and_, map(self._has_word, value.split()), Q())
        return Q(**{self.columns.get(name, name): value})

    def _has_word(self, word: str) -> Q:
        return reduce(or_, (Q(**{f"{column}__icontains": word}) for column in self.words_in))

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was chosen."""
        return any(self.cleaned_data.values())

    def query(self) -> str:
        """Return what was chosen as the query of an address, "?" included; the empty text for nothing."""
        query = urlencode({name: value for name, value in self.cleaned_data.items() if value})
        return f"?{query}" if query else ""
