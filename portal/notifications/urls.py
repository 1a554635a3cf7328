"""Public addresses."""

from django.urls import path

from portal.notifications.views import inbox, outbox, preferences, stopping

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/<int:notice_id>/", inbox.open_notice, name="inbox_open"),
    path("inbox/<int:notice_id>/read/", inbox.read_notice, name="inbox_read"),
    path("account/notices/", preferences.settings_page, name="notice_settings"),
    path("notices/stop/<str:letter>/", stopping.stop, name="notice_stop"),
    path("outbox/", outbox.outbox_page, name="outbox"),
]
