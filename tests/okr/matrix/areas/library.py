"""What is kept for many objectives: tags and templates."""

from django.utils import timezone

from okr.models import Tag, Template
from tests.okr.matrix.declaring import ADMINS, EDITORS, EVERYBODY, IN, REFUSED, route


def unless_confidential(role: str, confidential: bool) -> str:
    """Everybody reads the templates, so what is confidential becomes none."""
    answer = EDITORS(role, confidential)
    return REFUSED if confidential and answer == IN else answer


ROUTES = {
    "okr:tag_suggestions": route("GET", EVERYBODY),
    "okr:tags": route("GET", ADMINS),
    "okr:tag_new": route("GET POST", ADMINS),
    "okr:tag_edit": route("GET POST", ADMINS, pk="tag"),
    "okr:tag_merge": route("GET POST", ADMINS, pk="tag"),
    "okr:tag_delete": route("GET POST", ADMINS, pk="tag"),
    "okr:templates": route("GET", EVERYBODY),
    "okr:template": route("GET", EVERYBODY, key="template_key"),
    "okr:template_begin": route("GET POST", EVERYBODY, key="template_key"),
    "okr:template_save_as": route("GET POST", unless_confidential, pk="objective"),
    "okr:own_templates": route("GET", ADMINS),
    "okr:template_new": route("GET POST", ADMINS),
    "okr:template_edit": route("GET POST", ADMINS, pk="template"),
    "okr:template_delete": route("GET POST", ADMINS, pk="template"),
}
NOUNS = {
    "template": lambda key_result: template_of(key_result).pk,
    "template_key": lambda key_result: template_of(key_result).key,
    "tag": lambda key_result: tag_of(key_result.objective),
}


def template_of(key_result):
    made = {"by": key_result.owner, "at": timezone.now()}
    template = Template(title="Begin here", category="sales", **made)
    template.keep()
    return template


def tag_of(objective):
    [tag] = Tag.objects.named(["growth"])
    objective.tag([tag.name])
    return tag.pk
