"""The API of what people do around objectives and key results: as on the pages."""

from okr.models import Closure, KeyResult
from tests.okr.matrix.areas.cycles import REVIEWERS, closed_objective
from tests.okr.matrix.areas.objectives import speakers
from tests.okr.matrix.areas.talk import WRITER, WRITER_OR_ADMIN
from tests.okr.matrix.declaring import (
    EDITORS,
    EVERYBODY,
    IN,
    OWNER,
    READERS,
    UNSEEN,
    Audience,
    api,
)

# Whoever may take it back finds that it is not assigned
NOT_YET: Audience = lambda role, secret: (  # noqa: E731  one of the words
    UNSEEN if EDITORS(role, secret) == IN else EDITORS(role, secret)
)
ROUTES = {
    "api:closure": api("POST DELETE", EDITORS, deleting=REVIEWERS, pk="wordless_objective"),
    "api:reviews": api("GET POST", READERS, REVIEWERS, pk="objective"),
    "api:approval": api("GET POST", READERS, EDITORS, pk="objective"),
    "api:approvals": api("GET", EVERYBODY),
    "api:assignment": api("POST DELETE", EDITORS, deleting=NOT_YET, pk="key_result"),
    "api:weights": api("POST", EDITORS, pk="objective"),
    "api:completion": api("POST DELETE", EDITORS, pk="key_result", milestone="milestone"),
    "api:confirmation": api("POST", EDITORS, pk="key_result"),
    "api:all_check_ins": api("GET", EVERYBODY),
    "api:check_in": api("GET", READERS, pk="check_in"),
    "api:correction": api("POST", speakers, pk="check_in"),
    "api:check_in_queue": api("GET", EVERYBODY),
    "api:objective_comments": api("GET POST", READERS, pk="objective"),
    "api:objective_follow": api("GET POST DELETE", READERS, pk="objective"),
    "api:key_result_comments": api("GET POST", READERS, pk="key_result"),
    "api:key_result_follow": api("GET POST DELETE", READERS, pk="key_result"),
    "api:comment": api("GET PATCH DELETE", READERS, WRITER, WRITER_OR_ADMIN, pk="comment"),
    "api:notifications": api("GET", EVERYBODY),
    "api:notification_read": api("POST DELETE", OWNER, pk="notification"),
    "api:notifications_read": api("POST", EVERYBODY),
}


def wordless_objective(key_result: KeyResult) -> int:
    """Closed along with something else: it can be closed with words, and reopened."""
    closed = closed_objective(key_result)
    Closure.objects.filter(objective=closed).update(retrospective="")
    return closed


NOUNS = {"wordless_objective": wordless_objective}
