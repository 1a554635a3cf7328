"""Engines: each stores documents and answers plans. `base` says what is asked of every one of them."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine, connect
from search.engines.embedded import EmbeddedEngine


@cache
def current() -> Engine:
    """Return the engine that the settings name (`SEARCH_ENGINE`); one for each process."""
    match settings.SEARCH_ENGINE:
        case "memory":
            return EmbeddedEngine()
        case "embedded":
            return EmbeddedEngine(settings.SEARCH_FOLDER)
        case "elasticsearch" if settings.ELASTICSEARCH_URL:
            client = connect(
                settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA_CERTS
            )
            return ElasticsearchEngine(client, settings.ELASTICSEARCH_PREFIX)
    raise ImproperlyConfigured("SEARCH_ENGINE is embedded, or elasticsearch with ELASTICSEARCH_URL")
