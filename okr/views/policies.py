"""What the company decided about its OKRs, for its admins."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from okr.access import require_admin
from okr.forms.policies import PolicyForm
from okr.http import fitting_status, sent
from okr.models import Policy
from okr.pages.policies import PoliciesPage, Reach


@require_http_methods(["GET", "HEAD", "POST"])
def policies(request: HttpRequest) -> HttpResponse:
    require_admin(request)
    form = PolicyForm(sent(request), instance=Policy.load())
    if request.method == "POST" and form.is_valid() and form.kept():
        messages.success(request, "The policies are saved. They hold from now on.")
        return redirect("okr:policies")
    context = {"title": "Policies", "form": form, "page": PoliciesPage(form, Reach.count())}
    return render(request, "okr/policies.html", context, status=fitting_status(context))
