"""A file is read safely; each fault has its line."""

import pytest

from okr.as_code.document import document_of
from okr.as_code.reading import DEEPEST, LARGEST, FaultyError, read
from okr.as_code.writing import written

WRONG = """version: 2
owners: {}
cycles: [a]
objectives:
  Bad Key: {}
  calm:
    titel: x
    level: high
    progress: 3
    unit: platform
    viewers: [a@b.c]
    tags: one
    key_results:
      done:
        kind: yes_no
        target: 3
        milestones:
          - {title: A, on: 2026-01-01}
"""
WORDY = """version: 1
objectives:
  calm:
    weight: 1.50
    tags: [Zeta, alpha, zeta]
    visibility: public
    level: individual
    title: Calm
    cycle: q4
    owner: Ben@Larkspur.example
    key_results:
      steps:
        owner: Ben@Larkspur.example
        kind: milestones
        title: Steps
        milestones:
          - {title: B, due_on: 2026-11-01}
          - {title: A, due_on: 2026-10-15, weight: 2}
      days: {title: Days, kind: number, start: "9.0", target: "1,000"}
"""
BRIEF = """
objectives:
  calm:
    title: Calm
    cycle: q4
    owner: Ben@Larkspur.example
    weight: 1.5
    tags:
      - alpha
      - Zeta
    key_results:
      steps:
        title: Steps
        kind: milestones
        milestones:
          - title: A
            due_on: 2026-10-15
            weight: 2
          - title: B
            due_on: 2026-11-01
      days:
        title: Days
        kind: number
        start: 9
        target: 1000
"""
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# nothing but words\n", 1, "empty"),
        (b"a: 1\nb: \xff", 2, "UTF-8"),
        (b"a: [1\n", 2, "YAML"),
        (b"a:\n\tb: 1", 2, "YAML"),
        (b"a: \x00", 1, "YAML"),
        (b'a: 1\nb: "x\\0y"', 2, "no part of any text"),
        (b"a: 1\nb: 2\na: 3", 3, "“a” stands here twice. It stood in line 1"),
        (BOMB.encode(), 1, "Anchors"),
        (b"a: 1\nb: *a", 2, "Anchors"),
        (b"!!python/object/apply:os.system [ls]", 1, "Types"),
        (b"a: !!str 1", 1, "Types"),
        (b"? [a]\n: b", 1, "word"),
        (b"a: 1\n---\nb: 2", 2, "more than one document"),
        (b"[" * (DEEPEST + 2), 1, "deep"),
        (b"#" * (LARGEST + 1), 1, "larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content, line, words):
    with pytest.raises(FaultyError) as refused:
        read(content)

    (fault,) = refused.value.faults
    assert fault.place.line == line
    assert words in fault.message


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"version: 1\ncycles: [a]", (2, 9)),
        (b"version: 1\nobjectives:\n  calm:\n    titel: x", (4, 5)),
        (b"version: 1\nobjectives:\n  calm:\n    level: high", (4, 12)),
        ("version: 1\nname: é".encode() + b"\xff", (2, 8)),
        (b"version: 1\n  a: b", (2, 4)),
    ],
)
def test_a_fault_has_its_column(content, place):
    with pytest.raises(FaultyError) as refused:
        document_of(content, {})

    assert refused.value.faults[0].place == place


def test_all_that_is_wrong_is_told_at_once_with_line_and_field():
    with pytest.raises(FaultyError) as refused:
        document_of(WRONG.encode(), {})

    way = "objectives.calm"
    told = [(fault.place.line, fault.way) for fault in refused.value.faults]
    assert told == [
        (1, "version"),
        (2, "owners"),
        (3, "cycles"),
        (5, "objectives.Bad Key"),
        (7, f"{way}.titel"),
        (8, f"{way}.level"),
        (9, f"{way}.progress"),
        (11, f"{way}.viewers"),
        (12, f"{way}.tags"),
        (16, f"{way}.key_results.done.target"),
        (17, f"{way}.key_results.done.milestones"),
        (18, f"{way}.key_results.done.milestones.0.on"),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "No",
        "2026",
        "2026-10-01",
        "null",
        "~",
        "'quoted' \"twice\": # no comment",
        "- a list?",
        "Größe 100 % ✓ 日本",
        "tab\tand \u2028 and \u0085 and \u200b",
        "@at `tick` %percent !bang &and *star",
        "a" * 200,
    ],
)
def test_a_title_comes_back_as_it_was(title):
    document = document_of(b"version: 1\nobjectives: {a: {owner: a@b.c}}", {})
    document.objectives["a"].values |= {"title": title, "description": f"{title}\n\n  {title} \nx"}

    text = written(document, [])

    again = document_of(text.encode(), {}).objectives["a"]
    assert again.values["title"] == title
    assert again.values["description"] == document.objectives["a"].values["description"]
    assert written(document_of(text.encode(), {}), []) == text


def test_only_what_is_not_usual_is_written_in_one_order():
    text = written(document_of(WORDY.encode(), {}), [])

    assert text.partition("version: 1\n")[2] == BRIEF
