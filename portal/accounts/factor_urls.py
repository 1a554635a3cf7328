"""Addresses below accounts/ that stand before allauth's own of the same name."""

from django.urls import path

from portal.accounts.views import factors

urlpatterns = [
    path("2fa/totp/deactivate/", factors.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/webauthn/keys/<int:pk>/remove/", factors.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/webauthn/reauthenticate/", factors.confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/login/", factors.enter_by_passkey, name="mfa_login_webauthn"),
]
