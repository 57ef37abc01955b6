"""The addresses of the search, and of what serves many objectives: tags and templates."""

from django.urls import path

from okr.views import search, tags, template_admin, templates

OWN = "okr-admin/templates/<int:pk>/"
TAG = "okr-admin/tags/<int:pk>/"

pages = [
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("tags/suggestions/", tags.suggestions, name="tag_suggestions"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<slug:key>/", templates.preview, name="template"),
    path("templates/<slug:key>/begin/", templates.begin, name="template_begin"),
    path("objectives/<int:pk>/template/", templates.save_as, name="template_save_as"),
    path("okr-admin/templates/", template_admin.templates, name="own_templates"),
    path("okr-admin/templates/new/", template_admin.new, name="template_new"),
    path(f"{OWN}edit/", template_admin.edit, name="template_edit"),
    path(f"{OWN}delete/", template_admin.delete, name="template_delete"),
    path("okr-admin/tags/", tags.tags, name="tags"),
    path("okr-admin/tags/new/", tags.new, name="tag_new"),
    path(f"{TAG}edit/", tags.edit, name="tag_edit"),
    path(f"{TAG}merge/", tags.merge, name="tag_merge"),
    path(f"{TAG}delete/", tags.delete, name="tag_delete"),
]
