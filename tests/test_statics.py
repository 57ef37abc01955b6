"""Scripts and styles are sent compressed, under a name that a browser may keep for ever."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.templatetags.static import static
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from config.statics import are_collected, collect_changed

STYLE = "okr/css/base.css"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where everything is collected to."""
    place = tmp_path / "static"
    own = {"BACKEND": "config.statics.Statics", "OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"staticfiles": own}
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = place, False
    place.mkdir()
    return place


def test_before_they_are_collected_they_have_their_plain_names(folder: Path) -> None:
    assert not are_collected(folder)
    assert static(STYLE) == f"/static/{STYLE}"


def test_collected_they_are_small_and_kept_for_ever(folder: Path, settings: Any) -> None:
    collect_changed(folder)

    answer = served(static(STYLE))

    assert static(STYLE) != f"/static/{STYLE}"
    assert "immutable" in answer["Cache-Control"]
    assert answer["Content-Encoding"] == "gzip"
    assert b"@layer" in gzip.decompress(b"".join(answer.streaming_content))


def served(address: str) -> Any:
    request = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"})
    return WhiteNoiseMiddleware(lambda _request: HttpResponse())(request)


def test_they_are_collected_again_only_when_one_has_changed(folder: Path, monkeypatch: Any) -> None:
    collect_changed(folder)
    (folder / "staticfiles.json").write_text("untouched")

    collect_changed(folder)
    assert (folder / "staticfiles.json").read_text() == "untouched"

    folder.with_suffix(".collected").write_text("of another day")
    collect_changed(folder)
    assert (folder / "staticfiles.json").read_text() != "untouched"


def test_pages_are_compressed_each_time_to_another_length(client: Any, db: None) -> None:
    """What a page says cannot be told from how long it is."""
    answers = [client.get("/sign-in/", headers={"Accept-Encoding": "gzip"}) for _ in range(20)]

    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert len({len(answer.content) for answer in answers}) > 1
