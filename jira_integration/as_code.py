"""The field `jira` of key results in a file of OKRs: what feeds them, and how it is measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from jira_integration.admission import OFF
from jira_integration.asking import answer
from jira_integration.client import Named, Shorthand
from jira_integration.counting import Way
from jira_integration.filed import DEPTHS, Feed, Said, dumped, read, said_of
from jira_integration.forms.measure import MeasureForm
from jira_integration.models import (
    IntegrationSettings,
    JiraConnection,
    JiraLink,
    Measuring,
    Reconstruction,
    Wanted,
)
from jira_integration.models.link import NO_ACCESS
from jira_integration.proposal import Proposal, Typed
from jira_integration.sites import are_several
from okr.api.forming import as_typed
from okr.as_code.fields import WrongError
from okr.as_code.reading import Node, Place
from okr.models import KeyResult, Person
from okr.slots import fill

NO_SITE = "Say which connected Jira is meant by its name, under “site”: {}."
NOT_FOUND = "Jira does not answer what this finds. Look at the link again."
Answer = list[tuple[JiraConnection, Wanted]]


class JiraPart:
    name = "jira"

    def told(self, key_results: Sequence[KeyResult], person: Person) -> Mapping[int, Feed]:
        """What a link is called is told to whoever has Jira access."""
        if not IntegrationSettings.load().may_link(person):
            return {}
        named, found = are_several(), defaultdict[int, list[Said]](list)
        for link in _links([each.pk for each in key_results]):
            found[link.key_result_id].append(said_of(link, named=named))
        ways = Measuring.objects.of_many(found)
        sites = dict(JiraConnection.objects.values_list("pk", "name")) if named else {}
        return {pk: _feed(tuple(links), ways.get(pk, Way()), sites) for pk, links in found.items()}

    def take(self, node: Node) -> Feed:
        return read(node)

    def dumped(self, value: Feed) -> Any:
        return dumped(value)

    def listed(self, value: Feed) -> list[str]:
        return value.listed

    def ask(self, value: Feed, key_result: KeyResult | None, person: Person) -> Answer:
        """Jira is asked about what is not linked yet."""
        settings = IntegrationSettings.load()
        if not (settings.enabled and JiraConnection.objects.exists()):
            raise WrongError(OFF, value.place)
        if not settings.may_link(person):
            raise WrongError(NO_ACCESS, value.place)
        known = {each.finds for each in _said_of(key_result)} if key_result else set()
        together = defaultdict[tuple[Any, ...], list[Said]](list)
        for link in value.links:
            if link.finds not in known:
                alone = () if link.kind == "issue" else link.finds
                together[(link.kind, link.site, alone)].append(link)
        new = key_result or KeyResult(pk=0)
        return [_asked(links, new, person) for links in together.values()]

    def keep(
        self, key_result: KeyResult, value: Feed, asked: Any, *, by: Person, at: datetime
    ) -> None:  # `at` is the reading's own
        del at
        new = 0
        for connection, wanted in self.ask(value, key_result, by) if asked is None else asked:
            new += JiraLink.objects.add(key_result, wanted, connection, by)
        wanted_ones = {link.finds: int(link.weight) for link in value.links}
        weights, named = {}, are_several()
        for link in _links([key_result.pk]):
            finds = said_of(link, named=named).finds
            if finds in wanted_ones:
                weights[link.pk] = wanted_ones[finds]
            else:
                link.remove(by)
        if len(weights) < len(wanted_ones):
            raise WrongError(NOT_FOUND, value.place, "links")
        JiraLink.objects.weigh(key_result, weights, by)
        if weights:
            _measure(key_result, value, by)
        if new:
            Reconstruction.objects.ask(key_result, by)


def _feed(links: tuple[Said, ...], way: Way, sites: Mapping[int, str]) -> Feed:
    fields = tuple(sorted((sites.get(site, ""), ids) for site, ids in way.fields))
    return Feed(links, way.measure.value, fields, way.without.value)


def _links(key_result_ids: Sequence[int]) -> Any:
    rows = JiraLink.objects.filter(key_result__in=key_result_ids)
    return rows.select_related("issue", "connection", "key_result").order_by("pk")


def _said_of(key_result: KeyResult) -> list[Said]:
    named = are_several()
    return [said_of(link, named=named) for link in _links([key_result.pk])]


def _asked(
    links: Sequence[Said], key_result: KeyResult, person: Person
) -> tuple[JiraConnection, Wanted]:
    """Several issues of one site in one question."""
    connection = _site(links[0].site, links[0].place)
    proposal = answer(person, _typed(links), connection, key_result)
    if proposal.fault or proposal.is_empty:
        raise WrongError(proposal.fault or NOT_FOUND, _place(links, proposal), "links")
    return connection, proposal.wanted


def _place(links: Sequence[Said], proposal: Proposal) -> Place:
    lost = [link.place for link in links if link.what in proposal.lost]
    return min(lost or [link.place for link in links])


def _typed(links: Sequence[Said]) -> Typed:
    first = links[0]
    match first.kind:
        case "issue":
            return Typed(picked=tuple(link.what for link in links))
        case "below":
            return Typed(picked=(first.what,), depth=DEPTHS[first.levels])
        case "jql":
            return Typed(text=first.what, as_jql=True)
    return Typed(kept=Named(Shorthand(first.kind), int(first.what)))


def _site(name: str, place: Place) -> JiraConnection:
    sites = list(JiraConnection.objects.all())
    found = [site for site in sites if site.name == name] if name else sites
    if len(found) != 1:
        raise WrongError(NO_SITE.format(", ".join(site.name for site in sites)), place, "links")
    return found[0]


def _measure(key_result: KeyResult, value: Feed, by: Person) -> None:
    sites = list(JiraConnection.objects.feeding(key_result))
    typed: dict[str, Any] = {"measure": value.measure, "without": value.without}
    for name, ids in value.fields:
        typed[f"field_{_site(name, value.place).pk}"] = ids
    form = MeasureForm(as_typed(typed), key_result=key_result, sites=sites)
    if not form.is_valid():
        raise WrongError(" ".join(str(each[0]) for each in form.errors.values()), value.place)
    form.keep(by)


@fill("as_code.parts")
def parts() -> list[JiraPart]:
    return [JiraPart()]
