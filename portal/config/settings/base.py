"""Settings that every run mode shares. Modes are switched by the environment only (see env.py).

Small: SQLite, database cache, local files, one command. City: PostgreSQL, Redis, S3, N processes.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from portal.config.env import BASE_DIR, env
from portal.config.logging import logging_settings

# Everything the product writes on this machine lies below this folder.
VAR_DIR = Path(env("YISHI_VAR", default="") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
# Former keys, newest first: what they signed (sessions, links in mails) holds until it ends by itself.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
BASE_URL = env("BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "portal.config",
    "portal.accounts",
    "portal.journal",
    "portal.pages",
    "portal.ui",
    "portal.workdays",
    "portal.files",
    "portal.opendata",
    "portal.live",
    "portal.notifications",
    "portal.answers",
    "search",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.accounts.wagtail_users.WagtailUsersConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.ui.security.PolicyByPart",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.ui.maintenance.Maintenance",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.ui.languages.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.ui.refusals.Refusals",
    "portal.accounts.middleware.ActorMiddleware",
    "portal.accounts.middleware.StaffMiddleware",
    "portal.accounts.middleware.DeviceMiddleware",
    "portal.accounts.middleware.TooManyTriesMiddleware",
    "portal.config.logging.RequestLog",
    "portal.live.middleware.WakeMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.config.urls"
WSGI_APPLICATION = "portal.config.wsgi.application"
ASGI_APPLICATION = "portal.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.shell.shell",
                "portal.notifications.context.inbox",
            ],
        },
    },
]
FORM_RENDERER = "portal.ui.widgets.Renderer"

# --- Database -------------------------------------------------------------------------------
# A submission needs the database and nothing else, so durability is set here, not hoped for:
# synchronous FULL lets a receipt survive power loss, IMMEDIATE takes the write lock at BEGIN
# instead of failing half-way.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'yishi.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # No query here runs long enough to be worth compiling (it costs 50 to 150 ms), and what an index
    # finds among a million rows shall fit into memory row by row.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off -c work_mem=16MB"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache ----------------------------------------------------------------------------------
# The default cache holds the limits on tries: it is the database in every mode, so that they
# hold when Redis is away. Redis only wakes the live hub earlier.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "KEY_FUNCTION": "portal.accounts.caching.sealed_key",
        # Expired entries are deleted by a tick; culling would throw away live counters.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # What is the same for everybody, for seconds, in each process by itself.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # A page reads the renditions of all its pictures in one query; the default cache would write at every reading.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
REDIS_URL = env("REDIS_URL", default="")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_SERIALIZER = "portal.accounts.sessions.SealedSerializer"

# --- Logs -----------------------------------------------------------------------------------
LOG_DIR = VAR_DIR / "logs"
LOG_LEVEL = env("LOG_LEVEL", default="INFO")
LOGGING = logging_settings(level=LOG_LEVEL)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
# One line per request, when it is done.
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO

# --- Clock ----------------------------------------------------------------------------------
CLOCK = "portal.config.clocks.DatabaseClock"
CLOCK_MAY_BE_MOVED = False
CLOCK_OFFSET_FILE = VAR_DIR / "clock-offset.json"

# --- Background -----------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Languages ------------------------------------------------------------------------------
# Chinese is the source language: message ids are what stands on screen (docs/decisions).
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Accounts -------------------------------------------------------------------------------
AUTH_USER_MODEL = "portal_accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "portal.accounts.auth.GrantBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Long, not common, not one's own name; no rules about digits and signs (ASVS 5.0, 6.2).
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# One field for both on screen, and the password later: see portal/accounts/forms/entrance.py.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.entrance.LoginForm",
    "signup": "portal.accounts.forms.entrance.SignupForm",
    "request_login_code": "portal.accounts.forms.entrance.RequestLoginCodeForm",
    "confirm_login_code": "portal.accounts.forms.entrance.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "portal.accounts.forms.entrance.ConfirmEmailForm",
    "verify_phone": "portal.accounts.forms.entrance.ConfirmPhoneForm",
    "confirm_password_reset_code": "portal.accounts.forms.entrance.ConfirmPasswordResetForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# Per network address generously (a carrier's gateway is one address), per account strictly.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "30/m/ip,1/30s/key,5/h/key",
    "signup": "20/m/ip,100/h/ip",
    "verify_phone": "30/m/ip,1/30s/key,5/h/key",
    "confirm_email": "1/10s/key,10/h/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "change_phone": "5/h/user",
    "manage_email": "10/m/user",
}
MFA_ADAPTER = "portal.accounts.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "portal.accounts.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.passkeys.RenamePasskeyForm",
    "login_webauthn": "portal.accounts.forms.passkeys.EnterByPasskeyForm",
    "authenticate_webauthn": "portal.accounts.forms.passkeys.SecondStepByPasskeyForm",
    "reauthenticate_webauthn": "portal.accounts.forms.passkeys.ConfirmByPasskeyForm",
}
# An office is one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# By it a browser is recognised at sign-in (portal/accounts/devices.py).
DEVICE_COOKIE_NAME = "device"
STAFF_MFA_REQUIRED = True
STAFF_SESSION_IDLE = timedelta(minutes=30)
STAFF_SESSION_MAX = timedelta(hours=12)
# How many of our own proxies append to X-Forwarded-For; 0: the header is not looked at.
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# --- The working calendar -------------------------------------------------------------------
# From when on next year's notice is waited for, and from when it is needed (month, day). Source: the
# notices for 2020 to 2026 came between 25 October and 8 December; a question asked on or after about
# 23 December needs the next year, and a week is left for two people to load it. The days are ours.
WORKDAYS_ALARM = {"due": (10, 1), "urgent": (12, 15)}

# --- The question desk ----------------------------------------------------------------------
# Whether somebody without an account must leave a mobile number or e-mail address and prove it.
ANSWERS_CONTACT_NEEDED = env.bool("ANSWERS_CONTACT_NEEDED", default=True)
# An emergency: a lead within, the first word to the public within (source: Ningbo's rule on online
# spokespersons as reported in the press, 2011: four hours), the next word within. The other two are ours.
ANSWERS_EMERGENCY = {
    "lead": timedelta(minutes=30),
    "statement": timedelta(hours=4),
    "update": timedelta(hours=24),
}
# Call-backs by the centre among those who gave no rating. every: "month" or "week". per_office: with
# five a month, where every second asker is reached, an office has thirty results a year, from which on
# figures are compared; for 300 offices it is 70 calls a working day. attempts: at different times, that many
# hours apart at least. working_days: from the draw on, as many as askers have to rate; after that the rest is
# counted as not called. hold: whoever has seen a number has so long to themselves. All are our proposals.
ANSWERS_CALL_BACKS: dict[str, Any] = {
    "every": "month",
    "per_office": 5,
    "attempts": 3,
    "apart": timedelta(hours=4),
    "working_days": 10,
    "hold": timedelta(minutes=20),
}
# The satisfaction half of the yearly assessment: points that it is worth, and from how many verdicts (of both
# sources) on it is given: as many as for a rank. Both are ours; the formula is in portal/answers/rules/assessment.py.
ANSWERS_ASSESSMENT = {"points": 50, "from": 30}
# When several ask about the same: how many independent askers, within how long. Our proposal.
ANSWERS_HOT_TOPIC = (3, timedelta(hours=24))
# Zero bits of the proof of work: 14 take a telephone about a second. Without it the limits are tighter.
ANSWERS_PROOF_BITS = 14
# How often: (tries, within). Per network address generously (a carrier's gateway is one address),
# per account, contact and question strictly.
ANSWERS_LIMITS = {
    "start": (120, timedelta(hours=1)),
    "similar": (300, timedelta(hours=1)),
    "submit": (60, timedelta(hours=1)),
    "submit_unproven": (20, timedelta(hours=1)),
    "submit_account": (20, timedelta(days=1)),
    "upload": (100, timedelta(hours=1)),
    "code_client": (30, timedelta(hours=1)),
    "code_contact": (4, timedelta(minutes=20)),
    "track": (30, timedelta(minutes=10)),
    "lost_client": (20, timedelta(hours=1)),
    "lost_question": (4, timedelta(hours=1)),
    "queue_export": (20, timedelta(hours=1)),
    "assessment_export": (20, timedelta(hours=1)),
    "export": (5, timedelta(hours=1)),
}

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
# Where the proxy has PRIVATE_ROOT as an internal location ("/_private/"); empty: Django sends the bytes.
PRIVATE_ACCEL_PREFIX = env("PRIVATE_ACCEL_PREFIX", default="")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portal.files.storage.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Keys for personal data at rest ---------------------------------------------------------
# Comma separated, newest first: the first encrypts, all decrypt (rotation).
DATA_KEYS = env.list("DATA_KEYS", default=[])
INDEX_KEY = env("INDEX_KEY", default="")

# --- Mail -----------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="noreply@localhost")

# --- SMS ------------------------------------------------------------------------------------
# console, file, webhook; outbox in the demo (portal/notifications/sms).
SMS_BACKEND = env("SMS_BACKEND", default="console")
SMS_FILE = Path(env("SMS_FILE", default=str(VAR_DIR / "sms.jsonl")))
SMS_WEBHOOK_URL = env("SMS_WEBHOOK_URL", default="")
SMS_WEBHOOK_SECRET = env("SMS_WEBHOOK_SECRET", default="")
# The demo's mails and SMS, one file each; its page is /outbox/.
OUTBOX_DIR = VAR_DIR / "outbox"

# --- Notices --------------------------------------------------------------------------------
# From when until when residents get no e-mail or text message that can wait, unless they choose
# otherwise (local time); empty: at any hour. Our proposal.
NOTICES_QUIET_HOURS = env("NOTICES_QUIET_HOURS", default="22:00-07:30")

# --- Search ---------------------------------------------------------------------------------
# The public search's engine. "embedded" keeps its index in a folder on this machine, "memory" is for tests,
# "elasticsearch" asks a server (docs/how-to/elasticsearch.md).
SEARCH_ENGINE = env("SEARCH_ENGINE", default="embedded")
SEARCH_FOLDER = VAR_DIR / "search"
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
# The file of an authority of one's own; empty: those that the system trusts.
ELASTICSEARCH_CA_CERTS = env("ELASTICSEARCH_CA_CERTS", default="")
# Of the names of its indexes: a key may be limited to `portal-*`.
ELASTICSEARCH_PREFIX = env("ELASTICSEARCH_PREFIX", default="portal-")
# For how many days it is kept how often something was looked for: a year, to compare it with the year before.
SEARCH_COUNTS_KEPT_DAYS = env.int("SEARCH_COUNTS_KEPT_DAYS", default=400)

# --- Wagtail --------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "议事"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.admin_search"}}
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
# The approval by a second person is what publishes (docs/how-to/edit-pages.md).
WAGTAIL_FINISH_WORKFLOW_ACTION = "portal.pages.editing.releasing.release"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Every date is the local one of the place (portal/kernel/clock.py): nobody chooses another.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# Documents are shown by Wagtail's view only, which asks whether their collection is private.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]

# --- The public face ------------------------------------------------------------------------
# Who runs the site, where nobody has entered it in the back office. The formats are checked at start
# (portal/kernel/identity.py); what the law asks a government site to show and is blank here is a warning
# of `check --deploy`.
SITE_IDENTITY = {
    "name": env("SITE_NAME", default="议事"),
    "name_en": env("SITE_NAME_EN", default="Yishi"),
    "place": env("SITE_PLACE", default=""),
    "place_en": env("SITE_PLACE_EN", default=""),
    "owner": env("SITE_OWNER", default=""),
    "owner_en": env("SITE_OWNER_EN", default=""),
    "operator": env("SITE_OPERATOR", default=""),
    "operator_en": env("SITE_OPERATOR_EN", default=""),
    "site_code": env("SITE_CODE", default=""),
    "icp": env("SITE_ICP", default=""),
    "police": env("SITE_POLICE", default=""),
    "badge_address": env("SITE_BADGE_ADDRESS", default=""),
    "ipv6": env.bool("SITE_IPV6", default=False),
    "phone": env("SITE_PHONE", default=""),
    "hotline": env("SITE_HOTLINE", default="12345"),
    "email": env("SITE_EMAIL", default=""),
    "mistakes_address": env("SITE_MISTAKES_ADDRESS", default=""),
    "address": env("SITE_ADDRESS", default=""),
    "address_en": env("SITE_ADDRESS_EN", default=""),
}
# For how many seconds parts of pages are kept in memory, those that are the same for everybody.
KEPT_SECONDS = 5
# Hosts to which links lead without a word, by their ends: other government sites.
FAMILIAR_HOSTS = env.list("FAMILIAR_HOSTS", default=[".gov.cn"])
# On what terms the open data may be used.
OPEN_DATA_LICENCE = {
    "name": env("OPEN_DATA_LICENCE", default="CC BY 4.0"),
    "url": env("OPEN_DATA_LICENCE_URL", default="https://creativecommons.org/licenses/by/4.0/"),
}
# The map of service centres. Blank: none, and the list says it all. Else where its pictures come from, a template
# with {z}, {x} and {y}, of a host that draws by WGS-84 or CGCS2000; the names on it where they are a layer of their
# own; whom to name below it and where that leads; the closest zoom that has pictures (docs/how-to/map.md).
MAP_TILE_URL = env("MAP_TILE_URL", default="")
MAP_LABELS_URL = env("MAP_LABELS_URL", default="")
MAP_ATTRIBUTION = env("MAP_ATTRIBUTION", default="")
MAP_ATTRIBUTION_URL = env("MAP_ATTRIBUTION_URL", default="")
MAP_MAX_ZOOM = env.int("MAP_MAX_ZOOM", default=18)
# While this file is there, everything but the liveness probe answers 503 and shows the file's text.
MAINTENANCE_FILE = VAR_DIR / "maintenance"

# --- Web security ---------------------------------------------------------------------------
# No inline script or style, no foreign host. Images may be data: the QR code of the second factor.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
# The Wagtail admin brings inline scripts and styles and shows previews in a frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-ancestors": ["'self'"],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
CSRF_FAILURE_VIEW = "portal.ui.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
