"""What an OKR admin does to several people of the list at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from okr import invitations
from okr.access import require_admin
from okr.forms.selected import LeaveForm, MoveForm, SelectedForm
from okr.http import after, render_dialog
from okr.models import Person, State
from okr.pages.counting import counted
from okr.pages.people import A_PAGE


class InviteForm(SelectedForm):
    """Nothing to fill in."""

    def change(self, person: Person, at: object) -> None:
        """`invite` below sends the messages, outside of a transaction."""


@dataclass(frozen=True)
class Act:
    title: str
    button: str
    done: str
    form: type[SelectedForm]
    is_grave: bool = False


ACTS = {
    "move": Act("Move {}", "Move", "{} moved.", MoveForm),
    "leave": Act("Deactivate {}?", "Deactivate", "{} deactivated.", LeaveForm, is_grave=True),
    "invite": Act("Invite {}", "Send invitations", "{} invited.", InviteForm),
}


@require_http_methods(["GET", "HEAD", "POST"])
def selected(request: HttpRequest, act: str) -> HttpResponse:
    admin = require_admin(request)
    if act not in ACTS:
        raise Http404
    people = _people(request, act)
    number = counted(len(people), "person", "people") or "nobody"
    sent = request.POST if request.method == "POST" and people else None
    form = ACTS[act].form(sent, people=people, by=admin)
    now = timezone.now()
    if sent is not None and form.is_valid() and form.keep(now):
        done = _invited(people, admin) if act == "invite" else len(people)
        messages.success(request, ACTS[act].done.format(_were(done)))
        return after(request, reverse("okr:people"))
    context = {"title": ACTS[act].title.format(number), "act": ACTS[act], "form": form}
    return render_dialog(
        request,
        "okr/people/selected.html",
        context | {"people": people, "back": reverse("okr:people")},
    )


def _people(request: HttpRequest, act: str) -> list[Person]:
    """As many as a page of the list holds; for an invitation those who wait for one."""
    asked = [int(pk) for pk in request.GET.getlist("person")[:A_PAGE] if pk.isdecimal()]
    people = Person.objects.active().filter(pk__in=[pk for pk in asked if pk < 2**63])
    found = list(people.select_related("unit", "manager"))
    if act != "invite":
        return found
    return [person for person in found if person.state in (State.INVITED, State.NOT_INVITED)]


def _invited(people: list[Person], by: Person) -> int:
    return sum(invitations.send(person, by, timezone.now()) for person in people)


def _were(number: int) -> str:
    return f"{counted(number, 'person', 'people') or 'Nobody'} {'was' if number < 2 else 'were'}"
