"""The addresses of the room in the API."""

from itertools import chain

from django.urls import include, path

from jira_integration.api import (
    access,
    creating,
    events,
    foreseeing,
    history,
    into,
    left_out,
    links,
    measure,
    people,
    percentages,
    projects,
    rights,
    runs,
    sites,
    successors,
    switch,
    troubles,
    why,
)

MODULES = (
    access,
    creating,
    events,
    foreseeing,
    history,
    into,
    left_out,
    links,
    measure,
    people,
    percentages,
    projects,
    rights,
    runs,
    sites,
    successors,
    switch,
    troubles,
    why,
)
of_the_room = chain.from_iterable(each.addresses for each in MODULES)
urlpatterns = [path("api/v1/", include(([*of_the_room], "jira_api")))]
