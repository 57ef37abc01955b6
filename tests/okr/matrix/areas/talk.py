"""Comments, following, and what people are told."""

from django.utils import timezone

from okr.models import Comment, Notification
from okr.unsubscribing import token_of
from tests.okr.matrix.declaring import (
    ANYBODY,
    EVERYBODY,
    OWNER,
    READERS,
    REFUSED,
    UNSEEN,
    Audience,
    route,
)

_OTHERS: Audience = lambda role, secret: (  # noqa: E731  as the words of declaring.py
    UNSEEN if secret and role == "elsewhere" else REFUSED
)
WRITER: Audience = lambda role, secret: (  # noqa: E731
    "let in" if role == "owner" else _OTHERS(role, secret)
)
WRITER_OR_ADMIN: Audience = lambda role, secret: (  # noqa: E731
    "let in" if role in ("owner", "admin") else _OTHERS(role, secret)
)
ROUTES = {
    "okr:objective_comments": route("GET POST", READERS, pk="objective"),
    "okr:objective_follow": route("POST", READERS, pk="objective"),
    "okr:objective_people": route("GET", READERS, pk="objective"),
    "okr:key_result_comments": route("GET POST", READERS, pk="key_result"),
    "okr:key_result_follow": route("POST", READERS, pk="key_result"),
    "okr:key_result_people": route("GET", READERS, pk="key_result"),
    "okr:notifications": route("GET", EVERYBODY),
    "okr:notifications_read": route("POST", EVERYBODY),
    "okr:notification": route("GET", OWNER, pk="notification"),
    "okr:notification_read": route("POST", OWNER, pk="notification"),
    "okr:settings_notifications": route("GET POST", EVERYBODY),
    "okr:unsubscribe": route("GET POST", ANYBODY, token="unsubscribe"),
    "okr:comment_edit": route("GET POST", WRITER, pk="comment"),
    "okr:comment_delete": route("GET POST", WRITER_OR_ADMIN, pk="comment"),
}
NOUNS = {
    "unsubscribe": lambda key_result: token_of(key_result.owner),
    "comment": lambda key_result: (
        Comment.objects.create(
            key_result=key_result, by=key_result.owner, at=timezone.now(), words=key_result.title
        ).pk
    ),
    "notification": lambda key_result: (
        Notification.objects.create(
            person=key_result.owner, kind="comment", key_result=key_result, at=timezone.now()
        ).pk
    ),
}
