"""Rooms of Slack and Teams, kept by OKR admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okr.access import require_admin
from okr.audit import noted
from okr.chat.sending import IS_OFF, say_again, say_test
from okr.confirming import confirmed_recently
from okr.forms.chat import ChatRoomForm
from okr.http import after, render_dialog, sent
from okr.models import ChatMessage, ChatRoom
from okr.pages.chat import chat_rows, room_page


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    return render(request, "okr/chat/rooms.html", {"title": "Chat", "rows": chat_rows()})


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def new(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = ChatRoomForm(sent(request))
    if request.method == "POST" and form.is_valid() and form.kept(timezone.now()):
        return _done(request, f"The room “{form.instance}” is added. Send a test to see it there.")
    context = {"title": "New room", "form": form, "back": reverse("okr:chat")}
    return render_dialog(request, "okr/chat/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    room = get_object_or_404(ChatRoom, pk=pk)
    form = ChatRoomForm(sent(request), instance=room)
    if request.method == "POST" and form.is_valid() and form.kept(timezone.now()):
        return _done(request, f"The room “{room}” is saved.")
    context = {"title": "Edit room", "form": form, "back": reverse("okr:chat")}
    return render_dialog(request, "okr/chat/form.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    room = get_object_or_404(ChatRoom.objects.select_related("unit"), pk=pk)
    context = {"title": str(room), "page": room_page(room, request.GET.get("page"))}
    return render(request, "okr/chat/room.html", context)


@require_POST
def again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    require_admin(request)
    rows = ChatMessage.objects.select_related("room")
    message = get_object_or_404(rows, room=pk, pk=number)
    if message.room.is_on:
        say_again(message, timezone.now())
        messages.success(request, "It is sent again.")
    else:
        messages.error(request, IS_OFF)
    return redirect("okr:chat_room", pk)


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Said at once, so that the page can tell what became of it."""
    require_admin(request)
    room = get_object_or_404(ChatRoom, pk=pk)
    made = say_test(room, timezone.now)
    if made.words:
        messages.error(request, f"The test did not reach “{room}”. {made.words}")
    else:
        messages.success(request, f"The test reached “{room}”.")
    return redirect("okr:chat")


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request)
    room = get_object_or_404(ChatRoom, pk=pk)
    if request.method == "POST":
        with noted("chat.deleted", room):
            room.remove()
        return _done(request, f"The room “{room}” is deleted.")
    context = {"title": "Delete this room?", "room": room, "back": reverse("okr:chat")}
    return render_dialog(request, "okr/chat/delete.html", context)


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return after(request, reverse("okr:chat"))
