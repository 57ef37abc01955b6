"""The API describes itself: every address, what it takes, and what it refuses."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from rest_framework import serializers

from okr.api.endpoint import Endpoint

URL = "/api/v1/openapi.json"


@pytest.fixture
def told(db):
    response = Client().get(URL)
    assert response.status_code == 200
    return response.json()


def test_it_is_openapi_3_1_and_open_to_everybody(told):
    assert told["openapi"] == "3.1.0"
    assert told["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}


def test_it_is_sound_and_made_without_a_warning(db):
    """Raises or ends the program where it is not."""
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_numbers_with_decimals_are_taken_as_they_are_described():
    bodies = {view.body for view in subclasses(Endpoint) if hasattr(view, "body")}
    for body in bodies:
        for name, field in body().fields.items():
            assert type(field) is not serializers.DecimalField, f"{body.__name__}.{name}: Amount"


def subclasses(kind: type) -> set[type]:
    below: set[type] = set(kind.__subclasses__())
    return below.union(*map(subclasses, below))


def test_every_operation_has_a_heading_a_summary_and_its_refusals(told):
    operations = [
        (path, method, operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    assert operations
    for path, method, operation in operations:
        assert operation["summary"], (path, method)
        assert operation["tags"] != [""], (path, method)
        assert {"400", "401", "403"} <= operation["responses"].keys(), (path, method)
        refusal = operation["responses"]["401"]["content"]
        assert refusal == {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        }


def test_changes_ask_for_the_version_and_creations_take_a_key(told):
    change = told["paths"]["/api/v1/objectives/{id}/"]["patch"]
    assert {"name": "If-Match", "required": True} in [
        {"name": each["name"], "required": each.get("required", False)}
        for each in change["parameters"]
    ]
    creation = told["paths"]["/api/v1/objectives/"]["post"]
    assert "Idempotency-Key" in [each["name"] for each in creation["parameters"]]


def test_an_integration_is_described_where_it_is_in_the_house(told, settings):
    described = [path for path in told["paths"] if "/jira/" in path]
    assert bool(described) == ("jira_integration" in settings.INTEGRATIONS)
