"""Tables of the search."""

from search.models.blocked import BlockedWord
from search.models.counts import QueryCount, QueryText
from search.models.index import LONGEST_ID, Comparison, Entry, Suggestion, Waiting
from search.models.popular import PopularQuery
from search.models.promotions import PromotedResult, Promotion
from search.models.synonyms import Synonym

__all__ = [
    "LONGEST_ID",
    "BlockedWord",
    "Comparison",
    "Entry",
    "PopularQuery",
    "PromotedResult",
    "Promotion",
    "QueryCount",
    "QueryText",
    "Suggestion",
    "Synonym",
    "Waiting",
]
