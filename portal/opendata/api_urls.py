"""Addresses of the JSON interface: the same in every language."""

from django.urls import path

from portal.opendata.api import make_api

urlpatterns = [path("api/v1/", make_api().urls)]
