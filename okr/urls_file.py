"""The addresses of OKRs as a file."""

from django.urls import path

from okr.views import okr_file

pages = [
    path("okr-file/", okr_file.start, name="okr_file"),
    path("okr-file/download/", okr_file.download, name="okr_file_download"),
    path("okr-file/<int:pk>/", okr_file.plan, name="okr_file_plan"),
    path("okr-file/<int:pk>/confirmation/", okr_file.confirm, name="okr_file_confirm"),
]
