"""What editors have already done about words that were looked for."""

from datetime import date

from django.db.models import Q

from search.alike import are_alike, meanings
from search.analysis.synonyms import Synonyms
from search.countable import written
from search.models import Promotion, Synonym
from search.reading import read


class Done:
    """Reads both lists once, whatever is asked of them afterwards.

    Not what the search keeps in memory: whoever comes back from a form sees what it has made. What is blocked needs
    no word here, for its counts are gone.
    """

    def __init__(self, today: date, names: Synonyms) -> None:
        """today: local; what is recommended until an earlier day is over, what begins later counts."""
        self._names = names
        self._synonyms = {written(name): row.pk for row in Synonym.objects.order_by("-pk") for name in row.names[0]}
        self._promotions = [
            (row.pk, row.language, [meanings(read(query, names)) for query in row.queries])
            for row in Promotion.objects.filter(Q(until=None) | Q(until__gte=today)).order_by("pk")
        ]

    def synonym(self, words: str) -> int | None:
        """Return the key of the editors' row that says what the words mean; None if there is none."""
        return self._synonyms.get(words)

    def promotion(self, words: str, language: str) -> int | None:
        """Return the key of the row that recommends something for the words; None if there is none."""
        asked = meanings(read(words, self._names))
        return next(
            (
                key
                for key, shown_in, queries in self._promotions
                if shown_in == language and any(are_alike(asked, query) for query in queries)
            ),
            None,
        )
