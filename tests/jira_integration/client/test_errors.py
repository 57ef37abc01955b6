"""What only Jira answers stands in the common tree, under codes that no other failure has."""

import pickle

from atlassian.client import errors as common
from jira_integration.client import JiraError, NothingVisible, NotJira

OWN = (NotJira(host="acme.example"), NothingVisible(account="Acme Bot"))


def test_what_only_jira_answers_is_caught_as_every_other_failure() -> None:
    assert all(isinstance(error, JiraError) for error in OWN)
    assert isinstance(OWN[0], common.StrangeServer)


def test_no_other_failure_has_the_same_code() -> None:
    kinds = {kind for kind in vars(common).values() if isinstance(kind, type)}
    shared = {kind.code for kind in kinds if issubclass(kind, common.AtlassianError)}
    assert shared.isdisjoint(error.code for error in OWN)


def test_they_too_survive_being_carried_around() -> None:
    for error in OWN:
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301
        assert (type(twin), vars(twin)) == (type(error), vars(error))
