"""Addresses of the pages' side; ``/live/events`` is routed before Django (see `asgi`)."""

from django.urls import path

from portal.live import views

app_name = "live"

urlpatterns = [path("poll", views.poll, name="poll")]
