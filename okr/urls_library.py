"""The addresses of what is kept for many objectives: tags and templates."""

from django.urls import path

from okr.views import tags

TAG = "okr-admin/tags/<int:pk>/"

pages = [
    path("tags/suggestions/", tags.suggestions, name="tag_suggestions"),
    path("okr-admin/tags/", tags.tags, name="tags"),
    path("okr-admin/tags/new/", tags.new, name="tag_new"),
    path(f"{TAG}edit/", tags.edit, name="tag_edit"),
    path(f"{TAG}merge/", tags.merge, name="tag_merge"),
    path(f"{TAG}delete/", tags.delete, name="tag_delete"),
]
