"""What every database's backend does alike: read the query, look up entries by tokens, give a queryset in their order."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import Model, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, StrIndex
from modelsearch.conf import get_app_config
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from search.admin_search.texts import texts
from search.analysis.tokens import words_of_pairs

# As many finds are put in order and counted; nobody pages further.
MOST = 1000


class EntriesByTokens:
    """The writing half, for modelsearch's index classes."""

    def add_items(self, model: type[Model], found: Iterable[Model]) -> None:
        """Write the entries of objects of one type anew."""
        entry_model = get_app_config().get_model("IndexEntry")
        content_type = get_content_type_pk(model)
        entries = [
            entry_model(content_type_id=content_type, object_id=str(one.pk), **self.columns(texts(one)))
            for one in found
        ]
        entry_model._default_manager.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body"],
        )

    def columns(self, of: Any) -> dict[str, Any]:
        """Return the values of the columns for `Texts`."""
        raise NotImplementedError

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Do nothing: modelsearch would read the whole table at each save for a factor that is not used here."""


class FindingByTokens:
    """The reading half, for modelsearch's query compilers."""

    columns: Sequence[str] = ("title", "body")
    is_prefix = False
    queryset: "QuerySet[Any]"
    query: Any
    fields: Any
    order_by_relevance: bool

    def lookup(self, words: list[list[str]], *, every: bool, columns: Sequence[str], types: list[int]) -> list[str]:
        """Return the ids of entries, best first, `MOST` at most.

        words: the tokens of each word, which stand one after the other; every: all words or any. The last
        token of a word is the beginning of one where `is_prefix` holds.
        """
        raise NotImplementedError

    def search(
        self, config: Any, start: int | None, stop: int | None, score_field: str | None = None, backend: Any = None
    ) -> "QuerySet[Any]":
        """Return what is found, as modelsearch's results ask for it."""
        if isinstance(self.query, MatchAll):
            return self.queryset[start:stop]
        if isinstance(self.query, Not):
            but = self.queryset.none() if isinstance(self.query.subquery, MatchAll) else self.queryset
            return self._in_some_order(but.exclude(pk__in=self._ids(self.query.subquery)))[start:stop]
        ids = self._ids(self.query)
        found = self.queryset.filter(pk__in=ids)
        here = Concat(_text(","), Cast("pk", TextField()), _text(","), output_field=TextField())
        place = StrIndex(_text(f",{','.join(ids)},"), here)
        if score_field:
            found = found.annotate(**{score_field: -place})
        ordered = found.order_by(place, "-pk") if self.order_by_relevance else self._in_some_order(found)
        return ordered[start:stop]

    def _in_some_order(self, found: "QuerySet[Any]") -> "QuerySet[Any]":
        return found if found.query.order_by else found.order_by("-pk")

    def _ids(self, query: Any) -> list[str]:
        match query:
            case PlainText() | Fuzzy():
                words = [tokens for word in query.query_string.split() for tokens in words_of_pairs(word)]
                every = str(getattr(query, "operator", "or")).lower() == "and"
                # What is found nowhere as it was typed may have a slip in it: any pair will do.
                return self._look_up(words, every) or self._look_up(
                    [[token] for word in words for token in word], False
                )
            case Phrase():
                return self._look_up([list(chain(*words_of_pairs(query.query_string)))], True)
            case Boost():
                return self._ids(query.subquery)
            case Or():
                return list(dict.fromkeys(one for part in query.subqueries for one in self._ids(part)))
            case And():
                without = {
                    one for part in query.subqueries if isinstance(part, Not) for one in self._ids(part.subquery)
                }
                asked = [part for part in query.subqueries if not isinstance(part, Not | MatchAll)]
                first, *others = [self._ids(part) for part in asked] or [[]]
                return [one for one in first if one not in without and all(one in other for other in map(set, others))]
        raise NotImplementedError(type(query).__name__)

    def _look_up(self, words: list[list[str]], every: bool) -> list[str]:
        asked = [word for word in words if word]
        if not asked:
            return []
        only_title = self.fields is not None and set(self.fields) == {"title"} and "title" in self.columns
        types = get_descendants_content_types_pks(self.queryset.model)
        return self.lookup(asked, every=every, columns=["title"] if only_title else self.columns, types=list(types))


def _text(value: str) -> Value:
    return Value(value, output_field=TextField())
