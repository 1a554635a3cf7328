"""Public addresses."""

from django.urls import path

from portal.accounts.views.account import account
from portal.accounts.views.invitation import invitation

app_name = "accounts"

urlpatterns = [
    path("account/", account, name="account"),
    path("invitations/<str:token>/", invitation, name="invitation"),
]
