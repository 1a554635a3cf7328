"""Addresses for machines; in no language."""

from django.urls import path

from portal.notifications.views import reports

urlpatterns = [path("reports/", reports.sms_reports, name="sms_reports")]
