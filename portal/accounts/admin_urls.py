"""Addresses that stand in front of Wagtail's own of the same name."""

from allauth.account.views import logout
from django.urls import path
from wagtail.admin.auth import require_admin_access

from portal.accounts.views.back_office import PreferencesView, enter

urlpatterns = [
    path("login/", enter),
    path("logout/", logout),
    path("account/", require_admin_access(PreferencesView.as_view())),
]
