"""What machines ask of the product: whether it lives, whether it can serve, its numbers."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.watch.exposition import may_read, written
from config.watch.health import Health


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Touches nothing: whether to start this program again must not depend on others."""
    return JsonResponse({"status": "live"})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """503 where no request should be sent here; what only lags is told with 200."""
    health = Health.load()
    status = HTTPStatus.OK if health.ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"status": health.word, "parts": health.parts}, status=status)


@login_not_required
@require_safe
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """Nothing is here for whoever may not read it."""
    if not settings.NUMBERS_ON or not may_read(request):
        return HttpResponseNotFound()
    text, kind = written()
    return HttpResponse(text, content_type=kind)
