"""The engine of a city: Elasticsearch 9, over the network.

Three aliases name the indexes: what is asked, what is being built, what was asked before. Writes go through
the aliases and want them to be there, so that no write ever makes an index by itself. Changes carry the
journal's position as the document's version, and the server refuses an older one.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers
from elasticsearch.dsl import Float, Integer, Keyword, Mapping, Search, Text

from search.documents import EXACT_FIELDS, IN_ORDER, TOKEN_FIELDS, Document
from search.engines.base import Asked, EngineAway, Found, NoIndex, NothingBefore, TakenOver
from search.engines.breaker import Breaker
from search.engines.elasticsearch_query import of_request
from search.engines.naming import Names, fingerprint, fits, next_name

TIMEOUT = 2.0  # seconds for who waits for results
PATIENCE = 60.0  # seconds for who writes in the background
PAGE_OF_IDS = 10_000  # as many as the server gives at once
WHILE_BUILT = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1", "gc_deletes": "12h"}
# A copy where there is a second server; None: as the server has it.
IN_USE = {"refresh_interval": None, "auto_expand_replicas": "0-1"}
# Statuses that say something of the server and not of the request.
ITS_OWN_FAULT = (401, 403, 408, 429)

logger = logging.getLogger(__name__)


def mapping() -> Mapping:
    """Return the fields. The tokens are ours, so the server cuts at blanks and does nothing else."""
    fields = Mapping()
    fields.meta("dynamic", "strict")
    # The tokens are for finding; whoever looks into a document wants the rest.
    fields.meta("_source", {"excludes": TOKEN_FIELDS})
    for name in EXACT_FIELDS:
        fields.field(name, Keyword())
    for name in TOKEN_FIELDS:
        fields.field(name, Text(analyzer="whitespace", index_options="positions" if name in IN_ORDER else "freqs"))
    fields.field("day", Integer())
    fields.field("weight", Float())
    return fields


def connect(url: str, api_key: str = "", ca_certs: str = "", timeout: float = TIMEOUT) -> Elasticsearch:
    """Return a client; nothing is asked yet. ca_certs: a file, for a server with a certificate of one's own."""
    given = {"ca_certs": ca_certs} if ca_certs else {}
    return Elasticsearch(url, api_key=api_key or None, request_timeout=timeout, max_retries=0, **given)  # type: ignore[arg-type]


