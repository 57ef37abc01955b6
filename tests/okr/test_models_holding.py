"""What holds a word is found by an index, and nothing else than what plain reading finds."""

import pytest

from okr.models import Objective
from tests.cast import make_objective

pytestmark = pytest.mark.django_db
TITLES = [
    "Failover in 5 minutes",
    "100% of prefails",
    "a_b is not axb",
    "Übergabe im Haus",
    "ßtraße",
]


@pytest.mark.parametrize(
    "word", ["fail", "FAIL", "in", "%", "100%", "a_b", "übe", "ß", "straße", "\\", "'"]
)
def test_an_index_finds_what_reading_every_title_finds(ben, cycle, word):
    for title in TITLES:
        make_objective(ben, cycle, title=title)

    plain = Objective.objects.filter(title__icontains=word)
    assert list(Objective.objects.filter(title__holds=word)) == list(plain)
    beginning = Objective.objects.filter(title__istartswith=word)
    assert list(Objective.objects.filter(title__begins=word)) == list(beginning)
