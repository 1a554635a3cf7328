"""The demo: one machine, SQLite, made-up people, a clock that can be moved. Never for real use."""

import warnings

from portal.config.logging import logging_settings
from portal.config.settings.base import *  # noqa: F403
from portal.config.settings.base import (
    ANSWERS_CALL_BACKS,
    LOG_DIR,
    LOG_LEVEL,
    SITE_IDENTITY,
    STATIC_ROOT,
    STORAGES,
    VAR_DIR,
    env,
)

DEMO = True
SECRET_KEY = "demo-only-" + "0" * 50
DATA_KEYS = ["ZGVtby1vbmx5LWtleS1kZW1vLW9ubHkta2V5LTEyMzQ="]
INDEX_KEY = "demo-only-index-key"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CLOCK = "portal.config.clocks.MovableClock"
CLOCK_MAY_BE_MOVED = True
CLOCK_OFFSET_FILE = VAR_DIR / "clock-offset.json"
STAFF_MFA_REQUIRED = False
# Drawn every week, so that a visitor finds somebody to call on any day.
ANSWERS_CALL_BACKS = ANSWERS_CALL_BACKS | {"every": "week"}
# Nothing leaves the house: mails and SMS are read at /outbox/.
EMAIL_BACKEND = "portal.notifications.outbox.mail.OutboxBackend"
SMS_BACKEND = env("SMS_BACKEND", default="outbox")

# The terminal shows what needs a look; everything is in the files, one per process.
LOG_DIR.mkdir(exist_ok=True)
LOGGING = logging_settings(
    level=LOG_LEVEL, file=LOG_DIR / f"{env('YISHI_PROCESS', default='manage')}.jsonl", console_level="WARNING"
)

# Static files straight from the source tree: nothing to collect before the first page.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_AUTOREFRESH = False
# The demo's one ASGI process serves them too, one after the other: no news for its terminal.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")

# A made-up district. The legal identifiers stay blank: a made-up one could be somebody's.
SITE_IDENTITY |= {
    "place": "清川市澄湖区人民政府",
    "place_en": "Chenghu District People's Government",
    "owner": "清川市澄湖区人民政府办公室",
    "owner_en": "Office of Chenghu District People's Government",
    "operator": "澄湖区政务服务中心",
    "operator_en": "Chenghu District Government Service Centre",
    "phone": "0000-12345",
    "email": "webmaster@example.invalid",
    "address": "澄湖区议事路 1 号",
    "address_en": "1 Yishi Road, Chenghu District",
}
