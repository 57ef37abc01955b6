"""A directory and its tokens: OKR admins make them, and nothing but they opens its addresses."""

from django.utils import timezone

from okr.models import DirectoryToken, KeyResult
from tests.okr.matrix.declaring import ADMINS, NOBODY, api, route

ROUTES = {
    "okr:provisioning": route("GET POST", ADMINS),
    "okr:provisioning_revoke": route("GET POST", ADMINS, pk="directory_token"),
    "scim:configuration": api("GET", NOBODY),
    "scim:resource_types": api("GET", NOBODY),
    "scim:resource_type": api("GET", NOBODY, name="any_name"),
    "scim:schemas": api("GET", NOBODY),
    "scim:schema": api("GET", NOBODY, name="any_name"),
    "scim:users": api("GET POST", NOBODY),
    "scim:search_users": api("POST", NOBODY),
    "scim:user": api("GET PUT PATCH DELETE", NOBODY, pk="person"),
    "scim:groups": api("GET POST", NOBODY),
    "scim:search_groups": api("POST", NOBODY),
    "scim:group": api("GET PUT PATCH DELETE", NOBODY, pk="unit"),
    "scim:search": api("POST", NOBODY),
    "scim:nowhere": api("GET", NOBODY, rest="any_name"),
}


def directory_token_of(key_result: KeyResult) -> int:
    by, at = key_result.owner, timezone.now()
    return DirectoryToken.objects.issue("Entra ID", by=by, at=at)[0].pk


NOUNS = {"directory_token": directory_token_of, "any_name": lambda _: "User"}
