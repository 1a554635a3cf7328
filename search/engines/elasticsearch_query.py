"""Says a plan in Elasticsearch's words: objects of its query language, never a query string."""

from elasticsearch.dsl import Search, query
from elasticsearch.dsl.aggs import Filter, Terms

from search.engines.base import DEEPEST, MOST_VALUES, Asked
from search.plan import Best, Bonus, Boost, Node, Phrase, Sum, Term

NOTHING = query.MatchNone()
UP, DOWN = {"order": "asc"}, {"order": "desc"}


def of_plan(node: Node, boost: float = 1.0) -> query.Query:
    """Return the query of a plan. boost: what its score counts, handed down to whatever can carry it."""
    match node:
        case Term(name, token):
            return query.Term(name, {"value": token, "boost": boost})
        case Phrase(name, tokens):
            # The analyzer of the field cuts at blanks and nothing else, so what comes out are the tokens.
            return query.MatchPhrase(name, {"query": " ".join(tokens), "boost": boost})
        case Boost(inner, by):
            return of_plan(inner, boost * by)
        case Best(nodes, tie):
            # Without a condition nothing holds; the server would refuse the one and find everything with the other.
            return (
                query.DisMax(queries=[of_plan(one) for one in nodes], tie_breaker=tie, boost=boost)
                if nodes
                else NOTHING
            )
        case Sum(nodes, at_least):
            conditions = [of_plan(one) for one in nodes]
            return query.Bool(should=conditions, minimum_should_match=at_least, boost=boost) if nodes else NOTHING
        case Bonus(inner, bonus):
            return query.Bool(must=[of_plan(inner)], should=[of_plan(one) for one in bonus], boost=boost)


def of_request(search: Search, asked: Asked) -> Search:
    """Complete a search with everything that was asked: order, page, filters, and the counts of facets."""
    counted = {name: of_values(name, values) for name, values in asked.filters.items() if name in asked.facets}
    others = [of_values(name, values) for name, values in asked.filters.items() if name not in counted]
    order: list[dict[str, dict[str, str]]]
    scored: query.Query = of_plan(asked.plan) if asked.plan else query.MatchAll()
    if asked.sort == "newest":
        order = [{"day": DOWN}, {"id": UP}]
    else:
        factor = {"field": "weight", "missing": 1.0}
        scored = query.FunctionScore(query=scored, boost_mode="multiply", field_value_factor=factor)
        # The id parts those that are as good as each other, so that no page shows what another has shown.
        order = [{"_score": DOWN}, {"id": UP}]
    search = search.query(query.Bool(must=[scored], filter=others)).sort(*order)
    search = search.source(False).extra(from_=min(asked.offset, DEEPEST), size=asked.size, track_total_hits=True)
    if counted:
        # After the counting: each facet is counted under the filters of the others.
        search = search.post_filter(query.Bool(filter=list(counted.values())))
    for name in asked.facets:
        under = query.Bool(filter=[one for other, one in counted.items() if other != name])
        search.aggs.bucket(name, Filter(under)).bucket("by", Terms(field=name, size=MOST_VALUES))
    return search


def of_values(name: str, values: object) -> query.Query:
    """Return the condition that an exact field has any of the values."""
    return query.Terms(**{name: list(values)})  # type: ignore[call-overload]