class ElasticsearchEngine:
    """Elasticsearch. prefix: of the names of its indexes, to which its key may be limited."""

    def __init__(self, client: Elasticsearch, prefix: str = "portal-", breaker: Breaker | None = None) -> None:
        self._client, self._patient = client, client.options(request_timeout=PATIENCE)
        self._breaker = breaker or Breaker()
        self._print = fingerprint(mapping().to_dict())
        self._alias = f"{prefix}content"
        self._aliases = {
            "current": self._alias,
            "building": f"{self._alias}-building",
            "before": f"{self._alias}-before",
        }

    # --- Asking ---

    def ask(self, asked: Asked) -> Found:
        """Answer a request."""
        with self._guarded():
            answer = of_request(Search(using=self._client, index=self._alias), asked).execute()
        facets = {
            name: {one.key: one.doc_count for one in answer.aggregations[name].by.buckets if one.key}
            for name in asked.facets
        }
        return Found([hit.meta.id for hit in answer], answer.hits.total.value, facets)  # type: ignore[attr-defined]

    def ids(self) -> set[str]:
        """Return the ids of all documents."""
        found: set[str] = set()
        after: dict[str, Any] = {}
        with self._guarded():
            while True:
                answer = self._patient.search(
                    index=self._alias,
                    size=PAGE_OF_IDS,
                    sort=[{"id": "asc"}],
                    source=False,
                    track_total_hits=False,
                    **after,
                )
                hits = answer["hits"]["hits"]
                found |= {hit["_id"] for hit in hits}
                if len(hits) < PAGE_OF_IDS:
                    return found
                after = {"search_after": hits[-1]["sort"]}

    def count(self, name: str = "") -> int:
        """Return how many documents an index holds, the one in use where none is named."""
        with self._guarded():
            if name:
                # Not the one in use: nothing in it can be found yet.
                self._patient.indices.refresh(index=name)
            return int(self._patient.count(index=name or self._alias)["count"])

    # --- Writing ---

    def write(self, documents: Iterable[Document], gone: Iterable[str] = (), position: int = 0) -> None:
        """Replace documents by id and take out those that are gone."""
        with self._guarded():
            names = self._names()
            roles: list[Literal["current", "building"]] = ["current", "building"]
            into = [self._aliases[role] for role in roles if fits(getattr(names, role), self._print)]
            if not into:
                raise EngineAway(f"{names.current} is of another version: rebuild it") if names.current else NoIndex
            self._bulk(into, documents, gone, position)
            # Changes are few and small; the server's own rhythm would let people wait a second to see theirs.
            if names.current:
                self._patient.indices.refresh(index=self._alias)

    def clear(self) -> None:
        """Take out everything."""
        self.swap(self.begin())
        with self._guarded():
            if before := self._names().before:
                self._patient.indices.delete(index=before)

    # --- A new index beside the one in use ---

    def names(self) -> Names:
        """Return which indexes there are."""
        with self._guarded():
            return self._names()

    def begin(self) -> str:
        """Make an index that from now on gets every change as well; one that was left unfinished goes."""
        with self._guarded():
            names = self._names()
            taken = list(self._patient.indices.get(index=f"{self._alias}-*"))
            if names.building:
                self._patient.indices.delete(index=names.building, ignore_unavailable=True)
            name = f"{self._alias}-{next_name(self._print, taken)}"
            self._patient.indices.create(
                index=name, mappings=mapping().to_dict(), settings=WHILE_BUILT, aliases={self._aliases["building"]: {}}
            )
            return name

    def fill(self, name: str, documents: Iterable[Document], position: int = 0) -> None:
        """Write into the index that is being built."""
        with self._guarded():
            self._ensure_building(name, self._names())
            self._bulk([self._aliases["building"]], documents, (), position)

    def swap(self, name: str) -> None:
        """Let the index that was built be asked from now on, in one step; keep the one before it."""
        with self._guarded():
            self._ensure_building(name, names := self._names())
            self._patient.indices.put_settings(index=name, settings=IN_USE)
            self._patient.indices.refresh(index=name)
            actions = [self._action("remove", name, "building"), self._action("add", name, "current")]
            if names.current:
                actions += [
                    self._action("remove", names.current, "current"),
                    self._action("add", names.current, "before"),
                ]
            if names.before:
                actions.append({"remove_index": {"index": names.before}})
            self._patient.indices.update_aliases(actions=actions)

    def roll_back(self) -> str:
        """Let the index before be asked again, and return its name."""
        with self._guarded():
            names = self._names()
            if not names.before:
                raise NothingBefore
            actions = [
                self._action(verb, name, role)
                for name, old, new in ((names.current, "current", "before"), (names.before, "before", "current"))
                for verb, role in (("remove", old), ("add", new))
            ]
            self._patient.indices.update_aliases(actions=actions)
            return names.before

    def _names(self) -> Names:
        try:
            answer = self._patient.indices.get_alias(name=",".join(self._aliases.values()))
        except NotFoundError as error:
            # Some of the aliases are missing, which is usual; those that are there come with it.
            answer = error.body
        roles = {alias: role for role, alias in self._aliases.items()}
        found = {
            roles[alias]: index
            for index, one in dict(answer).items()
            if isinstance(one, dict)
            for alias in one.get("aliases", {})
            if alias in roles
        }
        return Names(**found)

    def _ensure_building(self, name: str, names: Names) -> None:
        if names.building != name:
            raise TakenOver(name)

    def _action(self, verb: str, index: str, role: str) -> dict[str, Any]:
        return {verb: {"index": index, "alias": self._aliases[role]}}

    def _bulk(self, aliases: list[str], documents: Iterable[Document], gone: Iterable[str], position: int) -> None:
        building = self._aliases["building"]
        actions = self._actions(aliases, documents, gone, position)
        for worked, item in helpers.streaming_bulk(
            self._patient, actions, raise_on_error=False, max_retries=3, require_alias=True
        ):
            verb, result = next(iter(item.items()))
            # 409: something newer is there. 404: it is gone already, or the index that was built is in use by now.
            expected = result["status"] == 409 or (
                result["status"] == 404 and (verb == "delete" or result["_index"] == building)
            )
            if not worked and not expected:
                raise EngineAway(f"{result['_index']} refuses a document: {result.get('error')}")

    def _actions(
        self, aliases: list[str], documents: Iterable[Document], gone: Iterable[str], position: int
    ) -> Iterator[dict[str, Any]]:
        versioned = {"version": position, "version_type": "external_gte"}
        for document in documents:
            fields = document.exact | document.tokens() | {"day": document.day, "weight": document.weight}
            for alias in aliases:
                yield {"_op_type": "index", "_index": alias, "_id": document.id, **versioned, "_source": fields}
        for one in gone:
            for alias in aliases:
                yield {"_op_type": "delete", "_index": alias, "_id": one, **versioned}

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn whatever the server does wrong into EngineAway, and do not ask one that has failed again and again."""
        if self._breaker.is_open:
            raise EngineAway("it has failed several times and is left alone for a moment")
        try:
            yield
        except NotFoundError as error:
            raise NoIndex from error
        except (ApiError, TransportError) as error:
            status = getattr(error, "status_code", 500)
            if status >= 500 or status in ITS_OWN_FAULT:
                self._breaker.failed()
            logger.warning("search_engine_away", extra={"kind": type(error).__name__, "status": status})
            raise EngineAway(f"{type(error).__name__} {status}") from error
        self._breaker.worked()
