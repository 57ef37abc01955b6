"""The addresses of the room in the API."""

from itertools import chain

from django.urls import include, path

from jira_integration.api import access, foreseeing, links, percentages, runs, sites, switch, why

MODULES = (access, foreseeing, links, percentages, runs, sites, switch, why)
of_the_room = chain.from_iterable(each.addresses for each in MODULES)
urlpatterns = [path("api/v1/", include(([*of_the_room], "jira_api")))]
