"""Tags: typed freely, three at most, kept in order by admins, no way to what is confidential."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from okr.forms.tags import completed
from okr.models import Tag, Tagging, Visibility
from tests.cast import make_key_result, make_objective, signed_in
from tests.okr.pages import text_of

pytestmark = pytest.mark.django_db


def names(objective):
    return [tag.name for tag in objective.tags.all()]


def written(objective, tags):
    return {
        "title": objective.title,
        "level": objective.level,
        "description": "",
        "cycle": objective.cycle_id,
        "owner": objective.owner_id,
        "weight": "1",
        "visibility": objective.visibility,
        "tags": tags,
        "version": objective.version,
    }


def save(person, objective, tags):
    return signed_in(person).post(f"/objectives/{objective.pk}/edit/", written(objective, tags))


def test_tags_are_made_by_typing_and_known_whatever_their_case(ben, cycle):
    first, second = make_objective(ben, cycle), make_objective(ben, cycle)
    first.tag(["Growth", " new   market ", "growth"])
    second.tag(["GROWTH"])
    assert names(first) == ["Growth", "new market"]
    assert names(second) == ["Growth"]
    assert Tag.objects.count() == 2


def test_a_fourth_tag_is_refused_by_form_verb_and_database(ben, cycle):
    objective = make_objective(ben, cycle)
    response = save(ben, objective, "a, b, c, d")
    assert response.status_code == 422
    assert "Use at most 3 tags." in text_of(response)
    assert 'value="a, b, c, d"' in response.content.decode()
    with pytest.raises(ValidationError):
        objective.tag(list("abcd"))
    objective.tag(list("abc"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Tagging.objects.create(objective=objective, tag=Tag.objects.named(["d"])[0], place=4)
    assert names(objective) == list("abc")


@pytest.mark.parametrize("tag", ["x" * 41, "🙂" * 10_000])
def test_a_tag_that_is_too_long_is_told_beside_the_field(ben, cycle, tag):
    response = save(ben, make_objective(ben, cycle), f"fine, {tag}")
    assert response.status_code == 422
    assert "Use at most 40 characters for a tag" in text_of(response)


def test_the_form_saves_shows_and_takes_off(ben, cleo, cycle):
    objective = make_objective(ben, cycle)
    assert save(ben, objective, "Growth, עברית, 🙂").status_code == 302
    assert names(objective) == ["Growth", "עברית", "🙂"]
    page = signed_in(cleo).get(f"/objectives/{objective.pk}/").content.decode()
    tag = Tag.objects.get(name="Growth")
    assert f'href="/company/?tag={tag.pk}&amp;cycle={cycle.pk}"' in page
    assert save(cleo, objective, "mine").status_code == 403
    objective.refresh_from_db()
    assert save(ben, objective, "").status_code == 302
    assert names(objective) == []


def test_a_stale_form_compares_the_tags(ben, ada, cycle):
    objective = make_objective(ben, cycle)
    assert save(ada, objective, "hers").status_code == 302
    response = save(ben, objective, "his")
    assert response.status_code == 422
    assert "hers" in text_of(response)
    assert names(objective) == ["hers"]


@pytest.fixture
def tagged(ben, cycle):
    """One in the open with `growth`, one confidential with `growth` and `merger`."""
    plain = make_objective(ben, cycle, title="In the open")
    hidden = make_objective(ben, cycle, title="Hidden", visibility=Visibility.CONFIDENTIAL)
    make_key_result(plain)
    plain.tag(["growth"])
    hidden.tag(["growth", "merger"])
    return plain, hidden


def test_a_list_is_narrowed_by_a_tag_and_the_address_keeps_it(ben, cleo, cycle, tagged):
    make_objective(ben, cycle, title="Something else")
    growth = Tag.objects.get(name="growth")
    page = signed_in(cleo).get(f"/company/?view=list&tag={growth.pk}")
    assert [each.title for each in page.context["rows"]] == ["In the open"]
    assert "Tag: growth" in text_of(page)
    assert f"?view=list&amp;tag={growth.pk}&amp;sort=owner" in page.content.decode()
    tree = signed_in(cleo).get(f"/company/?tag={growth.pk}")
    assert [branch.objective.title for branch in tree.context["branches"]] == ["In the open"]
    everything = signed_in(ben).get(f"/my/?tag={growth.pk}")
    assert [card.objective.title for card in everything.context["page"].own] == [
        "In the open",
        "Hidden",
    ]
    exported = signed_in(cleo).get(f"/company/?format=csv&tag={growth.pk}").getvalue().decode()
    assert "In the open" in exported
    assert "Something else" not in exported


def test_the_tags_of_what_is_hidden_are_neither_counted_nor_named(cleo, olga, tagged):
    merger = Tag.objects.get(name="merger")
    numbers = {tag.name: tag.number for tag in signed_in(cleo).get("/company/").context["tags"]}
    assert numbers == {"growth": 1}
    assert "merger" not in signed_in(cleo).get(f"/company/?tag={merger.pk}").content.decode()
    assert "merger" not in suggested(cleo, "mer")
    assert "growth" in suggested(cleo, "gr")
    assert "merger" in suggested(olga, "mer")
    Tagging.objects.filter(tag=merger).delete()
    assert "merger" not in suggested(cleo, "mer")


def suggested(person, typed):
    response = signed_in(person).get("/tags/suggestions/", {"tags": typed})
    return response.content.decode()


def test_the_last_word_is_completed_and_the_others_stay():
    assert completed("Growth, re", ["retention", "growth"]) == [
        ("retention", "Growth, retention, "),
    ]
    assert completed("", ["a"]) == [("a", "a, ")]


def test_an_admin_adds_renames_and_deletes(olga, cleo, tagged):
    client = signed_in(olga)
    assert (
        client.post("/okr-admin/tags/new/", {"name": "Health", "is_suggested": "on"}).status_code
        == 302
    )
    assert "Health" in suggested(cleo, "hea")
    tag = Tag.objects.get(name="Health")
    taken = client.post(f"/okr-admin/tags/{tag.pk}/edit/", {"name": "GROWTH", "version": 1})
    assert taken.status_code == 422
    assert "There is a tag “GROWTH” already." in text_of(taken)
    assert (
        client.post(f"/okr-admin/tags/{tag.pk}/edit/", {"name": "Care", "version": 1}).status_code
        == 302
    )
    stale = client.post(f"/okr-admin/tags/{tag.pk}/edit/", {"name": "Cure", "version": 1})
    assert stale.status_code == 422
    assert "Care" in text_of(client.get("/okr-admin/tags/"))
    assert client.post(f"/okr-admin/tags/{tag.pk}/delete/").status_code == 302
    assert not Tag.objects.filter(pk=tag.pk).exists()


def test_two_tags_become_one(olga, tagged):
    plain, hidden = tagged
    growth, merger = Tag.objects.get(name="growth"), Tag.objects.get(name="merger")
    plain.tag(["merger"])
    client = signed_in(olga)
    assert (
        client.post(f"/okr-admin/tags/{merger.pk}/merge/", {"into": merger.pk}).status_code == 422
    )
    done = client.post(f"/okr-admin/tags/{merger.pk}/merge/", {"into": growth.pk}, follow=True)
    assert "“merger” is merged into “growth”." in text_of(done)
    assert names(plain) == names(hidden) == ["growth"]
    assert not Tag.objects.filter(name="merger").exists()


@pytest.mark.parametrize("place", ["", "new/", "{}/edit/", "{}/merge/", "{}/delete/"])
def test_nobody_but_an_admin_keeps_tags(cleo, tagged, place):
    pk = Tag.objects.get(name="growth").pk
    assert signed_in(cleo).get(f"/okr-admin/tags/{place.format(pk)}").status_code == 403
