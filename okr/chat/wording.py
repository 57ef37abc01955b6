"""A message as Slack and as Teams take it; names and titles stay text, whatever stands in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from okr.models.chat import ChatKind

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>])")
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """`words` behind a title that leads somewhere."""

    title: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Message:
    heading: str
    sentences: Sequence[str]
    lines: Sequence[Line]
    url: str
    label: str = "Open"


def worded(message: Message, kind: str) -> Body:
    return for_teams(message) if kind == ChatKind.TEAMS else for_slack(message)


def for_slack(message: Message) -> Body:
    rows = [f"*{plain(message.heading)}*", *map(plain, message.sentences)]
    rows += [f"• <{each.url}|{plain(each.title)}>: {plain(each.words)}" for each in message.lines]
    rows.append(f"<{message.url}|{plain(message.label)}>")
    return {"text": "\n".join(rows), "unfurl_links": False}


def for_teams(message: Message) -> Body:
    """An Adaptive Card, as the workflow of an incoming webhook takes it."""
    heading: Body = {"size": "Medium", "weight": "Bolder"}
    lines = [f"[{marked(each.title)}]({each.url}): {marked(each.words)}" for each in message.lines]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            _text(marked(message.heading), **heading),
            *(_text(marked(each)) for each in message.sentences),
            *(_text(each) for each in lines),
        ],
        "actions": [{"type": "Action.OpenUrl", "title": message.label, "url": message.url}],
    }
    kind = "application/vnd.microsoft.card.adaptive"
    return {"type": "message", "attachments": [{"contentType": kind, "content": card}]}


def plain(text: str) -> str:
    """Without a way to name channels or links, and in one line; no mark begins at its edges."""
    told = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([*_~`])", "\u200b\\1\u200b", told)


def marked(text: str) -> str:
    """With every sign of Markdown taken literally."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def text_of(body: Body) -> str:
    """What a message says, set for reading."""
    if "text" in body:
        return str(body["text"])
    blocks = body["attachments"][0]["content"]["body"]
    return re.sub(r"\\(.)", r"\1", "\n".join(block["text"] for block in blocks))


def _text(words: str, **looks: Any) -> Body:
    return {"type": "TextBlock", "text": words, "wrap": True, **looks}
