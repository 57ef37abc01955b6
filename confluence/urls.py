"""Where the pages of the Confluence room are."""

from django.urls import include, path

from confluence import urls_publishing
from confluence.views import evidence, integration

app_name = "confluence"
of_admins = [
    path("", integration.page, name="integration"),
    path("connect/", integration.connect, name="connect"),
    path("address/", integration.address, name="address"),
    path("test/", integration.try_saved, name="test"),
    path("read-now/", integration.read_now, name="read_now"),
    path("remove/", integration.remove, name="remove"),
    path("switch/<str:name>/", integration.switch, name="switch"),
]
of_a_key_result = [
    path("", evidence.attach, name="attach"),
    path("search/", evidence.search, name="search"),
]
of_a_check_in = [
    path("", evidence.attach_to_check_in, name="attach_to_check_in"),
    path("search/", evidence.search_for_check_in, name="search_for_check_in"),
]
urlpatterns = [
    path("okr-admin/integration/confluence/", include([*of_admins, *urls_publishing.of_admins])),
    path("confluence/", include(urls_publishing.of_publishers)),
    path("key-results/<int:pk>/confluence/", include(of_a_key_result)),
    path("check-ins/<int:pk>/confluence/", include(of_a_check_in)),
    path("key-results/confluence/<int:pk>/remove/", evidence.remove, name="remove_evidence"),
]
