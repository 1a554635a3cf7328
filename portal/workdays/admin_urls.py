"""Addresses of the staff's pages about the calendar, below /admin/calendar/."""

from django.urls import path

from portal.workdays.views import proposing, versions

app_name = "workdays"

urlpatterns = [
    path("", versions.version_list, name="versions"),
    path("national/", proposing.paste, name="national"),
    path("local/", proposing.enter_local, name="local"),
    path("review/", proposing.review, name="review"),
    path("<int:version_id>/", versions.version_page, name="version"),
    path("<int:version_id>/<str:step>/", versions.decide, name="decide"),
]
