"""The addresses of the room in the API."""

from itertools import chain

from django.urls import include, path

from confluence.api import connection, evidence, published, readings, search, spaces, switches

MODULES = (connection, evidence, published, readings, search, spaces, switches)
of_the_room = chain.from_iterable(each.addresses for each in MODULES)
urlpatterns = [path("api/v1/", include(([*of_the_room], "confluence_api")))]
