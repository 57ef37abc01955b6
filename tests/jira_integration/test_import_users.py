"""`Import Jira users`: Atlassian's file, checked row by row, tells whose account is whose."""

from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jira_integration.models import JiraConnection, JiraPerson, Match
from jira_integration.people_file import JiraUsersShape
from okr.imports import UnreadableError, read
from okr.models import Person, Upload
from tests.cast import make_person, signed_in
from tests.jira_integration.seen import HTMX, url, words

BEN, ADA = "ben.okafor@larkspur.example", "ada.lindqvist@larkspur.example"
ID, OTHER = "712020:0a1b2c3d-4e5f-6789-abcd-ef0123456789", "5b10a2844c20165700ede21g"
EXPORT = (
    "User id,User name,email,User status,Added to org,Org role,Last seen in Jira - larkspur\r\n"
    f"{ID},Ben Okafor,{BEN},Active,3 Jan 2024,User,Never accessed\r\n"
)


@pytest.fixture
def window(connection, olga, ada, ben):
    return signed_in(olga)


def upload(window, text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    return window.post(url("import"), {"file": SimpleUploadedFile("users.csv", content)})


def check(window, text, encoding="utf-8"):
    return upload(window, text, encoding)["Location"]


def shown(window, where, fate="problem"):
    return words(window.get(f"{where}?fate={fate}"))


def accounts():
    return {row.person.email: row.account_id for row in JiraPerson.objects.select_related("person")}


def test_the_export_of_atlassian_connects_people_with_their_accounts(window):
    where = check(window, EXPORT)
    page = shown(window, where, "new")
    assert "New 1 Changed 0 Unchanged 0 Problems 0" in page
    assert f"account: {ID}" in page
    assert "Import 1 row" in page
    assert not JiraPerson.objects.exists()

    window.post(f"{where}confirmation/")
    assert accounts() == {BEN: ID}
    row = JiraPerson.objects.get()
    assert (row.match, row.connection.name) == (Match.FILE, "Larkspur")


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffemail,account_id\n{BEN},{ID}\n",
        f"ACCOUNT_ID;E-Mail\n{ID};{BEN.upper()}\n",
        f'sep=;\n"User id";"Email"\n"{ID}";" {BEN} "\n',
        f"User status\taccount id\temail\nSuspended\t{ID}\t{BEN}\n",
    ],
    ids=["a mark at the beginning", "another order and case", "semicolons", "tabs"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_whatever_program_wrote_it(window, text, encoding):
    if encoding != "utf-8":
        text = text.lstrip("\ufeff")
    where = check(window, text, encoding)
    window.post(f"{where}confirmation/")
    assert accounts() == {BEN: ID}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f",{ID}", "The e-mail address is missing."),
        (f"ben at larkspur,{ID}", "This is not an e-mail address."),
        (f"=HYPERLINK(1)@x.example,{ID}", "This is not an e-mail address."),
        (f"nobody@larkspur.example,{ID}", "Nobody here has this address."),
        (f"{BEN},", "The account id is missing"),
        (f"{BEN},=1+1", "This is not an account id."),
        (f"{BEN},5.57058E+23", "turned this account id into a number"),
        (f"{BEN},{ID},more", "This row has 3 cells, but there are 2 headings."),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(window, row, reason):
    where = check(window, f"email,account_id\n{row}\n")
    assert reason in shown(window, where)
    window.post(f"{where}confirmation/")
    assert not JiraPerson.objects.exists()


def test_somebody_who_left_is_not_connected(window, cleo):
    cleo.is_active = False
    cleo.save()
    where = check(window, f"email,account_id\n{cleo.email},{ID}\n")
    assert "was deactivated here" in shown(window, where)


def test_rows_that_contradict_each_other_are_all_left_out(window):
    where = check(window, f"email,account_id\n{BEN},{ID}\n{ADA},{ID}\n{BEN},{OTHER}\n")
    page = shown(window, where)
    assert "Problems 3" in page
    assert "Row 4 gives this address another account." in page
    assert "Row 2 gives this account to another address." in page


def test_a_row_that_stands_there_twice_is_taken_once(window):
    where = check(window, f"email,account_id\n{BEN},{ID}\n{BEN},{ID}\n")
    assert "Row 2 says the same." in shown(window, where)
    window.post(f"{where}confirmation/")
    assert accounts() == {BEN: ID}


def test_the_same_file_again_changes_nothing_and_a_new_account_is_told(window):
    window.post(f"{check(window, EXPORT)}confirmation/")
    assert "Unchanged 1" in shown(window, check(window, EXPORT))
    where = check(window, EXPORT.replace(ID, OTHER))
    assert f"account: {ID} → {OTHER}" in shown(window, where, "changed")


def test_an_account_of_somebody_else_is_refused_unless_both_change(window):
    window.post(f"{check(window, EXPORT)}confirmation/")
    where = check(window, f"email,account_id\n{ADA},{ID}\n")
    assert "This account is connected with Ben Okafor already." in shown(window, where)
    where = check(window, f"email,account_id\n{ADA},{ID}\n{BEN},{OTHER}\n")
    window.post(f"{where}confirmation/")
    assert accounts() == {ADA: ID, BEN: OTHER}


