"""Every picture says in words what it shows."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from okr import slots

NOW = datetime(2026, 5, 12, 15, 0, tzinfo=UTC)


def rendered(source: str, **context: Any) -> str:
    request = RequestFactory().get("/")
    return " ".join(engines["django"].from_string(source).render(context, request).split())


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (None, "–"),
        (Decimal("0.2"), "1%"),
        (Decimal("61.54"), "62%"),
        (Decimal("99.9"), "99%"),
        (Decimal(100), "100%"),
        (46, "46%"),
    ],
)
def test_a_percent_is_never_rounded_to_done_or_to_nothing(progress, words):
    assert rendered("{{ progress|percent }}", progress=progress) == words


@pytest.mark.parametrize(
    ("confidence", "glyph", "word"),
    [
        ("on_track", "●", "On track"),
        ("at_risk", "▲", "At risk"),
        ("off_track", "◆", "Off track"),
        ("achieved", "✔", "Achieved"),
        ("paused", "‖", "Paused"),
        ("", "○", "No status"),
        (None, "○", "No status"),
    ],
)
def test_a_pill_has_a_glyph_and_a_word_beside_its_colour(confidence, glyph, word):
    html = rendered("{% pill confidence %}", confidence=confidence)

    assert f">{glyph}</span>{word}</span>" in html


def test_a_bar_shows_progress_pace_and_confidence_as_three_things():
    html = rendered("{% bar progress 46 'at_risk' 'Retention' %}", progress=Decimal("61.5"))

    assert 'aria-label="Retention: 62%, expected by now 46%"' in html
    assert '<svg class="bar at-risk"' in html
    assert 'width="61.5%"' in html
    assert '<rect class="bar-tick" x="46.0%"' in html
    assert "style=" not in html


def test_a_bar_without_a_judgement_is_hatched_and_without_a_pace_has_no_tick():
    html = rendered("{% bar 30 %}")

    assert 'fill="url(#hatch)"' in html
    assert "bar-tick" not in html
    assert 'aria-label="Progress: 30%"' in html


def test_a_ring_of_nothing_is_an_empty_ring():
    html = rendered("{% ring progress %}", progress=None)

    assert "ring-fill" not in html
    assert 'aria-label="Progress: –"' in html


def test_a_small_line_takes_percents_or_dated_percents():
    dated = [(NOW, Decimal(10)), (NOW, Decimal(40))]

    html = rendered("{% sparkline points %}", points=dated)

    assert html == rendered("{% sparkline points %}", points=[10, 40])
    assert 'aria-label="Progress over time: from 10% to 40%"' in html
    assert "<svg" not in rendered("{% sparkline points %}", points=[])


def test_a_history_is_a_picture_a_sentence_and_a_table():
    html = rendered(
        "{% history points start end now events=events %}",
        points=[(NOW - timedelta(days=20), Decimal(10)), (NOW, Decimal(40))],
        events=[(NOW, Decimal(40), "plus", "4 <added>")],
        start=NOW.date() - timedelta(days=30),
        end=NOW.date() + timedelta(days=30),
        now=NOW,
    )

    assert 'aria-label="Progress from 10% on 22 April to 40% on 12 May' in html
    assert "<td>4 &lt;added&gt;</td>" in html
    assert html.count('class="chart-marker plus"') == 1


def test_an_age_names_its_moment_for_people_and_machines():
    moment = datetime(2026, 5, 12, 9, 40, tzinfo=UTC)
    html = rendered(
        "{% age moment 'Readings' now=now stale_after=limit %}",
        moment=moment,
        now=NOW,
        limit=timedelta(minutes=5),
    )

    assert 'datetime="2026-05-12T09:40:00+00:00"' in html
    assert ">Readings from 09:40</time>" in html
    assert "may be out of date" in html
    assert "not read yet" in rendered("{% age moment 'Readings' %}", moment=None)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Lindqvist", "AL"), ("Cleo", "C"), ("Ana María de la Cruz", "AC"), ("", "")],
)
def test_an_avatar_has_the_first_and_the_last_initial(name, initials):
    html = rendered("{% avatar name %}", name=name)

    assert f'aria-hidden="true">{initials}</span>' in html


def test_an_icon_is_decoration_and_an_unknown_one_is_a_mistake():
    assert 'aria-hidden="true"' in rendered("{% icon 'plus' %}")
    with pytest.raises(Exception, match="no-such-icon"):
        rendered("{% icon 'no-such-icon' %}")


def test_a_slot_shows_what_fills_it_and_nothing_else():
    with slots.filled("check_in.notice", lambda _, noun: f"<b>{noun}</b>"):
        html = rendered("{% slot 'check_in.notice' 'value' %}")

    assert html == "&lt;b&gt;value&lt;/b&gt;"
