"""The library's page to sign out, which leads to the provider of the company where one let in."""

from typing import Any

from allauth.account.views import LogoutView
from django.http import HttpResponse
from django.shortcuts import render

from okr.company_sign_in.ending import way_out


class SignOut(LogoutView):  # type: ignore[misc]
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """By a link, not by leading there: whoever signs out here may want to go on elsewhere."""
        there = way_out(self.request)
        answer: HttpResponse = super().post(*args, **kwargs)
        if there is None:
            return answer
        context = {"title": "You are signed out", "there": there}
        return render(self.request, "account/signed_out.html", context)
