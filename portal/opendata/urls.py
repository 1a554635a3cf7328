"""Addresses of the open data's pages and files."""

from django.urls import path

from portal.opendata import views

app_name = "opendata"

urlpatterns = [
    path("open-data/", views.listing, name="list"),
    path("open-data/<slug:name>/", views.about, name="dataset"),
    path("open-data/<slug:name>.csv", views.csv_file, name="csv"),
]
