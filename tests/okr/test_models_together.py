"""Many rows are written at once, whatever the database, and nothing else is touched."""

from datetime import UTC, datetime
from decimal import Decimal

from okr.models import KeyResult
from okr.models.together import write_together
from tests.cast import make_key_result, make_objective

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)


def test_each_row_gets_its_own_values_and_keeps_its_other_columns(ben, cycle):
    objective = make_objective(ben, cycle)
    first, second, _ = (make_key_result(objective, title=each) for each in "ABC")
    first.progress, first.measured_at = Decimal("12.3457"), AT
    second.progress, second.measured_at = None, None
    first.title = second.title = "Not written"

    write_together([first, second], ["progress", "measured_at"])

    rows = KeyResult.objects.order_by("pk").values_list("title", "progress", "measured_at")
    assert list(rows) == [("A", Decimal("12.3457"), AT), ("B", None, None), ("C", 0, None)]


def test_nothing_to_write_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        write_together([], ["progress"])
