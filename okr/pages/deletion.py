"""What goes with something that is deleted, counted before anybody confirms."""

from django.db.models import Q

from okr.models import CheckIn, Comment, KeyResult, Measurement, Objective, Person
from okr.pages.counting import counted, listed


def lost_with_objective(objective: Objective, person: Person) -> list[str]:
    """Sentences; what is aligned under it and not visible to the person is not mentioned."""
    key_results = KeyResult.objects.filter(objective=objective)
    lost = [counted(key_results.count(), "key result"), *_history(list(key_results))]
    said = Comment.objects.filter(Q(objective=objective) | Q(key_result__in=key_results))
    lost.append(counted(said.count(), "comment"))
    stays = Objective.objects.visible_to(person).filter(parent=objective).count()
    sentences = _gone([each for each in lost if each])
    if stays:
        aligned = "1 aligned objective stays" if stays == 1 else f"{stays} aligned objectives stay"
        sentences.append(f"{aligned}, with nothing above.")
    return sentences


def lost_with_key_result(key_result: KeyResult) -> list[str]:
    said = counted(key_result.comments.count(), "comment")
    lost = [each for each in (*_history([key_result]), said) if each]
    return [*_gone(lost), "The progress of its objective is worked out anew."]


def _history(key_results: list[KeyResult]) -> list[str]:
    counts = (
        counted(CheckIn.objects.filter(key_result__in=key_results).count(), "check-in"),
        counted(Measurement.objects.filter(key_result__in=key_results).count(), "recorded value"),
    )
    return [each for each in counts if each]


def _gone(parts: list[str]) -> list[str]:
    if not parts:
        return []
    words = listed(parts)
    return [f"{words[0].upper()}{words[1:]} will be deleted with it."]
