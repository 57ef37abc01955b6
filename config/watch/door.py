"""Answers the addresses for machines first of all.

They call by number, not by name, and without HTTPS: neither ALLOWED_HOSTS nor the redirect to
HTTPS may refuse them, and they cost no session.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from config.watch.urls import urlpatterns

ANSWERED = {f"/{each.pattern}": each.callback for each in urlpatterns}


class Door:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = ANSWERED.get(request.path_info)
        return view(request) if view else self.get_response(request)
