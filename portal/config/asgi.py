"""Live topics are served from here (uvicorn): `application` with the pages, for the demo, `live` without."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.production")

pages = get_asgi_application()

from portal.live.asgi import WithLive, nothing_else  # noqa: E402 — needs the apps that the line above has loaded

application = WithLive(pages)
live = WithLive(nothing_else)
