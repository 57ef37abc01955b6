"""The API of what may be chosen and begun from: as the forms offer it."""

from tests.okr.matrix.areas.library import unless_confidential
from tests.okr.matrix.declaring import EDITORS, EVERYBODY, READERS, api

ROUTES = {
    "api:templates": api("GET", EVERYBODY),
    "api:template": api("GET", EVERYBODY, key="template_key"),
    "api:template_begin": api("POST", EVERYBODY, key="template_key"),
    "api:template_save_as": api("POST", unless_confidential, pk="objective"),
    "api:possible_parents": api("GET", EDITORS, pk="objective"),
    "api:objective_mentionable": api("GET", READERS, pk="objective"),
    "api:key_result_mentionable": api("GET", READERS, pk="key_result"),
    "api:possible_supports": api("GET", EDITORS, pk="objective"),
}
