"""The addresses that a directory is given: all below /scim/v2."""

from django.urls import include, path

from okr.scim.discovery import (
    Configuration,
    Nowhere,
    OneResourceType,
    OneSchema,
    ResourceTypes,
    Schemas,
    SearchAll,
)
from okr.scim.views import Groups, OneGroup, OneUser, SearchGroups, SearchUsers, Users

v2 = [
    path("ServiceProviderConfig", Configuration.as_view(), name="configuration"),
    path("ResourceTypes", ResourceTypes.as_view(), name="resource_types"),
    path("ResourceTypes/<str:name>", OneResourceType.as_view(), name="resource_type"),
    path("Schemas", Schemas.as_view(), name="schemas"),
    path("Schemas/<str:name>", OneSchema.as_view(), name="schema"),
    path("Users", Users.as_view(), name="users"),
    path("Users/.search", SearchUsers.as_view(), name="search_users"),
    path("Users/<int:pk>", OneUser.as_view(), name="user"),
    path("Groups", Groups.as_view(), name="groups"),
    path("Groups/.search", SearchGroups.as_view(), name="search_groups"),
    path("Groups/<int:pk>", OneGroup.as_view(), name="group"),
    path(".search", SearchAll.as_view(), name="search"),
    path("<path:rest>", Nowhere.as_view(), name="nowhere"),
]
urlpatterns = [path("scim/v2/", include((v2, "scim")))]
