"""The company's own templates, kept by OKR admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import require_admin
from okr.audit import noted
from okr.forms.templates import TemplateForm
from okr.http import after, render_dialog, sent
from okr.library import shipped
from okr.models import Template
from okr.pages.takeaway_admin import own_templates_sheet


@require_safe
def templates(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    rows = Template.objects.select_related("by")
    if exports.is_wanted(request):
        return exports.download(request, own_templates_sheet(rows))
    context = {"title": "Templates", "templates": rows, "shipped": len(shipped())}
    return render(request, "okr/library/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person = require_admin(request)
    form = TemplateForm(sent(request), person=person)
    if request.method == "POST" and form.is_valid() and form.kept():
        return _done(request, f"The template “{form.instance}” is added.")
    context = {"title": "New template", "form": form, "back": reverse("okr:own_templates")}
    return render_dialog(request, "okr/library/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = require_admin(request)
    template = get_object_or_404(Template, pk=pk)
    form = TemplateForm(sent(request), person=person, instance=template)
    if request.method == "POST" and form.is_valid() and form.kept():
        return _done(request, f"The template “{template}” is saved.")
    context = {"title": "Edit template", "form": form, "back": reverse("okr:own_templates")}
    return render_dialog(request, "okr/library/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    template = get_object_or_404(Template, pk=pk)
    if request.method == "POST":
        with noted("templates.deleted", template):
            template.remove()
        return _done(request, f"The template “{template}” is deleted.")
    context = {"title": "Delete this template?", "template": template}
    context["back"] = reverse("okr:own_templates")
    return render_dialog(request, "okr/library/delete.html", context)


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return after(request, reverse("okr:own_templates"))
