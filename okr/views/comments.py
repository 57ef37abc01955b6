"""What people say about an objective or a key result, and whether they follow it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr.access import (
    NOT_YOUR_WORDS,
    NOT_YOURS_TO_DELETE,
    get_visible,
    may_edit,
    person_of,
    refuse_unless,
)
from okr.audit import noted_of_others
from okr.forms.comments import CommentEditForm, CommentForm
from okr.http import after, render_dialog, render_part, wants_part
from okr.models import Comment, Follow, KeyResult, Objective
from okr.models.place import noun_of
from okr.pages.conversation import conversation, offered_people
from okr.views.choosing import words

ROWS = Comment.objects.select_related("by", "objective", "key_result__objective")
Thing = Objective | KeyResult


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, noun: type[Thing], pk: int) -> HttpResponse:
    """The conversation and one more comment to it."""
    about, posted = _thing(request, noun, pk), request.method == "POST"
    form = CommentForm(request.POST if posted else None, about=about)
    if posted and form.is_valid():
        comment = form.keep(by=person_of(request), at=timezone.now())
        if not wants_part(request):
            return redirect(f"{_page_of(about)}#comment-{comment.pk}")
        form = CommentForm(about=about)
    talk = conversation(about, person_of(request), request.GET.get("page"), form)
    context = {"title": about.title, "talk": talk, "form": form, "added": not form.is_bound}
    return render_part(request, "okr/comments.html", "okr/_comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_visible(request, ROWS, pk)
    if not may_edit(person_of(request), comment):
        raise PermissionDenied(NOT_YOUR_WORDS)
    form = CommentEditForm(request.POST if request.method == "POST" else None, comment=comment)
    if form.is_bound and form.is_valid() and form.change(at=timezone.now()):
        return after(request, _page_of(comment.about))
    context = {"title": "Edit comment", "form": form, "back": _page_of(comment.about)}
    return render_dialog(request, "okr/comment_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_visible(request, ROWS, pk)
    removable = Comment.objects.filter(pk=pk).removable_by(person_of(request))
    refuse_unless(removable, NOT_YOURS_TO_DELETE)
    if request.method == "POST":
        with noted_of_others("contents.comment_deleted", comment, comment.by):
            comment.remove(by=person_of(request), at=timezone.now())
        messages.success(request, "The comment is deleted.")
        return after(request, _page_of(comment.about))
    context = {"title": "Delete this comment?", "comment": comment, "back": _page_of(comment.about)}
    return render_dialog(request, "okr/comment_delete.html", context)


@require_POST
def follow(request: HttpRequest, noun: type[Thing], pk: int) -> HttpResponse:
    about, person = _thing(request, noun, pk), person_of(request)
    Follow.objects.choose(person, about, active=request.POST.get("follow") == "1")
    if not wants_part(request):
        return redirect(f"{_page_of(about)}#comments")
    talk = conversation(about, person)
    return render_part(request, "okr/_follow.html", "okr/_follow.html", {"talk": talk})


@require_safe
def people(request: HttpRequest, noun: type[Thing], pk: int) -> HttpResponse:
    """Whom one may mention there, as the options of a list."""
    about, person = _thing(request, noun, pk), person_of(request)
    context = {"people": offered_people(about, person, words(request, "q"))}
    return render_part(request, "okr/_people_options.html", "okr/_people_options.html", context)


def _thing(request: HttpRequest, noun: type[Thing], pk: int) -> Thing:
    way = "objective" if noun is KeyResult else "cycle"
    rows: QuerySet[Any] = noun._default_manager.select_related(way)
    found: Thing = get_visible(request, rows, pk)
    return found


def _page_of(about: Thing) -> str:
    return reverse(f"okr:{noun_of(about)}", args=[about.pk])
