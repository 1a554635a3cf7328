"""Addresses of the back office's pages about offices, below /admin/offices/."""

from django.urls import path

from portal.accounts.views import appointments, offices

app_name = "offices"

urlpatterns = [
    path("", offices.OfficeList.as_view(), name="list"),
    path("new/", offices.NewOfficeView.as_view(), name="new_top"),
    path("<uuid:office_id>/", offices.OfficePage.as_view(), name="office"),
    path("<uuid:office_id>/new/", offices.NewOfficeView.as_view(), name="new"),
    path("<uuid:office_id>/settings/", offices.OfficeSettingsView.as_view(), name="settings"),
    path("<uuid:office_id>/invite/", appointments.InviteView.as_view(), name="invite"),
    path(
        "<uuid:office_id>/invitations/<uuid:invitation_id>/withdraw/",
        appointments.WithdrawView.as_view(),
        name="withdraw",
    ),
    path(
        "<uuid:office_id>/appointments/<uuid:appointment_id>/stand-in/",
        appointments.StandInView.as_view(),
        name="stand_in",
    ),
    path(
        "<uuid:office_id>/appointments/<uuid:appointment_id>/stand-in/end/",
        appointments.EndStandInView.as_view(),
        name="end_stand_in",
    ),
    path(
        "<uuid:office_id>/appointments/<uuid:appointment_id>/end/",
        appointments.EndAppointmentView.as_view(),
        name="end",
    ),
]
