"""What was typed becomes a question of words in titles, whatever stands in it."""

from confluence.client.cql import page_titled, pages_with


def test_the_last_word_may_be_a_beginning() -> None:
    assert pages_with("opening ho").startswith(
        'type = page AND title ~ "opening" AND (title ~ "ho" OR title ~ "ho*")'
    )


def test_small_words_and_capitals_do_not_keep_a_page_from_being_found() -> None:
    assert pages_with("State of the NOT") == pages_with("state")
    assert 'title ~ "the"' in pages_with("of the")


def test_without_words_it_asks_for_what_was_edited_last() -> None:
    assert pages_with(' "*?~ ') == "type = page ORDER BY lastmodified DESC"


def test_words_are_bounded() -> None:
    assert pages_with("word " * 400).count("title ~") == 13
    assert max(map(len, pages_with("w" * 2_000).split('"'))) == 61


def test_a_title_stays_within_its_quotation_marks() -> None:
    assert page_titled("DEMO", 'a" OR "b\\') == (
        'type = page AND space = "DEMO" AND title = "a\\" OR \\"b\\\\"'
    )
