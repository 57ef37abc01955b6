"""What every address of the room has in common: it is for OKR admins."""

from dataclasses import dataclass
from hashlib import sha256
from html import unescape

from django.forms import BaseForm
from django.utils.html import strip_tags

from okr.api.endpoint import Endpoint
from okr.api.problems import Problem, of_form
from okr.api.scopes import FOR_ADMINS


class OfAdmins(Endpoint):
    """With a token that was made for that."""

    about = "Atlassian accounts"
    scopes = FOR_ADMINS


@dataclass(frozen=True, slots=True)
class Edition:
    """What a person read, so that they can say which version they change."""

    version: str

    @classmethod
    def of(cls, *told: object) -> "Edition":
        return cls(sha256(repr(told).encode()).hexdigest()[:16])


def problem_of(form: BaseForm) -> Problem:
    """As `of_form`, where sentences hold a link for people."""
    problem = of_form(form)
    for fault in problem.faults:
        fault["message"] = unescape(strip_tags(fault["message"]))
    return problem
