"""Whatever Jira URL is pasted, the site comes out, or one clear refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jira_integration.client import BadAddress, SiteAddress, read_address

LISTED = {"127.0.0.1:9000", "jira.corp:80", "[fd12::7]:8443"}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://acme.atlassian.net", "https://acme.atlassian.net"),
        ("http://acme.atlassian.net/", "https://acme.atlassian.net"),
        ("acme.atlassian.net", "https://acme.atlassian.net"),
        ("  ACME.Atlassian.NET/ ", "https://acme.atlassian.net"),
        ("https:/acme.atlassian.net", "https://acme.atlassian.net"),
        ("//acme.atlassian.net/browse/X-1", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net.:443/", "https://acme.atlassian.net"),
        ("http://acme.atlassian.net:80/", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/browse/PLAT-12?focusedId=1#c", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/jira/browse/PLAT-12", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/jira/software/c/projects/P/boards/1", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/jira/your-work", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/anything/at/all/is/a/page", "https://acme.atlassian.net"),
        ("https://acme.jira.com/secure/Dashboard.jspa", "https://acme.jira.com"),
        ("https://acme.atlassian.net/rest/api/3/myself", "https://acme.atlassian.net"),
        ("https://jira.acme.example/browse/PLAT-12", "https://jira.acme.example"),
        ("https://acme.example/jira/browse/PLAT-12", "https://acme.example/jira"),
        ("https://acme.example/jira/", "https://acme.example/jira"),
        ("https://acme.example/jira/secure/RapidBoard.jspa?rapidView=1", "https://acme.example/jira"),
        ("https://acme.example/tools/jira/rest/api/2/issue/1", "https://acme.example/tools/jira"),
        ("https://acme.example/jira/software/projects/P", "https://acme.example"),
        ("https://acme.example/jira/projects/P/issues/P-1", "https://acme.example/jira"),
        ("https://acme.example/jira/issues/?jql=project%3DP", "https://acme.example/jira"),
        ("https://acme.example:8443/login.jsp", "https://acme.example:8443"),
        ("http://acme.example:8080/jira", "https://acme.example:8080/jira"),
        ("jira", "https://jira"),
        ("http://127.0.0.1:9000/browse/X-1", "http://127.0.0.1:9000"),
        ("http://127.0.0.1:9001/", "https://127.0.0.1:9001"),
        ("http://JIRA.corp/jira", "http://jira.corp/jira"),
        ("http://[FD12:0:0::7]:8443/", "http://[fd12::7]:8443"),
        ("https://[fd12::7]/", "https://[fd12::7]"),
        ("https://straße.example/browse/X-1", "https://xn--strae-oqa.example"),
        ("https://БЮРО.example", "https://xn--90a0af9c.example"),
        ("https://acme。atlassian。net", "https://acme.atlassian.net"),
        ("https://①②⑦.⓪.⓪.①/", "https://127.0.0.1"),
    ],
)  # fmt: skip
def test_a_pasted_url_is_reduced_to_its_site(text, url):
    assert read_address(text, LISTED).url == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("https://bot:secret@acme.atlassian.net", "password"),
        ("https://acme.atlassian.net@evil.example", "password"),
        ("bot@acme.example", "password"),
        ("ftp://acme.atlassian.net", "unreadable"),
        ("file:///etc/passwd", "unreadable"),
        ("gopher://127.0.0.1:70/x", "unreadable"),
        ("javascript:alert(1)", "unreadable"),
        ("https://", "unreadable"),
        ("https:///browse/X-1", "unreadable"),
        ("https://acme atlassian.net", "unreadable"),
        ("https://acme.atlassian.net\\@evil.example", "unreadable"),
        ("https://acme.atlassian.net\r\nHost: evil", "unreadable"),
        ("https://acme.atlassian.net:0/", "unreadable"),
        ("https://acme.atlassian.net:65536/", "unreadable"),
        ("https://acme.atlassian.net:https/", "unreadable"),
        ("https://-acme.example", "unreadable"),
        ("https://acme..example", "unreadable"),
        ("https://.example", "unreadable"),
        ("https://acme!.example", "unreadable"),
        ("https://" + "a" * 64 + ".example", "unreadable"),
        ("https://" + "a." * 130 + "example", "unreadable"),
        ("https://acme.example/" + "a" * 3000, "unreadable"),
        ("https://acme.example/jira/../admin", "unreadable"),
        ("https://acme.example/a/b/c/d", "unreadable"),
        ("https://acme.example/%2e%2e", "unreadable"),
        ("https://[::1", "unreadable"),
        ("https://[fe80::1%25eth0]/", "unreadable"),
        ("https://2130706433/", "unreadable"),
        ("https://0x7f.1/", "unreadable"),
        ("https://0177.0.0.1/", "unreadable"),
        ("https://127.1/", "unreadable"),
        ("https://127.0.0.1.:x/", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_its_reason(text, reason):
    with pytest.raises(BadAddress) as refused:
        read_address(text, LISTED)
    assert refused.value.reason == reason


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_refusal(text):
    try:
        site = read_address(text, LISTED)
    except BadAddress:
        return
    assert read_address(site.url, LISTED) == site
    assert SiteAddress.from_url(site.url) == site
    assert site.host.isascii()
    assert site.scheme == "https" or f"{site.host}:{site.port}" in LISTED


@given(
    st.sampled_from(["", "http://", "https://", "HTTPS://"]),
    st.from_regex(r"[a-zA-Z][a-zA-Z0-9-]{0,20}[a-z]\.(atlassian\.net|example)", fullmatch=True),
    st.sampled_from(["", "/", "/browse/A-1", "/rest/api/3/myself", "/issues/?jql=a%3Db"]),
)
def test_one_site_has_one_address_however_it_is_pasted(scheme, host, page):
    assert read_address(scheme + host + page).url == f"https://{host.lower()}"


@pytest.mark.parametrize("url", ["acme.example", "ftp://acme.example", "https://", ""])
def test_a_stored_address_that_is_none_is_refused(url):
    with pytest.raises(BadAddress):
        SiteAddress.from_url(url)
