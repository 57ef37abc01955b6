"""What a CQL query finds. Its grammar is JQL's; its fields are those of pages.

Atlassian, "Advanced searching using CQL": fields, operators, `~` with a star at the end of a word.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from jira_sandbox.confluence.storage import text_of
from jira_sandbox.confluence.words import indexed, pattern
from jira_sandbox.jql import tree
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.parser import parse
from jira_sandbox.model.page import Page
from jira_sandbox.model.reader import Reader

Test = Callable[[Page], bool]
EXACT, SOME = ("=", "!=", "in", "not in"), ("~", "!~")
SPAN = re.compile(r"-(\d{1,4})([hdwMy])")
LENGTHS = {"h": 1, "d": 24, "w": 168, "M": 720, "y": 8760}
SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")


class CqlError(Exception):
    """Why a query is refused, as Confluence begins to say it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Could not parse cql : {reason}")


class UnknownFieldError(CqlError):
    """Also one that pages have and queries do not, as their status."""

    def __init__(self, name: str) -> None:
        Exception.__init__(self, f"No field exists with the name: '{name}'")


@dataclass
class Search:
    """`terms` are the words that were searched for, each as it may begin or be."""

    reader: Reader
    query: tree.Query
    terms: list[str] = field(default_factory=list)

    def pages(self) -> list[Page]:
        """Sorted as asked; otherwise what changed last comes first."""
        test = self._clause(self.query.where) if self.query.where else _always
        found = [page for page in self.reader.pages() if test(page)]
        found.sort(key=lambda page: page.now.at, reverse=True)
        for sorting in reversed(self.query.order):
            found.sort(key=_order(sorting.field), reverse=sorting.descending)
        return found

    def _clause(self, clause: tree.Clause) -> Test:
        if isinstance(clause, tree.Not):
            inner = self._clause(clause.clause)
            return lambda page: not inner(page)
        if isinstance(clause, tree.Both | tree.Either):
            tests = [self._clause(each) for each in clause.clauses]
            join = all if isinstance(clause, tree.Both) else any
            return lambda page: join(test(page) for test in tests)
        if isinstance(clause, tree.Words):
            raise CqlError("a field and an operator are missing")
        return self._term(clause)

    def _term(self, term: tree.Term) -> Test:
        name, values = term.field.casefold(), [self._value(each) for each in term.operands]
        if name in EQUAL and term.operator in EXACT:
            read, wanted = EQUAL[name], {value.casefold() for value in values}
            return _signed(term, lambda page: not wanted.isdisjoint(read(self.reader, page)))
        if name in TEXTS and term.operator in SOME:
            read_text, has = TEXTS[name], pattern(values[0])
            self.terms += re.findall(r"\w+", values[0].casefold())
            return _signed(term, lambda page: has(indexed(read_text(page))))
        if name in MOMENTS and term.operator in COMPARED:
            at, compare, limit = MOMENTS[name], COMPARED[term.operator], _moment(values[0])
            return lambda page: compare(at(page), limit)
        if name not in {*EQUAL, *TEXTS, *MOMENTS}:
            raise UnknownFieldError(term.field)
        raise CqlError(f"Unsupported CQL operator '{term.operator}'")

    def _value(self, operand: tree.Operand) -> str:
        if isinstance(operand, tree.Value):
            return operand.text
        name = operand.name.casefold() if isinstance(operand, tree.Function) else "empty"
        if isinstance(operand, tree.Function) and name == "currentuser":
            return self.reader.account.id if self.reader.account else ""
        if isinstance(operand, tree.Function) and name == "now":
            return self._ago(*operand.arguments)
        raise CqlError(f"the function '{name}' is not available here")

    def _ago(self, span: str = "-0d") -> str:
        asked = SPAN.fullmatch(span)
        if asked is None:
            raise CqlError(f"'{span}' is no span of time")
        then = self.reader.wiki.clock() - timedelta(hours=int(asked[1]) * LENGTHS[asked[2]])
        return then.strftime(SHAPES[2])


def search(cql: str, reader: Reader) -> Search:
    try:
        return Search(reader, parse(cql))
    except JqlError as error:
        raise CqlError(str(error).removeprefix("JQL: ")) from error


def _always(_page: Page) -> bool:
    return True


def _signed(term: tree.Term, test: Test) -> Test:
    """`!=`, `!~` and `not in` are the contrary."""
    if term.operator.startswith(("!", "not")):
        return lambda page: not test(page)
    return test


def _moment(text: str) -> datetime:
    for shape in SHAPES:
        try:
            return datetime.strptime(text, shape).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise CqlError(f"'{text}' is no date")


def _order(name: str) -> Callable[[Page], str]:
    if name.casefold() not in ORDERS:
        raise UnknownFieldError(name)
    return ORDERS[name.casefold()]


def _above(reader: Reader, page: Page) -> Iterable[str]:
    return (str(each.id) for each in reader.wiki.above(page))


EQUAL: dict[str, Callable[[Reader, Page], Iterable[str]]] = {
    "type": lambda _reader, _page: ("page",),
    **dict.fromkeys(("space", "space.key"), lambda _reader, page: (page.space.key.casefold(),)),
    "title": lambda _reader, page: (page.title.casefold(),),
    **dict.fromkeys(("id", "content"), lambda _reader, page: (str(page.id),)),
    "parent": lambda _reader, page: (str(page.parent),),
    "ancestor": _above,
    "creator": lambda _reader, page: (page.first.author.id, page.first.author.name),
    "contributor": lambda _reader, page: {each.author.id for each in page.versions},
    "label": lambda _reader, _page: (),
}
TEXTS: dict[str, Callable[[Page], str]] = {
    "title": lambda page: page.title,
    "text": lambda page: f"{page.title} {text_of(page.now.body)}",
    "sitesearch": lambda page: f"{page.title} {text_of(page.now.body)}",
}
MOMENTS: dict[str, Callable[[Page], datetime]] = {
    "created": lambda page: page.first.at,
    "lastmodified": lambda page: page.now.at,
}
COMPARED: dict[str, Callable[[datetime, datetime], bool]] = {
    "=": lambda at, limit: at.date() == limit.date(),
    "<": lambda at, limit: at < limit,
    "<=": lambda at, limit: at <= limit,
    ">": lambda at, limit: at > limit,
    ">=": lambda at, limit: at >= limit,
}
ORDERS: dict[str, Callable[[Page], str]] = {
    "title": lambda page: page.title.casefold(),
    "space": lambda page: page.space.key,
    "id": lambda page: f"{page.id:012}",
    "created": lambda page: page.first.at.isoformat(),
    "lastmodified": lambda page: page.now.at.isoformat(),
}
