"""The addresses of the room in the API."""

from itertools import chain

from django.urls import include, path

from atlassian_accounts.api import accounts, organizations, readings, removals, switch

MODULES = (accounts, organizations, readings, removals, switch)
of_the_room = chain.from_iterable(each.addresses for each in MODULES)
urlpatterns = [path("api/v1/", include(([*of_the_room], "accounts_api")))]
