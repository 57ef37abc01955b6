"""The identity providers of the company, for its admins."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr.access import person_of, require_admin
from okr.audit import noted
from okr.company_sign_in.examining import Check, examined
from okr.company_sign_in.saml.asking import here_for
from okr.company_sign_in.saml.gate import is_installed
from okr.confirming import confirmed_recently
from okr.forms.saml_providers import SAMLForm
from okr.forms.sign_in_providers import NewProviderForm, OpenIDForm, ProviderForm
from okr.http import after, fitting_status, render_dialog, sent
from okr.models import RefusedError, SignInProvider
from okr.models.sign_in_provider import SignInKind

A_PAGE = 25
FORMS: dict[str, type[ProviderForm]] = {SignInKind.OPENID: OpenIDForm, SignInKind.SAML: SAMLForm}


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    context = {
        "title": "Sign-in",
        "providers": SignInProvider.objects.all(),
        "policy": person_of(request).policy,
    }
    return render(request, "okr/sign_in/providers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def new(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = NewProviderForm(sent(request))
    if request.method == "POST" and form.is_valid() and form.kept():
        return after(request, _address(form.instance))
    context = {"title": "Add a provider", "form": form, "back": reverse("okr:sign_in")}
    return render_dialog(request, "okr/sign_in/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    found = _provider(request, pk)
    form = FORMS[found.kind](sent(request), instance=found)
    if request.method == "POST" and form.is_valid() and form.kept():
        messages.success(request, f"{found} is saved.")
        return after(request, _address(found))
    return _page(request, found, form)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    found = _provider(request, pk)
    form = FORMS[found.kind](instance=found)
    return _page(request, found, form, examined(found))


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = _provider(request, pk)
    if request.method == "POST":
        return _removed(request, found)
    context = {"title": f"Delete {found}?", "provider": found, "back": _address(found)}
    return render_dialog(request, "okr/sign_in/delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def forget(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    found = _provider(request, pk)
    known = get_object_or_404(found.accounts.select_related("user"), pk=account)
    if request.method == "POST":
        with noted("sign_in.forgotten", found, always=True) as note:
            note.say(person=known.user)
            known.delete()
        messages.success(request, f"The account of {known.user} is let go.")
        return after(request, _address(found))
    context = {"title": f"Let go of the account of {known.user}?", "provider": found}
    context |= {"person": known.user, "back": _address(found)}
    return render_dialog(request, "okr/sign_in/forget.html", context)


def _provider(request: HttpRequest, pk: int) -> SignInProvider:
    require_admin(request)
    return get_object_or_404(SignInProvider, pk=pk)


def _removed(request: HttpRequest, found: SignInProvider) -> HttpResponse:
    try:
        with noted("sign_in.deleted", found):
            found.remove()
    except RefusedError as refused:
        messages.error(request, str(refused))
        return after(request, _address(found))
    messages.success(request, f"{found} is deleted.")
    return after(request, reverse("okr:sign_in"))


def _address(provider: SignInProvider) -> str:
    return reverse("okr:sign_in_provider", args=[provider.pk])


def _page(
    request: HttpRequest,
    provider: SignInProvider,
    form: ProviderForm,
    checks: list[Check] | None = None,
) -> HttpResponse:
    known = provider.accounts.select_related("user").order_by("user__name", "pk")
    context = {
        "title": SignInProvider.objects.get(pk=provider.pk).name,
        "provider": provider,
        "form": form,
        "checks": checks or [],
        **_addresses(request, provider),
        "rows": Paginator(known, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "okr/sign_in/provider.html", context, status=fitting_status(context))


def _addresses(request: HttpRequest, provider: SignInProvider) -> dict[str, object]:
    """What is entered at the provider."""
    if provider.kind == SignInKind.SAML:
        return {"here": here_for(request, provider.slug), "is_installed": is_installed()}
    back = reverse("openid_connect_callback", args=[provider.slug])
    return {"callback": request.build_absolute_uri(back)}
