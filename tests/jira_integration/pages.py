"""The page of a key result as a person reads it."""

import re

from tests.cast import signed_in


def page_of(key_result, person=None, query="") -> str:
    client = signed_in(person or key_result.owner)
    response = client.get(f"/key-results/{key_result.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def table(page: str) -> list[list[str]]:
    """The rows of the Why table, the total last."""
    whole = r'<table class="table to-cards why-table[^"]*">(.*?)</table>'
    found = re.search(whole, page, re.DOTALL)
    assert found
    rows = re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL)[1:]
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in rows
    ]
