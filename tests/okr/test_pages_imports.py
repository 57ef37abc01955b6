"""A file is uploaded, checked, confirmed, and what was rejected comes back with its reasons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from okr.models import Person, Upload
from tests.cast import make_person, signed_in
from tests.okr.pages import text_of

START = "/imports/people/"
ROWS = "email,name,phone\ndana@x.example,Dana Holt,1\nbad,Bad,2\n"


def upload(window, text=ROWS, name="people.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return window.post(START, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def window(olga):
    return signed_in(olga)


def test_the_first_page_tells_the_columns_and_gives_a_template(window):
    shown = text_of(window.get(START))
    assert "Nothing is written before you confirm." in shown
    assert "manager_email" in shown
    lines = b"".join(window.get(f"{START}template/").streaming_content).decode().splitlines()
    assert lines[0].endswith("email,name,designation,unit,manager_email,role")


def test_the_way_of_a_file(window):
    check = upload(window)["Location"]
    shown = text_of(window.get(check))
    for words in (
        "New 1",
        "Problems 1",
        "Import 1 row",
        "Not read: 'phone'.",
        "1 row has a problem",
    ):
        assert words in shown
    assert "This is not an e-mail address" in shown
    assert not Person.objects.filter(email="dana@x.example").exists()

    assert window.post(f"{check}confirmation/")["Location"] == check
    assert "1 row imported, 1 rejected." in text_of(window.get(check))
    assert Person.objects.filter(email="dana@x.example").exists()

    rejected = b"".join(window.get(f"{check}rejected/").streaming_content).decode().splitlines()
    assert rejected[1].startswith("bad,Bad,3,email: This is not an e-mail address")


def test_what_changed_since_the_check_is_told(window):
    check = upload(window, "email,name\ndana@x.example,Dana Holt\n")["Location"]
    make_person("Dana Holt", email="dana@x.example")
    answer = window.post(f"{check}confirmation/", follow=True)
    assert "Something changed since this file was checked." in text_of(answer)
    assert "There is nothing to import." in text_of(answer)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("name\nDana\n", "This file has no 'email' column."), ("", "This file is empty.")],
)
def test_a_bad_file_is_refused_beside_the_field(window, text, sentence):
    answer = upload(window, text)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_no_file_and_a_file_that_is_too_big_are_refused(window):
    assert "Choose a file." in text_of(window.post(START))
    assert "at most 5 MB" in text_of(upload(window, b"x" * 5_000_001))
    assert not Upload.objects.exists()


def test_what_a_file_says_is_shown_as_text(window):
    check = upload(window, "email,name\n<script>alert(1)</script>,Dana\n")["Location"]
    assert "<script>alert" not in window.get(check).content.decode()


def test_employees_import_nobody_and_uploads_are_ones_own(window, ada, olga):
    check = upload(window)["Location"]
    other = make_person("Henrik Dahl", role="okr_admin")
    for person, expected in ((ada, 404), (other, 404)):
        for path in (check, f"{check}rejected/"):
            assert signed_in(person).get(path).status_code == expected
        assert signed_in(person).post(f"{check}confirmation/").status_code == expected
    assert signed_in(ada).get(START).status_code == 403
    assert upload(signed_in(ada)).status_code == 403
    assert window.get("/imports/nothing/").status_code == 404


def test_an_admin_no_more_confirms_nothing(window, olga):
    check = upload(window)["Location"]
    Person.objects.filter(pk=olga.pk).update(role="employee")
    assert window.post(f"{check}confirmation/").status_code == 403


def test_thousands_of_rows_are_shown_fifty_at_a_time(window):
    rows = "".join(f"p{n}@x.example,P\n" for n in range(120))
    check = upload(window, f"email,name\n{rows}")["Location"]
    shown = text_of(window.get(check, {"page": 2}))
    assert "51–100 of 120" in shown
