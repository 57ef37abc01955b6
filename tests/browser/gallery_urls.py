"""The product's URLs with a page that shows every component."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from okr.http import after, render_dialog

NOW = datetime(2026, 5, 12, 15, 0, tzinfo=ZoneInfo("UTC"))


class SampleForm(forms.Form):
    email = forms.EmailField(label="Email address", help_text="The one that you sign in with.")
    token = forms.CharField(label="Token", widget=forms.PasswordInput({"autocomplete": "off"}))
    share = forms.IntegerField(label="In progress", min_value=0, max_value=100)
    unit = forms.ChoiceField(label="Unit", choices=[("p", "Platform"), ("g", "Growth")])
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    level = forms.ChoiceField(
        label="Level",
        widget=forms.RadioSelect,
        choices=[("c", "Company"), ("u", "Unit"), ("i", "Individual")],
    )
    shared = forms.BooleanField(label="Everybody may read it", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    points = [(NOW - timedelta(days=40 - 5 * week), 8 * week + (week % 3) * 3) for week in range(8)]
    context: dict[str, Any] = {
        "title": "Make onboarding effortless for new teams",
        "now": NOW,
        "start": NOW.date() - timedelta(days=42),
        "end": NOW.date() + timedelta(days=49),
        "points": points,
        "events": [
            (points[2][0], points[2][1], "plus", "4 added"),
            (points[4][0], points[4][1], "dot", "2 done"),
            (points[5][0], points[5][1], "return", "1 reopened"),
            (points[6][0], points[6][1], "diamond", "Weights changed"),
            (points[7][0], points[7][1], "pencil", "Check-in"),
        ],
        "gaps": [(points[3][0], points[3][0] + timedelta(days=3))],
        "rows": [(97, 46, "on_track"), (44, 46, "at_risk"), (21, 46, "off_track"), (30, 46, "")],
        "five_minutes": timedelta(minutes=5),
        "ages": [NOW - timedelta(minutes=m) for m in (3, 9, 320, 60 * 24 * 9)],
        "blank": SampleForm(auto_id="blank_%s"),
        "filled": SampleForm({"email": "ada"}, auto_id="filled_%s"),
        "pace": 46,
    }
    template = engines["django"].from_string("{% extends 'gallery/page.html' %}")
    return HttpResponse(template.render(context, request))


def dialog(request: HttpRequest) -> HttpResponse:
    form = SampleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return after(request, "/gallery/")
    return render_dialog(request, "gallery/dialog.html", {"title": "New key result", "form": form})


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the gallery breaks on purpose")


urlpatterns = [
    path("gallery/", gallery),
    path("gallery/dialog/", dialog),
    path("gallery/broken/", broken),
    path("", include("config.urls")),
]
handler403 = "okr.views.errors.refused"
handler404 = "okr.views.errors.not_found"
handler500 = "okr.views.errors.broken"
