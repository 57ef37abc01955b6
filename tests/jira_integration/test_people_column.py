"""The list of people says who may link Jira issues."""

import pytest

from jira_integration.models import IntegrationSettings
from jira_integration.people_column import column
from okr.models import Person
from tests.cast import signed_in


@pytest.fixture
def settings_on(db):
    settings = IntegrationSettings.load()
    settings.turn_on()
    return settings


def test_nothing_is_said_while_the_switch_is_off(olga):
    assert column([olga]) is None
    assert "Jira access" not in signed_in(olga).get("/okr-admin/people/").content.decode()


def test_everybody_or_only_the_selected_have_access(settings_on, olga, ada, ben):
    assert column([ada, ben]).words == {ada.pk: "Yes", ben.pk: "Yes"}
    settings_on.allow_only(Person.objects.filter(pk=ada.pk))
    assert column([ada, ben]).words == {ada.pk: "Yes", ben.pk: "No"}
    assert "Jira access" in signed_in(olga).get("/okr-admin/people/").content.decode()


def test_who_left_has_none(settings_on, ben):
    ben.is_active = False
    assert column([ben]).words == {ben.pk: "No"}
