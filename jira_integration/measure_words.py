"""What each way to measure means for one key result, in sentences."""

from jira_integration.calculation import Measure, Without
from jira_integration.counting import Way
from jira_integration.explanation import amount, figure, issues_counted
from jira_integration.trial import Trial

EMPTY = {
    Without.AVERAGE: "Take the average of the others",
    Without.LEFT_OUT: "Leave it out",
    Without.ONE: "Count it as 1",
}
NO_ROOM = "Needs a target above the start; this key result goes from {start} to {target}."
NO_FIELD = "Choose below what is summed up."


def meaning_of_measure(way: Way, trial: Trial) -> str:
    scale = trial.rules.scale
    match way.measure:
        case Measure.MEAN:
            return (
                f"To Do counts as {scale.to_do}%, In Progress as {scale.in_progress}% "
                f"and Done as {scale.done}%."
            )
        case Measure.SHARE:
            return "Only what is Done counts; work in progress counts as nothing."
    if not way.has_room:
        return NO_ROOM.format(start=figure(way.start), target=figure(way.target))
    if way.measure is Measure.SUM and not way.fields:
        return NO_FIELD
    return _mapped(way, trial)


def _mapped(way: Way, trial: Trial) -> str:
    """Now 7 of 20, counted from 0. 13 issues are linked."""
    if way.fields and trial.trouble:
        return f"What is Done, from {figure(way.start)} to {amount(way.target, way.unit)}."
    wanted = amount(way.target, way.unit)
    done = figure(trial.breakdown(way).value)
    told = f"Now {done} of {wanted}, counted from {figure(way.start)}."
    few = way.measure is Measure.COUNT and trial.linked < way.target
    linked = f"{issues_counted(trial.linked)} {'is' if trial.linked == 1 else 'are'} linked."
    return f"{told} {linked}" if few else told


def meaning_of_empty(way: Way, trial: Trial) -> str:
    match way.without:
        case Without.LEFT_OUT if way.measure is Measure.SUM:
            return "It adds nothing."
        case Without.LEFT_OUT:
            return "It counts as if it were not linked."
        case Without.AVERAGE:
            average = None if trial.trouble else trial.average(way)
            return "" if average is None else f"That is {amount(average, way.unit)} now."
    return ""


def lacking(way: Way, trial: Trial) -> str:
    """4 of 13 linked issues have no Story points now."""
    if not way.fields or trial.trouble:
        return ""
    number = trial.without_size(way)
    linked = issues_counted(trial.linked, "linked ")
    if not number:
        return f"None of the {linked} lacks {way.unit} now."
    return f"{number:,} of {linked} {'has' if number == 1 else 'have'} no {way.unit} now."
