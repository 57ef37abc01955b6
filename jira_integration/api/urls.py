"""The addresses of the room in the API."""

from itertools import chain

from django.urls import include, path

from jira_integration.api import foreseeing, links, why

of_the_room = [foreseeing.addresses, links.addresses, why.addresses]
urlpatterns = [path("api/v1/", include(([*chain.from_iterable(of_the_room)], "jira_api")))]
