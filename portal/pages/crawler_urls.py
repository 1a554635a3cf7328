"""Addresses for search engines; they have no language."""

from django.urls import path

from portal.pages.views.crawlers import robots, sitemap, sitemap_index

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<section>.xml", sitemap, name="sitemap"),
]
