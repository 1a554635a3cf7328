"""The ASGI application of a second process: the real one, with the tests' topics."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings.test")

from portal.config.asgi import live
from portal.live import topics
from tests.portal.live.things import register

topics._topics.clear()
register(insiders=set())
application = live
