"""What webhooks can be told of, by the names that other programs know."""

from django.db import models

OBJECTIVES, KEY_RESULTS = "Objectives", "Key results"
GROUPS = {
    "objective": OBJECTIVES,
    "review": OBJECTIVES,
    "key_result": KEY_RESULTS,
    "check_in": KEY_RESULTS,
    "comment": "Comments",
    "cycle": "Cycles",
    "unit": "Organizational Units",
    "person": "People",
}
"""Under which heading an admin finds those of a noun."""


class Happens(models.TextChoices):
    OBJECTIVE_ADDED = "objective.added", "An objective is added"
    OBJECTIVE_CHANGED = "objective.changed", "An objective is changed"
    OBJECTIVE_DELETED = "objective.deleted", "An objective is deleted"
    OBJECTIVE_CLOSED = "objective.closed", "An objective is closed"
    OBJECTIVE_REOPENED = "objective.reopened", "An objective is reopened"
    OBJECTIVE_SUBMITTED = "objective.submitted", "An objective is sent for approval"
    OBJECTIVE_APPROVED = "objective.approved", "An objective is approved"
    OBJECTIVE_SENT_BACK = "objective.sent_back", "An objective is sent back"
    REVIEW_GIVEN = "review.given", "Somebody reviews an objective"
    KEY_RESULT_ADDED = "key_result.added", "A key result is added"
    KEY_RESULT_CHANGED = "key_result.changed", "A key result is changed"
    KEY_RESULT_DELETED = "key_result.deleted", "A key result is deleted"
    KEY_RESULT_MEASURED = "key_result.measured", "A number moves without a check-in"
    CHECK_IN_ADDED = "check_in.added", "Somebody checks in"
    COMMENT_ADDED = "comment.added", "Somebody comments"
    COMMENT_CHANGED = "comment.changed", "A comment is changed"
    COMMENT_DELETED = "comment.deleted", "A comment is deleted"
    CYCLE_ADDED = "cycle.added", "A cycle is added"
    CYCLE_CHANGED = "cycle.changed", "A cycle is changed"
    CYCLE_DELETED = "cycle.deleted", "A cycle is deleted"
    CYCLE_CLOSED = "cycle.closed", "A cycle is closed"
    CYCLE_REOPENED = "cycle.reopened", "A cycle is reopened"
    UNIT_ADDED = "unit.added", "A unit is added"
    UNIT_CHANGED = "unit.changed", "A unit is changed"
    UNIT_DELETED = "unit.deleted", "A unit is deleted"
    PERSON_ADDED = "person.added", "A person is added"
    PERSON_CHANGED = "person.changed", "A person is changed"
    PERSON_LEFT = "person.left", "A person is deactivated"
    PERSON_RETURNED = "person.returned", "A person is reactivated"

    @property
    def group(self) -> str:
        return GROUPS[self.value.split(".")[0]]
