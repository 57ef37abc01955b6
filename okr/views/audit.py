"""The log of what admins did; only admins know that there is one."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from okr import exports
from okr.access import require_admin
from okr.forms.audit import AuditFilters
from okr.http import render_part
from okr.pages.audit import audit_page, audit_sheet


@require_safe
def audit(request: HttpRequest) -> HttpResponseBase:
    require_admin(request)
    filters = AuditFilters(request.GET)
    if exports.is_wanted(request):
        return exports.download(request, audit_sheet(filters.entries()))
    page = audit_page(filters, request.GET.get("page"), timezone.now())
    context = {"title": "Audit log", "page": page}
    return render_part(request, "okr/audit/audit.html", "okr/audit/_audit.html", context)
