"""Addresses of files: one, which asks every time."""

from django.urls import path

from portal.files import views

app_name = "files"

urlpatterns = [path("<uuid:upload_id>/", views.download, name="download")]
