"""The addresses of the search, and of what serves many objectives: tags and templates."""

from django.urls import path

from okr.views import search, tags

TAG = "okr-admin/tags/<int:pk>/"

pages = [
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("tags/suggestions/", tags.suggestions, name="tag_suggestions"),
    path("okr-admin/tags/", tags.tags, name="tags"),
    path("okr-admin/tags/new/", tags.new, name="tag_new"),
    path(f"{TAG}edit/", tags.edit, name="tag_edit"),
    path(f"{TAG}merge/", tags.merge, name="tag_merge"),
    path(f"{TAG}delete/", tags.delete, name="tag_delete"),
]
