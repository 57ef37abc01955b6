"""Where OKRs and reviews are published, and where admins choose the spaces for that."""

from django.urls import path

from confluence.views import publishing, spaces

COMPANY = "<str:subject>/<int:cycle>/"
UNIT = f"{COMPANY}<slug:slug>/"
of_admins = [path("spaces/", spaces.choose, name="spaces")]
of_publishers = [
    path(f"publish/{COMPANY}", publishing.dialog, name="publish_company"),
    path(f"publish/{UNIT}", publishing.dialog, name="publish"),
    path(f"preview/{COMPANY}", publishing.preview, name="preview_company"),
    path(f"preview/{UNIT}", publishing.preview, name="preview"),
]
