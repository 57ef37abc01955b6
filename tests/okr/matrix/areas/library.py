"""What is kept for many objectives: tags."""

from okr.models import Tag
from tests.okr.matrix.declaring import ADMINS, EVERYBODY, route

ROUTES = {
    "okr:tag_suggestions": route("GET", EVERYBODY),
    "okr:tags": route("GET", ADMINS),
    "okr:tag_new": route("GET POST", ADMINS),
    "okr:tag_edit": route("GET POST", ADMINS, pk="tag"),
    "okr:tag_merge": route("GET POST", ADMINS, pk="tag"),
    "okr:tag_delete": route("GET POST", ADMINS, pk="tag"),
}
NOUNS = {"tag": lambda key_result: tag_of(key_result.objective)}


def tag_of(objective):
    [tag] = Tag.objects.named(["growth"])
    objective.tag([tag.name])
    return tag.pk
