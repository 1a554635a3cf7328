"""A second process that hands over what is due: ``python -m tests.portal.notifications.deliver_once PORT``."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 — needs the settings loaded above

from portal.notifications.delivery import deliver  # noqa: E402
from tests.factories import notifications  # noqa: E402, F401 — registers the kinds

settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
deliver()
