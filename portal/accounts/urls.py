"""Public addresses."""

from django.urls import path

from portal.accounts.views import devices, personal
from portal.accounts.views.account import account
from portal.accounts.views.invitation import invitation

app_name = "accounts"

urlpatterns = [
    path("account/", account, name="account"),
    path("account/export/", personal.export, name="export"),
    path("account/delete/", personal.delete, name="delete"),
    path("account/deleted/", personal.deleted, name="deleted"),
    path("account/devices/", devices.devices, name="devices"),
    path("account/devices/end-others/", devices.end_others, name="end_other_devices"),
    path("account/devices/<uuid:device_id>/end/", devices.end_one, name="end_device"),
    path("invitations/<str:token>/", invitation, name="invitation"),
]
