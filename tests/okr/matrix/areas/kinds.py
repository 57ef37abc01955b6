"""What belongs to key results that are not a mere number."""

from datetime import date

from okr.models import KeyResult, Milestone
from tests.okr.matrix.declaring import EDITORS, route

ROUTES = {
    "okr:milestone": route("POST", EDITORS, pk="key_result", milestone="milestone"),
}


def a_milestone(key_result: KeyResult) -> int:
    due_on = date(2026, 5, 1)
    milestone = Milestone.objects.create(key_result=key_result, title="Signed", due_on=due_on)
    return int(milestone.pk)


NOUNS = {"milestone": a_milestone}
