"""The means of the browser tests must be able to fail, or their silence says nothing."""

import pytest

from tests.browser.axe import NARROW, axe, fits, resize
from tests.browser.conftest import Windows

pytestmark = pytest.mark.browser
FAINT = """<!doctype html><html lang="en"><title>Faint</title>
<main><h1>Faint</h1><p style="color:#bbb;background:#fff">Too pale to read</p></main></html>"""


def test_axe_names_the_place_that_is_too_pale(page: Windows) -> None:
    window = page()
    window.set_content(FAINT)

    with pytest.raises(AssertionError, match=r"color-contrast .*\n.* p"):
        axe(window)


def test_what_is_too_wide_for_a_page_is_named(page: Windows) -> None:
    window = page()
    window.set_content("<!doctype html><pre id='log'>" + "never ending " * 40 + "</pre>")
    resize(window, NARROW)

    with pytest.raises(AssertionError, match=r'too wide.*\n<pre id="log">'):
        fits(window)


def test_an_error_in_the_console_is_heard(page: Windows) -> None:
    window = page()
    window.evaluate("console.error('the roof leaks')")
    window.evaluate("setTimeout(() => { throw new Error('and the door is stuck') })")
    window.wait_for_function("true")

    heard = "\n".join(page.complaints)
    page.complaints.clear()
    assert "the roof leaks" in heard
    assert "and the door is stuck" in heard


def test_a_breach_of_the_content_policy_is_heard(page: Windows) -> None:
    window = page()
    window.goto("/")
    window.evaluate("document.body.setAttribute('style', 'color: red')")

    heard = "\n".join(page.complaints)
    page.complaints.clear()
    assert "Content Security Policy" in heard
