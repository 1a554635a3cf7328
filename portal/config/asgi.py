"""Live topics are served from here (uvicorn); the demo serves its pages from it as well."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.production")

application = get_asgi_application()
