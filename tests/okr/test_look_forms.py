"""A form is readable to everybody, and its faults stand where they belong."""

from typing import Any

from django import forms
from django.template import engines


class Letter(forms.Form):
    to = forms.EmailField(label="To", help_text="One address.")
    share = forms.IntegerField(label="Share", required=False)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)
    kind = forms.ChoiceField(
        label="Kind", widget=forms.RadioSelect, choices=[("a", "Short"), ("b", "Long")]
    )
    sure = forms.BooleanField(label="I am sure", required=False)
    page = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def rendered(source: str, form: Letter) -> str:
    html: Any = engines["django"].from_string(source).render({"form": form})
    return " ".join(html.split())


def test_a_label_a_hint_and_a_fault_belong_to_their_box():
    html = rendered("{{ form.to.as_field_group }}", Letter({"to": "nobody"}))

    assert '<label class="label" for="id_to">To</label>' in html
    assert 'aria-describedby="id_to_helptext id_to_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="hint" id="id_to_helptext">One address.</p>' in html
    assert 'id="id_to_error"' in html
    assert "Enter a valid email address." in html


def test_what_was_typed_is_kept_and_a_secret_is_not():
    html = rendered("{{ form }}", Letter({"to": "nobody", "secret": "hush"}))

    assert 'value="nobody"' in html
    assert "hush" not in html


def test_the_summary_leads_to_every_fault():
    form = Letter({"to": "nobody", "page": "1"})
    form.add_error(None, "The letter is lost.")

    html = rendered("{% error_summary form %}", form)

    assert "<h2>There is a problem</h2>" in html
    assert "<li>The letter is lost.</li>" in html
    assert '<a href="#id_to">Enter a valid email address.</a>' in html
    assert '<a href="#id_kind_0">This field is required.</a>' in html


def test_a_form_without_faults_has_no_summary():
    assert rendered("{% error_summary form %}", Letter()) == ""


def test_radio_buttons_become_cards_in_a_named_group():
    html = rendered("{{ form.kind.as_field_group }}", Letter())

    assert '<legend class="label">Kind</legend>' in html
    assert html.count('<label class="choice">') == 2


def test_a_box_may_have_its_unit_beside_it():
    html = rendered("{% field form.share suffix='%' %}", Letter())

    assert '<span class="affix">%</span>' in html
    assert '<span class="optional">optional</span>' in html


def test_a_password_can_be_looked_at():
    html = rendered("{{ form.secret.as_field_group }}", Letter())

    assert "<show-password" in html
    assert 'aria-label="Show what is typed"' in html


def test_a_hidden_field_is_there_without_a_label():
    html = rendered("{{ form }}", Letter())

    assert html.count('name="page"') == 1
    assert "Page" not in html
