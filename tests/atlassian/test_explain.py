"""What is told of failures that every product knows names the product that it is about."""

import pytest

from atlassian.client import AnonymousAnswer, Forbidden, StrangeServer, Unavailable
from atlassian.explain import Words
from atlassian.sentences import COMMON

HOST = "acme.atlassian.net"
WORDS = Words("Confluence", {"own_code": "{host} has no such page.", "forbidden": "Not there."})


def test_no_common_sentence_names_a_product() -> None:
    assert not [told for told in COMMON.values() if "Jira" in told or "Confluence" in told]


@pytest.mark.parametrize("code", sorted({told.partition(":")[0] for told in COMMON}))
def test_every_common_sentence_reads_whole_without_any_fact(code: str) -> None:
    shown = WORDS.explain(code, {}).sentence
    assert shown.endswith(".")
    assert "{" not in shown


def test_a_failure_is_told_of_the_product_that_it_happened_with() -> None:
    assert WORDS.explain_error(StrangeServer(host=HOST)).sentence == (
        f"{HOST} answered, but it is not Confluence. "
        "Copy the address your browser shows when Confluence is open."
    )
    assert WORDS.explain_to_asker(Unavailable(host=HOST, status=503)).sentence == (
        f"Confluence at {HOST} is out of order at the moment (error 503). "
        "Nothing was changed. Try again."
    )


def test_a_room_has_sentences_of_its_own_and_may_put_one_in_place_of_a_common_one() -> None:
    assert WORDS.explain("own_code", {"host": HOST}).sentence == f"{HOST} has no such page."
    assert WORDS.explain_error(Forbidden(host=HOST)).sentence == "Not there."


def test_a_room_says_what_a_failure_left_as_it_was() -> None:
    lost = AnonymousAnswer(host=HOST, email="bot@acme.example")
    usual, own = WORDS, Words("Jira", missing={"kept": "No progress was changed"})
    assert "Nothing was changed." in usual.explain_error(lost).sentence
    assert "No progress was changed." in own.explain_error(lost).sentence


def test_a_code_that_nobody_knows_still_makes_a_sentence() -> None:
    assert WORDS.explain("from_the_future", {}).sentence == WORDS.unknown
    assert "Confluence" in WORDS.unknown
