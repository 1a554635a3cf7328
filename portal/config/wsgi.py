"""Pages are served from here (granian or gunicorn)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from search.analysis.synonyms import shipped
from search.planning import plan
from search.reading import read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.production")

application = get_wsgi_application()

# The tables that queries are read with: the first one would wait for them, the sixth part of a second.
plan(read("居住证 yishi", shipped()))

# What is loaded now stays: without this the collector walks it again and again, a fifth of a second in the
# middle of somebody's request. Addresses are loaded first, for they bring the views along.
get_resolver().url_patterns  # noqa: B018 — read for what reading it does
gc.collect()
gc.freeze()
