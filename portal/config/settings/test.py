"""Settings of the suite. The database comes from DATABASE_URL: a SQLite file or PostgreSQL."""

from portal.config.settings.base import *  # noqa: F403
from portal.config.settings.base import DATABASES, STORAGES, VAR_DIR

DEMO = False
SECRET_KEY = "test-only-" + "0" * 50
DATA_KEYS = ["dGVzdC1vbmx5LWtleS10ZXN0LW9ubHkta2V5LTEyMzQ="]
INDEX_KEY = "test-only-index-key"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CLOCK = "portal.config.clocks.MovableClock"
CLOCK_MAY_BE_MOVED = True
CLOCK_OFFSET_FILE = VAR_DIR / "test" / "clock-offset.json"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: parallel clients must meet the locking that users meet.
    VAR_DIR.joinpath("test").mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test" / "suite.sqlite3")}
