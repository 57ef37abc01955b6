"""The sandbox's own pages, by HTTP alone: forms work without a script, and only from here."""

from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
import requests

from jira_sandbox.admin.testing import above
from jira_sandbox.board.markup import element
from jira_sandbox.testing import SandboxJira
from tests.sandbox.client import Caller, Callers


class Strictness(HTMLParser):
    """What a strict content policy forbids, and forms that could not be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.faults += [f"{tag} {name}" for name in names if name == "style" or name[:2] == "on"]
        for address in (names.get("src"), names.get("href"), names.get("action")):
            if address and not address.startswith(("/", "#")):
                self.faults.append(address)
        if tag == "style" or (tag == "script" and not names.get("src")):
            self.faults.append(tag)


def send(jira: SandboxJira, caller: Caller, path: str, /, **form: str) -> requests.Response:
    return caller.session.post(f"{jira.url}{path}", data=form, timeout=20, allow_redirects=False)


@pytest.fixture
def browser(callers: Callers) -> Caller:
    return callers.anonymous()


@pytest.mark.parametrize("path", ["/", "/?project=MOB", "/browse/PLAT-12", "/accounts", "/faults"])
def test_pages_are_strict_and_say_what_they_are(
    jira: SandboxJira, browser: Caller, path: str
) -> None:
    answer = browser.session.get(jira.url + path, timeout=20)
    strictness = Strictness()
    strictness.feed(answer.text)

    assert answer.status_code == 200
    assert strictness.faults == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Sandbox Jira" in answer.text


@pytest.mark.parametrize("name", ["board.css", "board.js", "icon.svg"])
def test_files_are_served_with_their_type(jira: SandboxJira, browser: Caller, name: str) -> None:
    answer = browser.session.get(f"{jira.url}/static/{name}", timeout=20)

    assert answer.status_code == 200
    assert not answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/static/../application.py", "/static/none.css", "/board/none"])
def test_nothing_else_is_served(jira: SandboxJira, browser: Caller, path: str) -> None:
    assert browser.session.get(jira.url + path, timeout=20).status_code == 404


def test_the_board_tells_how_to_connect(jira: SandboxJira, browser: Caller) -> None:
    text = browser.session.get(jira.url, timeout=20).text

    for part in (jira.url, jira.email, jira.token):
        assert part in text


def test_an_issue_is_moved_by_its_form(jira: SandboxJira, browser: Caller) -> None:
    answer = send(jira, browser, "/board/move", key="PLAT-12", status="Released")

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/?project=PLAT#PLAT-12"
    assert jira.issue("PLAT-12").category == "done"


def test_an_issue_is_created_by_its_form(jira: SandboxJira, browser: Caller) -> None:
    text = "<script>alert(1)</script>"
    send(jira, browser, "/board/create", project="SCH", summary=text, kind="Bug", parent="SCH-1")
    made = jira.issues("SCH")[-1]

    assert (made.summary, made.status) == (text, "To Do")
    assert text not in browser.session.get(f"{jira.url}/?project=SCH", timeout=20).text


def test_sizes_and_the_resolution_are_set_by_their_form(
    jira: SandboxJira, browser: Caller, api: Caller
) -> None:
    form = {"points": "2.5", "estimate": "1.5", "clinics": "", "resolution": "Duplicate"}
    answer = send(jira, browser, "/board/edit", key="SCH-2", **form)
    fields = "customfield_10026,customfield_10210,timeoriginalestimate,resolution"
    body = api.get("issue/SCH-2", fields=fields, expand="changelog").json()

    assert answer.headers["Location"] == "/browse/SCH-2"
    assert body["fields"].pop("resolution")["name"] == "Duplicate"
    assert list(body["fields"].values()) == [5400, 2.5, None]
    told = [item for change in body["changelog"]["histories"][:2] for item in change["items"]]
    assert [(item["fieldId"], item.get("toString")) for item in told] == [
        ("resolution", "Duplicate"),
        ("customfield_10026", "2.5"),
        ("timeoriginalestimate", "5400"),
        ("customfield_10210", ""),
    ]


def test_a_week_passes_by_its_button(jira: SandboxJira, browser: Caller) -> None:
    answer = send(jira, browser, "/board/week", project="PAY")
    shown = browser.session.get(jira.url + answer.headers["Location"], timeout=20).text

    assert jira.site.weeks == 1
    assert "A week has passed." in shown


def test_faults_are_switched_by_their_forms(jira: SandboxJira, browser: Caller) -> None:
    send(jira, browser, "/board/faults", kind="captcha", path="*", times="", after="0", seconds="")
    shown = browser.session.get(f"{jira.url}/faults", timeout=20).text

    assert browser.get("serverInfo").status_code == 403
    assert "until cleared" in shown
    send(jira, browser, "/board/faults/clear")
    assert browser.get("serverInfo").status_code == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/board/move", {"key": "PLAT-999", "status": "Released"}),
        ("/board/move", {"key": "PLAT-12", "status": "Invented"}),
        ("/board/move", {}),
        ("/board/create", {"project": "PLAT", "summary": "  "}),
        ("/board/create", {"project": "NOPE", "summary": "x"}),
        ("/board/create", {"project": "PLAT", "summary": "x", "kind": "Dream"}),
        ("/board/edit", {"key": "PLAT-1", "points": "-1"}),
        ("/board/edit", {"key": "PLAT-1", "points": "nan"}),
        ("/board/edit", {"key": "PLAT-1", "resolution": "Tired"}),
        ("/board/faults", {"kind": "earthquake"}),
        ("/board/faults", {"kind": "401", "times": "many"}),
    ],
)
def test_a_form_that_makes_no_sense_changes_nothing(
    jira: SandboxJira, browser: Caller, path: str, form: dict[str, str]
) -> None:
    before = [jira.issues(), jira.sandbox.faults.active]
    answer = send(jira, browser, path, **form)

    assert answer.status_code in (400, 404)
    assert "That did not work" in answer.text
    assert [jira.issues(), jira.sandbox.faults.active] == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
        {"Host": ""},
    ],
)
def test_no_other_page_may_press_the_buttons(
    jira: SandboxJira, browser: Caller, headers: dict[str, str]
) -> None:
    for path in ("/board/week", "/board/move", "/board/faults", "/sandbox/faults"):
        answer = browser.session.post(
            jira.url + path, data={"project": "PLAT"}, headers=headers, timeout=20
        )
        assert answer.status_code == 403
    assert jira.site.weeks == 0


def test_its_own_page_may_press_them(jira: SandboxJira, browser: Caller) -> None:
    browser.session.headers.update({"Origin": jira.url, "Sec-Fetch-Site": "same-origin"})

    assert send(jira, browser, "/board/week", project="PLAT").status_code == 303


def test_an_old_key_leads_to_the_issue_and_an_unknown_one_nowhere(
    jira: SandboxJira, browser: Caller
) -> None:
    jira.relocate("PLAT-2", "OPS")
    old = browser.session.get(f"{jira.url}/browse/PLAT-2", timeout=20)

    assert old.url.endswith("/browse/OPS-21")
    assert browser.session.get(f"{jira.url}/browse/NOPE-1", timeout=20).status_code == 404


def test_the_pages_stay_whole_while_the_api_is_broken(jira: SandboxJira, browser: Caller) -> None:
    jira.fault("500")

    assert browser.session.get(jira.url, timeout=20).status_code == 200
    assert jira.calls == ()


def test_markup_escapes_all_but_markup() -> None:
    inner = element("b", "<&>", title='"')

    assert element("p", inner, None, "x", hidden=True, id=None) == (
        '<p hidden><b title="&quot;">&lt;&amp;&gt;</b>x</p>'
    )


def test_the_calls_are_listed_without_secrets(jira: SandboxJira, callers: Callers) -> None:
    api = callers.with_token(jira.email, jira.token)
    api.get("myself")
    listed = api.session.get(f"{jira.url}/sandbox/calls", timeout=20)

    assert listed.json() == [
        {
            "method": "GET",
            "path": "/rest/api/3/myself",
            "authorised_as": jira.email,
            "status": 200,
        }
    ]
    assert jira.token not in listed.text
    jira.forget_calls()
    assert jira.calls == ()


def test_moving_on_the_page_of_an_issue_stays_there(jira: SandboxJira, browser: Caller) -> None:
    form = {"key": "PLAT-12", "status": "Released", "from": "issue"}
    answer = send(jira, browser, "/board/move", **form)

    assert answer.headers["Location"] == "/browse/PLAT-12"


def test_a_board_of_an_unknown_project_says_so(jira: SandboxJira, browser: Caller) -> None:
    answer = browser.session.get(f"{jira.url}/?project=NOPE", timeout=20)

    assert answer.status_code == 404
    assert "no project NOPE" in answer.text


def test_many_hands_at_once_lose_nothing(jira: SandboxJira) -> None:
    def create(number: int) -> int:
        form = {"project": "OPS", "summary": f"Order chair {number}"}
        return requests.post(f"{jira.url}/board/create", data=form, timeout=30).status_code

    before = len(jira.issues("OPS"))
    with ThreadPoolExecutor(8) as hands:
        answers = list(hands.map(create, range(80)))
    made = jira.issues("OPS")[before:]

    assert set(answers) == {200}
    assert len({issue.id for issue in made}) == len({issue.key for issue in made}) == 80


def test_the_accounts_are_shown_as_they_stand(jira: SandboxJira, browser: Caller) -> None:
    above(jira).deactivate("petra.lang@larkspur.example")
    shown = browser.session.get(f"{jira.url}/accounts", timeout=20).text
    petra = next(row for row in shown.split("<tr") if "Petra Lang" in row)

    assert above(jira).id in shown
    assert "Deactivated" in petra
    assert "anneke@devries.example" not in shown
    assert "Larkspur Labs" in shown


def test_an_organization_has_an_address_of_its_own(jira: SandboxJira, browser: Caller) -> None:
    home = above(jira)
    shown = browser.session.get(f"{home.address}/overview", timeout=20).text

    assert home.id in shown
    assert "Larkspur Labs" not in shown
    assert browser.session.get(f"{jira.url}/o/nowhere", timeout=20).status_code == 404