def test_the_rejected_rows_come_back_with_their_reasons_and_compute_nothing(window):
    where = check(window, f"email,account_id\n=cmd()@x.example,{ID}\n{BEN},{ID}\n")
    window.post(f"{where}confirmation/")
    assert "1 row imported, 1 rejected." in words(window.get(where))
    content = BytesIO(b"".join(window.get(f"{where}rejected/").streaming_content)).read().decode()
    lines = content.splitlines()
    assert lines[0].endswith("email,account_id,row,reason")
    assert lines[1].startswith("'=cmd()@x.example,")
    assert "This is not an e-mail address." in lines[1]


def test_a_file_without_addresses_is_refused_and_one_without_accounts_is_explained(window):
    answer = upload(window, f"User id,User name\n{ID},Ben\n")
    assert answer.status_code == 422
    assert "This file has no 'email' column." in words(answer)
    assert "Import Jira users" in words(answer)
    where = check(window, f"email\n{BEN}\n")
    assert "The account id is missing" in shown(window, where)


def test_the_template_has_the_two_columns(window):
    page = window.get(url("import"))
    assert "Jira may hide e-mail addresses" in words(page)
    shape = JiraUsersShape(JiraConnection.objects.get())
    answer = window.get(f"/imports/{shape.slug}/template/")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].endswith("email,account_id")


def test_only_an_okr_admin_imports(window, ben):
    shape = JiraUsersShape(JiraConnection.objects.get())
    for address in (url("import"), f"/imports/{shape.slug}/"):
        assert signed_in(ben).get(address).status_code == 403


def test_a_jira_that_is_not_there_has_no_import(window):
    assert window.get(f"{url('import')}?site=999").status_code == 404


def test_before_jira_is_connected_there_is_nothing_to_import_into(olga):
    assert signed_in(olga).get(url("import"))["Location"] == url("integration")


def test_asking_jira_matches_by_address_and_tells_who_hides_it(window, jira, olga):
    ada = make_person("Ada Admin", email="ada@larkspur.example")
    shy = make_person("Larkspur OKR Bot", email="someone@larkspur.example")
    hide_the_address(jira, "bot")
    answer = window.post(url("look_up"), follow=True)
    assert "1 of 5 people are matched with a Jira account" in words(answer)
    assert accounts() == {ada.email: jira.site.accounts["ada"].id, shy.email: ""}
    people = words(window.get(url("users"), headers=HTMX))
    assert "Ada Admin Matched" in people
    assert "Larkspur OKR Bot Email hidden in Jira" in people
    assert "Ben Okafor No Jira account found" in people


def test_before_anybody_asked_nothing_is_said_of_accounts(window):
    assert "No Jira account found" not in words(window.get(url("users"), headers=HTMX))


def test_what_a_file_said_stays_when_jira_is_asked(window, jira):
    make_person("Ada Admin", email="ada@larkspur.example")
    where = check(window, f"email,account_id\nada@larkspur.example,{ID}\n")
    window.post(f"{where}confirmation/")
    window.post(url("look_up"))
    assert accounts() == {"ada@larkspur.example": ID}


def test_an_account_that_jira_told_stays_when_it_hides_the_address(window, jira):
    make_person("Ada Admin", email="ada@larkspur.example")
    window.post(url("look_up"))
    before = accounts()
    hide_the_address(jira, "ada")
    window.post(url("look_up"))
    assert accounts() == before != {}


def test_an_account_that_may_not_list_users_is_told_which_right_is_missing(window, jira):
    jira.fault("403", path="*/users/search")
    assert "Browse users and groups" in words(window.post(url("look_up"), follow=True))


@pytest.mark.editions("cloud", "data center")
def test_both_kinds_of_jira_tell_their_accounts(connection, jira):
    with connection.client() as client:
        client.myself()
        found = {account.email for page in client.accounts() for account in page}
    assert found == {"jira-bot@larkspur.example", "ada@larkspur.example", "nobody@larkspur.example"}


@pytest.mark.editions("data center")
def test_on_data_center_the_user_key_is_the_account(connection, jira, olga, ben):
    where = check(signed_in(olga), f"email,User key\n{BEN},JIRAUSER10100\n")
    signed_in(olga).post(f"{where}confirmation/")
    assert accounts() == {BEN: "JIRAUSER10100"}


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.sampled_from([BEN, ADA, "", "x", "=1"]), st.sampled_from([ID, OTHER, "", "="]))
        | st.tuples(st.text(max_size=8), st.text(max_size=8)),
        max_size=6,
    )
)
def test_every_row_of_any_file_has_one_fate_and_what_is_written_is_whole(window, rows):
    shape = JiraUsersShape(JiraConnection.objects.get())
    text = "email,account_id\n" + "".join(f'"{a}","{b}"\n' for a, b in rows)
    try:
        lines = read(text.encode("utf-8", "replace"), shape.columns).lines
    except UnreadableError:
        return
    finding = shape.check(lines, Person())
    assert [verdict.number for verdict in finding.verdicts] == [line.number for line in lines]
    written = [row.account_id for row in finding.plans]
    assert len(written) == len(set(written))
    assert len({row.person_id for row in finding.plans}) == len(written)
    assert not Upload.objects.exists()


def hide_the_address(jira, name):
    with jira.site.lock:
        account = jira.site.accounts[name]
        jira.site.accounts[name] = replace(account, email_shown=False)
