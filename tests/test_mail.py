"""The mail server is one address; what cannot be one stops the start with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import mail_settings


def test_a_server_with_a_password_is_spoken_to_in_secret(tmp_path):
    told = mail_settings("smtp://okr:p%40ss@mail.example.org", tmp_path)

    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("okr", "p@ss")
    assert told["EMAIL_USE_TLS"]
    assert not told["EMAIL_USE_SSL"]


def test_smtps_is_secret_from_the_start(tmp_path):
    told = mail_settings("smtps://okr:pass@mail.example.org", tmp_path)
    assert (told["EMAIL_PORT"], told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (465, True, False)


def test_without_a_server_messages_are_files(tmp_path):
    told = mail_settings("", tmp_path / "mail")
    assert told["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert (tmp_path / "mail").is_dir()


@pytest.mark.parametrize("url", ["http://mail.example.org", "smtp://", "smtp://host:port", "mail"])
def test_what_is_no_mail_server_stops_the_start(tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="PLUMBLINE_EMAIL_URL must be like"):
        mail_settings(url, tmp_path)
