"""Addresses that stand in front of Wagtail's own of the same name."""

from allauth.account.views import logout
from django.urls import path
from wagtail.admin.auth import require_admin_access

from portal.accounts.views.back_office import PreferencesView, enter, own_account

urlpatterns = [
    path("login/", enter, name="admin_login"),
    path("logout/", logout, name="admin_logout"),
    path("account/", own_account, name="admin_account"),
    path("preferences/", require_admin_access(PreferencesView.as_view()), name="admin_preferences"),
]
