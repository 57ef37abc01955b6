"""A slip of the pen at the demo company, corrected by whoever made it."""

from datetime import timedelta
from decimal import Decimal

from okr.models import Confidence, KeyResult

WHERE = "Rehearsals in which a clinic noticed nothing"
NOTICED_AFTER = timedelta(minutes=12)


def correct_a_slip() -> None:
    key_result = KeyResult.objects.get(title=WHERE, objective__cycle__closed_at=None)
    wrong = key_result.check_ins.all()[0]
    wrong.correct(
        by=wrong.by,
        at=wrong.at + NOTICED_AFTER,
        confidence=Confidence.AT_RISK,
        value=Decimal(3),
        note="Three, not four: the fourth is the one that failed.",
    )
