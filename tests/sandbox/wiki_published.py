"""What Atlassian publishes of the answers of Confluence Cloud, in short.

Sources: Atlassian, the Confluence Cloud REST API v2, its OpenAPI description: the names of the
fields, what they hold, and the words of those that have a list of words. `edituiv2` and the shape
of refusals stand in no description; they are those of live sites.
"""

from tests.sandbox.published import Maybe, Shape, Words

VERSION = Shape(
    {"createdAt": str, "message": str, "number": int, "minorEdit": bool, "authorId": str},
    needed=("number",),
)
BODY = Shape({"storage": Shape({"representation": Words({"storage"}), "value": str})})
LINKS = {"webui": str, "editui": str, "edituiv2": str, "tinyui": str}
FIELDS = {
    "id": str,
    "status": Words({"current", "draft", "archived", "historical", "trashed", "deleted", "any"}),
    "title": str,
    "spaceId": str,
    "parentId": Maybe(str),
    "parentType": Maybe(Words({"page", "whiteboard", "database", "embed", "folder"})),
    "position": Maybe(int),
    "authorId": str,
    "ownerId": Maybe(str),
    "lastOwnerId": Maybe(str),
    "createdAt": str,
    "version": VERSION,
    "body": BODY,
}
PAGE = Shape(FIELDS | {"_links": Shape(LINKS | {"base": str})}, needed=("id", "title", "version"))
PAGE_OF_MANY = Shape(FIELDS | {"_links": Shape(LINKS)}, needed=("id", "title", "version"))
SPACE_FIELDS = {
    "id": str,
    "key": str,
    "name": str,
    "type": Words({"global", "collaboration", "knowledge_base", "personal"}),
    "status": Words({"current", "archived"}),
    "authorId": Maybe(str),
    "createdAt": Maybe(str),
    "homepageId": Maybe(str),
    "description": Maybe(Shape({})),
    "icon": Maybe(Shape({})),
    "currentActiveAlias": str,
}
SPACE = Shape(SPACE_FIELDS | {"_links": Shape({"webui": str, "base": str})}, needed=("id", "key"))
SPACE_OF_MANY = Shape(SPACE_FIELDS | {"_links": Shape({"webui": str})}, needed=("id", "key"))
OPERATIONS = Shape({"operations": [Shape({"operation": str, "targetType": str})]})
ERROR = Shape(
    {"status": int, "code": str, "title": str, "detail": Maybe(str)}, needed=("status", "title")
)
ERRORS = Shape({"errors": [ERROR]}, needed=("errors",))


def page(row: Shape) -> Shape:
    links = Shape({"next": str, "base": str})
    return Shape({"results": [row], "_links": links}, needed=("results", "_links"))
