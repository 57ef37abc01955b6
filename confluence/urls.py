"""Where the pages of the Confluence room are."""

from django.urls import URLPattern

app_name = "confluence"
urlpatterns: list[URLPattern] = []
