"""What a person was told, and that they have read it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from okr import exports
from okr.access import person_of
from okr.http import wants_part
from okr.models import Notification
from okr.pages.notifications import notifications_page, unread_count
from okr.pages.takeaway_own import notifications_sheet
from okr.pages.telling import WITH_PLACES, told


@require_safe
def notifications(request: HttpRequest) -> HttpResponseBase:
    person, today = person_of(request), timezone.localdate()
    if exports.is_wanted(request):
        return exports.download(request, notifications_sheet(person))
    page = notifications_page(person, request.GET.get("page"), today)
    context = {"title": "Notifications", "page": page}
    return render(request, "okr/notifications.html", context)


@require_safe
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to what it is about, from the page or an e-mail, and counts it as read."""
    told_to = Notification.objects.visible_to(person_of(request)).select_related(*WITH_PLACES)
    notification = get_object_or_404(told_to, pk=pk)
    if request.method == "GET":
        notification.mark(read=True, at=timezone.now())
    return redirect(told([notification])[0].url)


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Read or, with `read=0`, unread again."""
    person, read = person_of(request), request.POST.get("read") != "0"
    notification = get_object_or_404(Notification.objects.shown_to(person), pk=pk)
    notification.mark(read=read, at=timezone.now())
    if not wants_part(request):
        return redirect("okr:notifications")
    context = {"count": unread_count(person), "read": read}
    return render(request, "okr/_marked.html", context)


@require_POST
def mark_all(request: HttpRequest) -> HttpResponse:
    """All that the page could show when the button was drawn; not what came since."""
    newest = request.POST.get("newest", "")
    shown = Notification.objects.shown_to(person_of(request)).unread()
    if newest.isdecimal():
        shown = shown.filter(pk__lte=min(int(newest), 2**62))
    shown.update(read_at=timezone.now())
    messages.success(request, "Everything is marked as read.")
    return redirect("okr:notifications")
