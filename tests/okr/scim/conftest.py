"""A directory that Olga let in."""

import pytest

from tests.okr.scim.directory import Directory


@pytest.fixture
def directory(olga):
    return Directory(by=olga)
