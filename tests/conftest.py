"""What every test stands on: a clean environment, and the rule that nothing is left out unsaid."""

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import settings as hypothesis

from tests import servers as real_servers

pytest_plugins = ["tests.cast"]

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
REACHING = frozenset({"db", "transactional_db", "live_server", "servers", "django_db_setup"})
NO_CHROMIUM = "no Chromium on this machine (Debian: apt install chromium)"

hypothesis.register_profile("slow machines are no fault", deadline=None)
hypothesis.load_profile("slow machines are no fault")


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "leave out what says the same beside every database, as it reaches none"
    parser.addoption("--on-this-database", action="store_true", help=told)


def pytest_sessionstart() -> None:
    """What is loaded by now stays for good, and need not be looked through again and again."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    mark = metafunc.definition.get_closest_marker("editions")
    if mark and "jira" in metafunc.fixturenames:
        metafunc.parametrize("jira", mark.args, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What a browser walks through is covered by the tests of each page, and much faster."""
    if config.getoption("--on-this-database"):
        config.hook.pytest_deselected(items=[each for each in items if not reaches_database(each)])
        items[:] = [each for each in items if reaches_database(each)]
    for test in items:
        if test.get_closest_marker("browser"):
            test.add_marker(pytest.mark.no_cover)
            if not chromium():
                test.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def reaches_database(test: pytest.Item) -> bool:
    """Without the mark or one of these fixtures a test is kept from it."""
    named = REACHING.intersection(getattr(test, "fixturenames", ()))
    return bool(named or test.get_closest_marker("django_db"))


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def left_out(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    stats = reporter.stats if reporter else {}
    return len(stats.get("skipped", ())) + len(stats.get("xfailed", ()))


def matrix_cells(reporter: pytest.TerminalReporter) -> int:
    """How many answers the tests of the permission matrix have looked at."""
    told = (dict(each.user_properties) for each in reporter.stats.get("passed", ()))
    return sum(properties.get("cells", 0) for properties in told)


def must_be_whole() -> bool:
    return bool(os.environ.get("PLUMBLINE_NOTHING_LEFT_OUT"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if must_be_whole() and left_out(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    cells = matrix_cells(terminalreporter)
    if cells:
        terminalreporter.line(f"The permission matrix has {cells:,} cells.")
    count = left_out(config)
    if count:
        verdict = "that fails this run" if must_be_whole() else "the reasons stand above"
        terminalreporter.section("left out", red=True)
        tests = "1 test was" if count == 1 else f"{count} tests were"
        terminalreporter.line(f"{tests} left out; {verdict}.")


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test counted towards a limit is not held against the next."""
    cache.clear()


@pytest.fixture(scope="session")
def servers() -> Iterator[real_servers.Servers]:
    """A real PostgreSQL and a real Redis-compatible server, whatever this run's own database is."""
    with real_servers.running() as running:
        yield running
