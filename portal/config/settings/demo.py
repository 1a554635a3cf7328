"""The demo: one machine, SQLite, made-up people, a clock that can be moved. Never for real use."""

from portal.config.settings.base import *  # noqa: F403
from portal.config.settings.base import VAR_DIR, env

DEMO = True
SECRET_KEY = "demo-only-" + "0" * 50
DATA_KEYS = ["ZGVtby1vbmx5LWtleS1kZW1vLW9ubHkta2V5LTEyMzQ="]
INDEX_KEY = "demo-only-index-key"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CLOCK = "portal.config.clocks.MovableClock"
CLOCK_MAY_BE_MOVED = True
CLOCK_OFFSET_FILE = VAR_DIR / "clock-offset.json"
STAFF_MFA_REQUIRED = False
