"""Addresses of the public face itself."""

from django.urls import path

from portal.ui import views

urlpatterns = [
    path("display/", views.display, name="ui_display"),
    path("leave/", views.leave, name="ui_leave"),
    path("style-guide/", views.style_guide, name="ui_style_guide"),
]
