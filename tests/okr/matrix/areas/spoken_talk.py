"""The API of what people do around objectives and key results: as on the pages."""

from okr.models import Closure, KeyResult
from tests.okr.matrix.areas.cycles import REVIEWERS, closed_objective
from tests.okr.matrix.declaring import EDITORS, EVERYBODY, READERS, api

ROUTES = {
    "api:closure": api("POST DELETE", EDITORS, deleting=REVIEWERS, pk="wordless_objective"),
    "api:reviews": api("GET POST", READERS, REVIEWERS, pk="objective"),
    "api:approval": api("GET POST", READERS, EDITORS, pk="objective"),
    "api:approvals": api("GET", EVERYBODY),
}


def wordless_objective(key_result: KeyResult) -> int:
    """Closed along with something else: it can be closed with words, and reopened."""
    closed = closed_objective(key_result)
    Closure.objects.filter(objective=closed).update(retrospective="")
    return closed


NOUNS = {"wordless_objective": wordless_objective}
