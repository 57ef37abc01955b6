"""Something is made once, however often its request is sent: the key says which belong together."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from okr.api.problems import Problem
from okr.api.signing_in import person_of
from okr.models.api_answer import LONGEST_KEY, ApiAnswer

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
KEPT_HEADERS = ("Location", "ETag")
KEYS = re.compile(rf"^[!-~]([ -~]{{0,{LONGEST_KEY - 2}}}[!-~])?$")
NO_KEY = f"Idempotency-Key takes 1 to {LONGEST_KEY} printable characters of ASCII."
USED_OTHERWISE = "This Idempotency-Key was used for another request. Take a new one."
REQUESTS = UUID("5c2f8f0e-6d0b-4a55-9a39-0d1c7be3a1f4")
Post = Callable[..., Response]


def once(post: Post) -> Post:
    """Of a view's `post`. What was refused is forgotten: its key may be used again."""

    @wraps(post)
    def guarded(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key_of(request)
        if key is None:
            return post(view, request, *args, **kwargs)
        digest = _digest_of(request)
        with transaction.atomic():
            answer, is_new = ApiAnswer.objects.get_or_create(
                person=person_of(request),
                key=key,
                defaults={"digest": digest, "at": timezone.now()},
            )
            return (
                _first(answer, post(view, request, *args, **kwargs))
                if is_new
                else (_again(answer, digest))
            )

    return guarded


def kept(post: Post) -> Post:
    """Of a `post` that acts outside of our database and writes down how far it came: a refusal must
    not undo that. By its `token_of` it knows what it began before."""

    @wraps(post)
    def guarded(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key_of(request)
        if key is None:
            return post(view, request, *args, **kwargs)
        mine = {"person": person_of(request), "key": key}
        digest = _digest_of(request)
        if answered := ApiAnswer.objects.filter(**mine).first():
            return _again(answered, digest)
        response = post(view, request, *args, **kwargs)
        first = {"digest": digest, "at": timezone.now()}
        answer, is_new = ApiAnswer.objects.get_or_create(**mine, defaults=first)
        return _first(answer, response) if is_new else response

    return guarded


def token_of(request: Request) -> UUID:
    """The same for the same request under the same key; without a key every request has its own."""
    key = _key_of(request)
    if key is None:
        return uuid4()
    return uuid5(REQUESTS, f"{person_of(request).pk} {_digest_of(request)} {key}")


def _key_of(request: Request) -> str | None:
    key: str | None = request.headers.get(HEADER)
    if key is not None and not KEYS.fullmatch(key):
        raise Problem(HTTPStatus.BAD_REQUEST, NO_KEY)
    return key


def _first(answer: ApiAnswer, response: Response) -> Response:
    answer.status, answer.body = response.status_code, response.data
    answer.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    answer.save()
    return response


def _again(answer: ApiAnswer, digest: str) -> Response:
    if answer.digest != digest:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, USED_OTHERWISE)
    return Response(answer.body, answer.status, headers={**answer.headers, REPLAYED: "true"})


def _digest_of(request: Request) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return sha256(asked + request._request.body).hexdigest()
