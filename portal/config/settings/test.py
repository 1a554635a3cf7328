"""Settings of the suite. The database comes from DATABASE_URL: a SQLite file or PostgreSQL."""

import os

from portal.config.settings.base import *  # noqa: F403
from portal.config.settings.base import DATABASES, STORAGES, VAR_DIR

# Parallel test workers share nothing but the migrated templates (tests/database.py).
TEST_TEMPLATES = VAR_DIR / "test" / "templates"
TEST_DIR = VAR_DIR / "test" / os.environ.get("PYTEST_XDIST_WORKER", "main")
TEST_DIR.mkdir(parents=True, exist_ok=True)

DEMO = False
SECRET_KEY = "test-only-" + "0" * 50
DATA_KEYS = ["dGVzdC1vbmx5LWtleS10ZXN0LW9ubHkta2V5LTEyMzQ="]
INDEX_KEY = "test-only-index-key"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CLOCK = "portal.config.clocks.MovableClock"
CLOCK_MAY_BE_MOVED = True
CLOCK_OFFSET_FILE = TEST_DIR / "clock-offset.json"
STATIC_ROOT = TEST_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = TEST_DIR / "media"
PRIVATE_ROOT = TEST_DIR / "private"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Tests of what staff do sign in with a password; tests of the second factor switch it on.
STAFF_MFA_REQUIRED = False
# Nor do tests depend on the hour at which they run; those of the quiet hours switch them on.
NOTICES_QUIET_HOURS = ""
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_BACKEND = "outbox"
OUTBOX_DIR = TEST_DIR / "outbox"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Tests kill processes, not the power: what is committed need not reach the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# A test sees what it has just changed.
KEPT_SECONDS = 0

SEARCH_ENGINE = "memory"
