"""The house keeps its rules; and each rule is shown a house that does not, so that it can fail."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import architecture

HOUSE = Path(__file__).resolve().parent.parent
Check = Callable[[Path], Iterator[str]]
CHECKS = (
    architecture.breached_walls,
    architecture.spoken_names,
    architecture.banned_names,
    architecture.inline_code,
    architecture.marked_safe,
    architecture.oversized,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps(check: Check) -> None:
    complaints = list(check(HOUSE))

    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    ("check", "place", "text"),
    [
        (architecture.breached_walls, "okr/progress.py", "import django"),
        (architecture.breached_walls, "okr/models/unit.py", "from jira_integration import sync"),
        (architecture.breached_walls, "okr/views/unit.py", "def f():\n    import config.settings"),
        (architecture.breached_walls, "jira_integration/calculation.py", "from . import models"),
        (architecture.breached_walls, "jira_integration/client/site.py", "from okr import models"),
        (architecture.breached_walls, "jira_integration/client/site.py", "from ..models import x"),
        (architecture.breached_walls, "jira_integration/client/site.py", "import requests"),
        (architecture.breached_walls, "jira_integration/sync.py", "from confluence import models"),
        (architecture.breached_walls, "confluence/page.py", "from atlassian_accounts import x"),
        (architecture.breached_walls, "okr/models/unit.py", "from atlassian import client"),
        (architecture.breached_walls, "atlassian/client/site.py", "import django"),
        (architecture.breached_walls, "atlassian/client/site.py", "from atlassian import health"),
        (architecture.breached_walls, "atlassian/health.py", "from jira_integration import x"),
        (architecture.breached_walls, "atlassian/health.py", "from okr.models import Person"),
        (architecture.breached_walls, "jira_sandbox/server.py", "import atlassian.client"),
        (architecture.breached_walls, "okr/outgoing/guard.py", "from okr import models"),
        (architecture.breached_walls, "okr/outgoing/guard.py", "from django.conf import settings"),
        (architecture.breached_walls, "jira_integration/sync.py", "from okr.views import home"),
        (architecture.breached_walls, "jira_integration/sync.py", "import okr"),
        (architecture.breached_walls, "jira_sandbox/server.py", "import okr.models"),
        (architecture.spoken_names, "okr/models/unit.py", "# as Jira has it"),
        (architecture.spoken_names, "templates/okr/unit.html", "JIRA"),
        (architecture.spoken_names, "okr/models/unit.py", "# as in Confluence"),
        (architecture.spoken_names, "templates/okr/confluence/page.html", "<p>"),
        (architecture.spoken_names, "okr/static/okr/jira.css", ""),
        (architecture.banned_names, "okr/utils.py", ""),
        (architecture.banned_names, "okr/models/goal.py", ""),
        (architecture.banned_names, "okr/models/unit.py", "class UnitHelper: ..."),
        (architecture.banned_names, "okr/models/unit.py", "def get_data(): ..."),
        (architecture.inline_code, "templates/a.html", '<p\n style="color: red">'),
        (architecture.inline_code, "templates/a.html", "<style>p {}</style>"),
        (architecture.inline_code, "templates/a.html", "<script>alert(1)</script>"),
        (architecture.inline_code, "templates/a.html", '<a onclick="go()">'),
        (architecture.inline_code, "templates/a.html", '<script src="//cdn.example/x.js">'),
        (architecture.marked_safe, "templates/a.html", "{{ name|safe }}"),
        (architecture.marked_safe, "templates/a.html", "{% autoescape off %}"),
        (architecture.oversized, "okr/models/unit.py", "x = 1\n" * 301),
        (architecture.oversized, "okr/models/unit.py", "def f():\n" + "    x = 1\n" * 30),
        (architecture.oversized, "templates/a.html", "<p>\n" * 61),
        (architecture.oversized, "okr/static/okr/a.css", "p {}\n" * 121),
        (architecture.oversized, "okr/static/okr/a.js", "go();\n" * 61),
    ],
)
def test_a_breach_is_seen(check: Check, place: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text)

    complaints = list(check(tmp_path))

    assert len(complaints) == 1
    assert place in complaints[0]


@pytest.mark.parametrize(
    ("check", "place", "text"),
    [
        (architecture.breached_walls, "okr/progress.py", "from decimal import Decimal"),
        (architecture.breached_walls, "okr/models/unit.py", "from django.conf import settings"),
        (architecture.breached_walls, "jira_integration/client/site.py", "from .. import client"),
        (architecture.breached_walls, "jira_integration/sync.py", "from okr.models import Person"),
        (architecture.breached_walls, "confluence/sync.py", "from atlassian.health import x"),
        (architecture.breached_walls, "atlassian/client/site.py", "import requests"),
        (architecture.spoken_names, "templates/confluence/page.html", "Confluence"),
        (architecture.spoken_names, "templates/jira_integration/link.html", "Jira"),
        (architecture.banned_names, "okr/models/unit.py", "def database(): ..."),
        (architecture.inline_code, "templates/a.html", '<script src="/static/a.js"></script>'),
        (architecture.inline_code, "templates/a.html", '<a href="https://example.org">'),
        (architecture.marked_safe, "templates/a.html", "{{ safe }}"),
        (architecture.oversized, "okr/migrations/0001_initial.py", "x = 1\n" * 301),
    ],
)
def test_what_is_allowed_passes(check: Check, place: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text)

    assert list(check(tmp_path)) == []
