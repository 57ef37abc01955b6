"""From tokens to a tree, by one function for each rule of the language."""

from collections.abc import Callable

from jira_sandbox.jql import tree
from jira_sandbox.jql.errors import JqlError
from jira_sandbox.jql.lexer import Sort, Token, read_tokens
from jira_sandbox.jql.tree import (
    Clause,
    Empty,
    Function,
    Operand,
    Query,
    Sorting,
    Term,
    Value,
    Words,
)

COMPARISONS = ("=", "!=", "~", "!~", "<", "<=", ">", ">=")
EMPTY_WORDS = ("empty", "null")
RESERVED = ("and", "or", "not", "in", "is", "order", "by", *EMPTY_WORDS)
HISTORY = ("was", "changed")
DEEPEST = 64


def parse(query: str) -> Query:
    return Parser(read_tokens(query)).query()


class Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def query(self) -> Query:
        where = None if self._at_order() else self._words() or self._either()
        order = self._order()
        if self.next.sort is not Sort.END:
            raise self._expected("AND, OR or the end")
        return Query(where, order)

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.next
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def _at_order(self) -> bool:
        return self.next.sort is Sort.END or self.next.says("order")

    def _words(self) -> Words | None:
        """A query of nothing but words is a search for them; otherwise they are no query."""
        start, found = self.place, []
        while self.next.sort in (Sort.WORD, Sort.TEXT) and not self.next.says(*RESERVED, *HISTORY):
            found.append(self.take().value)
        if found and self._at_order():
            return Words(tuple(found))
        self.place = start
        return None

    def _either(self) -> Clause:
        clauses = [self._both()]
        while self.next.says("or") or self.next.signs("||"):
            self.take()
            clauses.append(self._both())
        return clauses[0] if len(clauses) == 1 else tree.Either(tuple(clauses))

    def _both(self) -> Clause:
        clauses = [self._not()]
        while self.next.says("and") or self.next.signs("&&"):
            self.take()
            clauses.append(self._not())
        return clauses[0] if len(clauses) == 1 else tree.Both(tuple(clauses))

    def _not(self) -> Clause:
        if self.next.says("not") or self.next.signs("!"):
            self.take()
            return tree.Not(self._deeper(self._not))
        if self.next.signs("("):
            self.take()
            clause = self._deeper(self._either)
            self._sign(")")
            return clause
        return self._term()

    def _deeper(self, rule: Callable[[], Clause]) -> Clause:
        self.depth += 1
        if self.depth > DEEPEST:
            raise JqlError(f"JQL: clauses are nested more than {DEEPEST} deep.")
        clause = rule()
        self.depth -= 1
        return clause

    def _term(self) -> Term:
        field = self.take()
        if field.sort not in (Sort.WORD, Sort.TEXT) or field.says(*RESERVED):
            raise self._expected("a field name", field)
        operator = self._operator()
        if operator in ("in", "not in"):
            return Term(field.value, operator, self._list())
        if operator in ("is", "is not"):
            return Term(field.value, operator, (self._empty(),))
        return Term(field.value, operator, (self._operand(),))

    def _operator(self) -> str:
        token = self.take()
        if token.signs(*COMPARISONS):
            return token.value
        if token.says("in"):
            return "in"
        if token.says("not") and self.next.says("in"):
            self.take()
            return "not in"
        if token.says("is"):
            return "is not" if self._skip("not") else "is"
        if token.says(*HISTORY):
            raise JqlError(f"JQL: the operator '{token.value}' is not available here.")
        raise self._expected("an operator", token)

    def _list(self) -> tuple[Operand, ...]:
        if not self.next.signs("("):
            operand = self._operand()
            if isinstance(operand, Function):
                return (operand,)
            raise self._expected("(", self.tokens[self.place - 1])
        self.take()
        operands = [self._operand()]
        while self.next.signs(","):
            self.take()
            operands.append(self._operand())
        self._sign(")")
        return tuple(operands)

    def _operand(self) -> Operand:
        token = self.take()
        if token.says(*EMPTY_WORDS):
            return Empty()
        if token.sort is Sort.TEXT:
            return Value(token.value, quoted=True)
        if token.sort is not Sort.WORD or token.says(*RESERVED):
            raise self._expected("a value", token)
        if self.next.signs("("):
            return Function(token.value, self._arguments())
        return Value(token.value)

    def _arguments(self) -> tuple[str, ...]:
        self._sign("(")
        arguments = []
        while self.next.sort in (Sort.WORD, Sort.TEXT):
            arguments.append(self.take().value)
            if self.next.signs(","):
                self.take()
        self._sign(")")
        return tuple(arguments)

    def _empty(self) -> Empty:
        token = self.take()
        if not token.says(*EMPTY_WORDS):
            raise self._expected("EMPTY", token)
        return Empty()

    def _order(self) -> tuple[Sorting, ...]:
        if not self._skip("order"):
            return ()
        if not self._skip("by"):
            raise self._expected("BY")
        order = [self._sorting()]
        while self.next.signs(","):
            self.take()
            order.append(self._sorting())
        return tuple(order)

    def _sorting(self) -> Sorting:
        field = self.take()
        if field.sort not in (Sort.WORD, Sort.TEXT):
            raise self._expected("a field to sort by", field)
        descending = self._skip("desc")
        if not descending:
            self._skip("asc")
        return Sorting(field.value, descending)

    def _skip(self, word: str) -> bool:
        if self.next.says(word):
            self.take()
            return True
        return False

    def _sign(self, sign: str) -> None:
        token = self.take()
        if not token.signs(sign):
            raise self._expected(f"'{sign}'", token)

    def _expected(self, what: str, found: Token | None = None) -> JqlError:
        token = found or self.next
        if token.sort is Sort.END:
            return JqlError(f"JQL: the query ends where {what} should stand.")
        return JqlError(f"JQL: expected {what} but found '{token.value}' at character {token.at}.")
