"""What taking an event costs at least: a view that stores a row and does nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

PATH = "/bare/"
TABLE = "CREATE TABLE bench_bare (body TEXT NOT NULL)"
ROW = "INSERT INTO bench_bare (body) VALUES (%s)"


@csrf_exempt
@login_not_required
def store(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        with connection.cursor() as cursor:
            cursor.execute(ROW, [request.body.decode()])
    return HttpResponse(status=202)


urlpatterns = [path("", store), path(PATH.strip("/") + "/", store)]
