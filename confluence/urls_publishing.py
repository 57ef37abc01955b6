"""Where a unit's OKRs and reviews are published, and where admins choose the spaces for that."""

from django.urls import path

from confluence.views import publishing, spaces

of_admins = [path("spaces/", spaces.choose, name="spaces")]
of_units = [path("<str:subject>/<int:cycle>/<slug:slug>/", publishing.dialog, name="publish")]
