"""Tags: suggested while one types, and kept in order by OKR admins."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from okr import exports
from okr.access import person_of, require_admin
from okr.audit import noted
from okr.exports import Sheet
from okr.forms.tags import MergeForm, TagForm, completed
from okr.http import after, render_dialog, render_part, sent
from okr.models import Tag
from okr.views.choosing import words

MOST_SUGGESTED = 8
COUNTED = Tag.objects.annotate(number=Count("taggings")).order_by("key")


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the last of the typed names could become, among the tags that this person may know."""
    typed = words(request, "tags")
    last = typed.rsplit(",", 1)[-1].strip()
    found = Tag.objects.visible_to(person_of(request)).filter(key__contains=last.casefold())
    names = list(found.values_list("name", flat=True)[:MOST_SUGGESTED])
    context = {"options": completed(typed, names)}
    page = "okr/tags/_options.html"
    return render_part(request, page, page, context)


@require_safe
def tags(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    if exports.is_wanted(request):
        rows = COUNTED.values_list("name", "number").iterator(500)
        return exports.download(request, Sheet("Tags", ("tag", "objectives"), rows))
    return render(request, "okr/tags/tags.html", {"title": "Tags", "tags": COUNTED.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = TagForm(sent(request), initial={"is_suggested": True})
    if request.method == "POST" and form.is_valid():
        return _done(request, f"The tag “{form.keep()}” is added.")
    context = {"title": "New tag", "form": form, "back": reverse("okr:tags")}
    return render_dialog(request, "okr/tags/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    tag = get_object_or_404(Tag, pk=pk)
    form = TagForm(sent(request), instance=tag)
    if request.method == "POST" and form.is_valid() and form.kept():
        return _done(request, f"The tag “{tag}” is saved.")
    context = {"title": "Edit tag", "form": form, "back": reverse("okr:tags")}
    return render_dialog(request, "okr/tags/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    tag = get_object_or_404(COUNTED, pk=pk)
    form = MergeForm(sent(request), tag=tag)
    if request.method == "POST" and form.is_valid():
        return _done(request, f"“{tag}” is merged into “{form.keep()}”.")
    context = {"title": f"Merge “{tag}”", "form": form, "tag": tag, "back": reverse("okr:tags")}
    return render_dialog(request, "okr/tags/merge.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    tag = get_object_or_404(COUNTED, pk=pk)
    if request.method == "POST":
        with noted("tags.deleted", tag):
            tag.remove()
        return _done(request, f"The tag “{tag}” is deleted.")
    context = {"title": f"Delete the tag “{tag}”?", "tag": tag, "back": reverse("okr:tags")}
    return render_dialog(request, "okr/tags/delete.html", context)


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return after(request, reverse("okr:tags"))
