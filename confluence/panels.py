"""Fills the core's sockets: what pages of key results show of Confluence."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from confluence.admission import attachable
from confluence.models import ConfluenceConnection, ConfluenceSettings, Evidence
from okr.access import may_edit, person_of
from okr.models import CheckIn, KeyResult, Person
from okr.slots import fill


@fill("key_result.panels")
def panel(request: HttpRequest, key_result: KeyResult) -> SafeString | None:
    """Nothing where Confluence is off and nothing was ever attached."""
    attached = [each for each in _evidence(key_result) if each.check_in_id is None]
    is_on = _is_on(key_result)
    if not (attached or is_on):
        return None
    context = {
        "key_result": key_result,
        "attached": attached,
        "is_on": is_on,
        "may_edit": may_edit(person_of(request), key_result),
    }
    return render_to_string("confluence/_evidence.html", context, request)


@fill("check_ins.footnotes")
def footnotes(
    person: Person, key_result: KeyResult, check_ins: Sequence[CheckIn]
) -> dict[int, SafeString]:
    rows: dict[int, list[Evidence]] = defaultdict(list)
    for evidence in _evidence(key_result):
        rows[evidence.check_in_id or 0].append(evidence)
    mine = attachable(person, key_result, check_ins)
    is_on = bool(mine) and _is_on(key_result)
    return {
        each.pk: _footnote(each, rows[each.pk], may_edit=each.pk in mine, is_on=is_on)
        for each in check_ins
        if rows[each.pk] or (is_on and each.pk in mine)
    }


@fill("check_in.corrected")
def corrected(before: CheckIn, now: CheckIn) -> None:
    """What was attached to the words of before stands behind those of now."""
    Evidence.objects.filter(check_in=before).update(check_in=now)


def _footnote(
    check_in: CheckIn, attached: list[Evidence], *, may_edit: bool, is_on: bool
) -> SafeString:
    context = {
        "check_in": check_in,
        "attached": attached,
        "may_edit": may_edit,
        "may_attach": is_on and may_edit,
    }
    return render_to_string("confluence/_footnote.html", context)


def _evidence(key_result: KeyResult) -> list[Evidence]:
    """Of it and of its check-ins; asked for once, however often a page shows it."""
    all_of_it = Prefetch("confluence_evidence", Evidence.objects.in_order())
    prefetch_related_objects([key_result], all_of_it)
    return list(key_result.confluence_evidence.all())


def _is_on(key_result: KeyResult) -> bool:
    """Asked for once a page, as the rights are."""
    known: bool | None = vars(key_result).get("takes_evidence")
    if known is None:
        connected = Exists(ConfluenceConnection.objects.all())
        known = ConfluenceSettings.objects.filter(connected, pk=1, enabled=True).exists()
        vars(key_result)["takes_evidence"] = known
    return known
