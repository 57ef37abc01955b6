"""Between a person here and a user in the directory: told, and kept by the forms of the pages."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.db.models import Q, QuerySet
from scim2_models import Meta, Reference

from okr.api.forming import as_it_stands, as_typed
from okr.forms.people import LeavingForm, NewPersonForm, PersonForm
from okr.forms.units import UnitForm
from okr.models import Person, Unit
from okr.models.provisioning import DirectoryEntry, DirectoryToken
from okr.pages.person import handed_over
from okr.scim.finding import by_number
from okr.scim.letting_back import forget_proofs, let_back
from okr.scim.problems import TAKEN, Refused, of_form
from okr.scim.shapes import Email, EnterpriseUser, FullUser, Membership, Name, Superior
from okr.scim.signing_in import on_behalf_of

NAMES = {
    "email": "emails", "name": "displayName", "designation": "title", "manager": "manager",
    "unit": "department",
}  # fmt: skip
KNOWN = "Somebody has this userName already."
NO_ADDRESS = "emails: Send an e-mail address; people sign in with it."
NO_NAME = "displayName: Send a name."
SEVERAL = "department: Several units are called “{}”."
OF_ADMIN = "emails: {} is an OKR admin. Let an OKR admin change the address, on the page."
NO_MANAGER = "manager: There is nobody with this id."


def known() -> QuerySet[Person]:
    """Everybody but whom the directory deleted."""
    rows: QuerySet[Person] = Person.objects.exclude(directory_entry__removed_at__isnull=False)
    return rows.select_related("unit", "manager", "directory_entry").order_by("pk")


def entry_of(row: Any) -> DirectoryEntry:
    """As stored, or blank for whom no directory has sent yet."""
    found: DirectoryEntry | None = getattr(row, "directory_entry", None)
    return found or DirectoryEntry()


def told(person: Person, base: str) -> Any:
    entry, unit = entry_of(person), person.unit
    user: Any = FullUser
    return user(
        id=str(person.pk),
        external_id=entry.external_id or None,
        user_name=entry.user_name or person.email,
        name=Name(
            given_name=entry.given_name or None,
            family_name=entry.family_name or None,
        ),
        display_name=person.name,
        title=person.designation or None,
        active=person.is_active,
        emails=[Email(value=person.email, type="work", primary=True)],
        groups=[_membership(unit, base)] if unit else None,
        meta=Meta(resource_type="User", created=person.joined_at, last_modified=entry.at),
        EnterpriseUser=EnterpriseUser(
            department=unit.name if unit else None, manager=_superior(person, base)
        ),
    )


def add(user: Any, token: DirectoryToken, at: datetime) -> Person:
    """A new person; or back again, whom the directory had deleted."""
    _refuse_known(user, None)
    address = _address(user)
    removed = Person.objects.filter(directory_entry__removed_at__isnull=False)
    back: Person | None = removed.filter(email__iexact=address).first()
    if back:
        if not back.is_active:
            forget_proofs(back)
        _write(back, user, token, at)
        return back
    values = {"role": "employee", "invite": False, **_values(user, None)}
    form = NewPersonForm(as_typed(values))
    person = form.add(token.made_by, at) if form.is_valid() else None
    if person is None:
        raise of_form(form, NAMES)
    _enter(person, user, at)
    if user.active is False:
        _leave(person, token, at)
    return person


def change(
    person: Person, user: Any, token: DirectoryToken, at: datetime, *, whole: bool = False
) -> None:
    """`whole` where a department that is not told was taken away, not left out."""
    _refuse_known(user, person)
    if whole and not (user.EnterpriseUser and user.EnterpriseUser.department):
        person.unit = None
    _write(person, user, token, at)


def remove(person: Person, token: DirectoryToken, at: datetime) -> None:
    """Deactivated: what they said and reached stays the record."""
    if person.is_active:
        _leave(person, token, at)
    DirectoryEntry.objects.update_or_create(
        person=person, defaults={"removed_at": at}, create_defaults={"removed_at": at, "at": at}
    )


def _write(person: Person, user: Any, token: DirectoryToken, at: datetime) -> None:
    _refuse_new_address_of_admin(person, user)
    form = PersonForm(instance=person)
    held = as_it_stands(form) | {"version": person.version}
    form = PersonForm(as_typed(held | _values(user, person)), instance=person)
    if not (form.is_valid() and form.kept()):
        raise of_form(form, NAMES)
    _enter(person, user, at)
    wanted = user.active is not False
    if wanted and not person.is_active:
        let_back(person)
    elif person.is_active and not wanted:
        _leave(person, token, at)


def _refuse_new_address_of_admin(person: Person, user: Any) -> None:
    """A link to a new password goes there, so whoever has the token would become the admin."""
    is_open = person.is_active and person.is_okr_admin
    if is_open and _address(user).strip().lower() != person.email.lower():
        raise Refused(HTTPStatus.CONFLICT, OF_ADMIN.format(person))


def _values(user: Any, person: Person | None) -> dict[str, Any]:
    """What the form takes. A department that is not told stays as it is."""
    work = user.EnterpriseUser or EnterpriseUser(department=None)
    values = {
        "email": _address(user),
        "name": _name(user),
        "designation": user.title or "",
        "manager": _manager(work),
    }
    if work.department:
        values["unit"] = _unit(work.department, person)
    return values


def _name(user: Any) -> str:
    parts = [user.name.given_name, user.name.family_name] if user.name else []
    found = user.display_name or " ".join(filter(None, parts)) or user.user_name
    return str(found)


def _address(user: Any) -> str:
    sent = [each for each in user.emails or () if each.value]
    found = next((each for each in sent if each.primary), sent[0] if sent else None)
    if found:
        return str(found.value)
    if "@" in user.user_name:
        return str(user.user_name)
    raise Refused(HTTPStatus.BAD_REQUEST, NO_ADDRESS, "invalidValue")


def _manager(work: EnterpriseUser) -> int | None:
    if not (work.manager and work.manager.value):
        return None
    named = by_number(str(work.manager.value))
    found: Person | None = Person.objects.active().filter(named).first()
    if found is None:
        raise Refused(HTTPStatus.BAD_REQUEST, NO_MANAGER, "invalidValue")
    return int(found.pk)


def _unit(name: str, person: Person | None) -> int:
    """The unit of this name: the one they are in, or the only one, or a new one at the top."""
    if person and person.unit and person.unit.name.casefold() == name.casefold():
        return person.unit.pk
    alike = list(Unit.objects.filter(name__iexact=name)[:2])
    if len(alike) > 1:
        raise Refused(HTTPStatus.BAD_REQUEST, SEVERAL.format(name), "invalidValue")
    return alike[0].pk if alike else add_unit(name)


def add_unit(name: str) -> int:
    form = UnitForm(as_typed({"name": name}))
    if not (form.is_valid() and form.kept()):
        raise of_form(form, {"name": "displayName"})
    return int(form.instance.pk)


def _refuse_known(user: Any, person: Person | None) -> None:
    own = Q(directory_entry__user_name__iexact=user.user_name)
    plain = Q(email__iexact=user.user_name) & (
        Q(directory_entry=None) | Q(directory_entry__user_name="")
    )
    others = known().exclude(pk=person.pk) if person else known()
    if others.filter(own | plain).exists():
        raise Refused(HTTPStatus.CONFLICT, KNOWN, TAKEN)


def _enter(person: Person, user: Any, at: datetime) -> None:
    name = user.name or Name(given_name=None, family_name=None)
    plain = user.user_name.casefold() == person.email.casefold()
    values = {
        "external_id": user.external_id or "",
        "user_name": "" if plain else user.user_name,
        "given_name": name.given_name or "",
        "family_name": name.family_name or "",
        "removed_at": None,
        "at": at,
    }
    DirectoryEntry.objects.update_or_create(person=person, defaults=values)


def _leave(person: Person, token: DirectoryToken, at: datetime) -> None:
    """What they own goes to their manager; without one, to the OKR admin in whose name it is."""
    by = on_behalf_of(token, person)
    heir = person.manager if person.manager and person.manager.is_active else by
    owns = person.open_objectives.exists() or person.open_key_results.exists()
    form = LeavingForm(as_typed({"heir": heir.pk} if owns else {}), person=person)
    if not (form.is_valid() and form.keep(by, at, handed_over(person))):
        sentences = " ".join(str(each) for errors in form.errors.values() for each in errors)
        raise Refused(HTTPStatus.CONFLICT, sentences)


def _membership(unit: Unit, base: str) -> Membership:
    link: Any = Reference(f"{base}/Groups/{unit.pk}")
    return Membership(value=str(unit.pk), ref=link, display=unit.name)


def _superior(person: Person, base: str) -> Superior | None:
    above = person.manager
    if above is None:
        return None
    link: Any = Reference(f"{base}/Users/{above.pk}")
    return Superior(value=str(above.pk), ref=link)
