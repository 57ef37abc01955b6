"""Webhooks, kept by OKR admins: where to, what of, and what became of each delivery."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr.access import require_admin
from okr.audit import noted
from okr.confirming import confirmed_recently
from okr.forms.webhooks import WebhookForm
from okr.http import after, fitting_status, render_dialog, sent
from okr.models import Delivery, Webhook
from okr.pages.webhooks import delivery_page, webhook_page
from okr.webhooks.deeds import IS_OFF, repeat, test_now


@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    context = {"title": "Webhooks", "hooks": Webhook.objects.all()}
    return render(request, "okr/webhooks/webhooks.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def new(request: HttpRequest) -> HttpResponse:
    """The secret stands in the answer to the form, and nowhere else ever after."""
    require_admin(request)
    form = WebhookForm(sent(request))
    if request.method == "POST" and form.is_valid() and form.kept(timezone.now()):
        return _told(request, form.instance, form.told)
    context = {"title": "New webhook", "form": form}
    return render(request, "okr/webhooks/new.html", context, status=fitting_status(context))


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    hook = get_object_or_404(Webhook, pk=pk)
    page = webhook_page(hook, request.GET.get("page"), timezone.now())
    return render(request, "okr/webhooks/webhook.html", {"title": str(hook), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    hook = get_object_or_404(Webhook, pk=pk)
    form, back = WebhookForm(sent(request), instance=hook), reverse("okr:webhook", args=[pk])
    if request.method == "POST" and form.is_valid() and form.kept(timezone.now()):
        messages.success(request, f"The webhook “{hook}” is saved.")
        return after(request, back)
    context = {"title": "Edit webhook", "form": form, "back": back}
    return render_dialog(request, "okr/webhooks/edit.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    hook = get_object_or_404(Webhook, pk=pk)
    if request.method == "POST":
        with noted("webhooks.renewed", hook):
            told = hook.renew_secret(timezone.now())
        return _told(request, hook, told)
    return render(request, "okr/webhooks/renew.html", {"title": "Renew the secret", "hook": hook})


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent at once, so that the page can tell what became of it."""
    require_admin(request)
    made = test_now(get_object_or_404(Webhook, pk=pk))
    return redirect("okr:webhook_delivery", pk, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    hook = get_object_or_404(Webhook, pk=pk)
    if request.method == "POST":
        with noted("webhooks.deleted", hook):
            hook.remove()
        messages.success(request, f"The webhook “{hook}” is deleted.")
        return after(request, reverse("okr:webhooks"))
    context = {"title": "Delete this webhook?", "hook": hook}
    context["back"] = reverse("okr:webhook", args=[pk])
    return render_dialog(request, "okr/webhooks/delete.html", context)


@require_safe
def delivery(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    require_admin(request)
    page = delivery_page(_delivery(pk, number))
    return render(
        request,
        "okr/webhooks/delivery.html",
        {"title": page.delivery.happening.words, "page": page},
    )


@require_POST
def again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    require_admin(request)
    found = _delivery(pk, number)
    if not found.hook.is_on:
        messages.error(request, IS_OFF)
        return redirect("okr:webhook_delivery", pk, number)
    made = repeat(found, timezone.now())
    messages.success(request, "It is sent again.")
    return redirect("okr:webhook_delivery", pk, made.pk)


def _delivery(pk: int, number: int) -> Delivery:
    rows = Delivery.objects.select_related("hook", "happening")
    return get_object_or_404(rows, hook=pk, pk=number)


def _told(request: HttpRequest, hook: Webhook, told: str) -> HttpResponse:
    context = {"title": "Copy the secret", "hook": hook, "told": told}
    return render(request, "okr/webhooks/told.html", context)
