"""Pages are served from here (granian or gunicorn)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.production")

application = get_wsgi_application()

# What is loaded now stays: without this the collector walks it again and again, a fifth of a second in the
# middle of somebody's request. Addresses are loaded first, for they bring the views along.
get_resolver().url_patterns  # noqa: B018 — read for what reading it does
gc.collect()
gc.freeze()
