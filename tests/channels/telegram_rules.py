"""What the Bot API refuses, as core.telegram.org/bots/api documents it, and how else a call can go wrong."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

TAGS = frozenset("b strong i em u ins s strike del a code pre blockquote tg-spoiler span".split())
ENTITIES = frozenset(("lt", "gt", "amp", "quot"))
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_DATA, LONGEST_TOAST, MOST_BUTTONS = 4096, 1024, 64, 200, 100
LARGEST_PHOTO = 10_000_000


class BadRequestError(Exception):
    """What the API would say after "Bad Request: "."""


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in TAGS or (tag == "blockquote" and tag in self.open):
            raise BadRequestError(f'can\'t parse entities: Unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise BadRequestError("can't parse entities: Unmatched end tag")

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            raise BadRequestError("can't parse entities: a bare < or &")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        if name not in ENTITIES:
            raise BadRequestError("can't parse entities: unknown entity")
        self.text += {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]


def shown_text(fields: Mapping[str, Any], name: str, longest: int) -> str:
    """The text as people see it."""
    text = fields.get(name, "")
    if fields.get("parse_mode") == "HTML":
        marks = _Marks()
        marks.feed(text)
        marks.close()
        if marks.open:
            raise BadRequestError("can't parse entities: Can't find end tag")
        text = marks.text
    if len(text.encode("utf-16-le")) // 2 > longest:
        raise BadRequestError("message is too long" if name == "text" else "message caption is too long")
    return text


def check_text(fields: Mapping[str, Any]) -> str:
    """The text of sendMessage."""
    text = shown_text(fields, "text", LONGEST_TEXT)
    if not text.strip():
        raise BadRequestError("message text is empty")
    return text


def check_keyboard(markup: Mapping[str, Any]) -> list[list[dict[str, str]]]:
    """The rows of an inline keyboard."""
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise BadRequestError("REPLY_MARKUP_TOO_LONG")
    for button in (button for row in rows for button in row):
        if not button.get("text", "").strip():
            raise BadRequestError('can\'t parse inline keyboard button: field "text" is empty')
        if not 1 <= len(button.get("callback_data", "").encode()) <= LONGEST_DATA:
            raise BadRequestError("BUTTON_DATA_INVALID")
    return rows


def check_photo(photo: bytes) -> None:
    """An upload of sendPhoto."""
    if not photo.startswith(b"\x89PNG\r\n\x1a\n") or len(photo) > LARGEST_PHOTO:
        raise BadRequestError("IMAGE_PROCESS_FAILED")


def check_webhook(fields: Mapping[str, Any]) -> None:
    """A local Bot API server also takes http addresses."""
    if not re.fullmatch(r"https?://[^/]+/.*", fields["url"]):
        raise BadRequestError("bad webhook: invalid URL")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", fields.get("secret_token", "x")):
        raise BadRequestError("secret token contains unallowed characters")


@dataclass(frozen=True)
class Fault:
    """How the next call (of ``method``, where one is named) goes wrong: another answer, or none at all (``drop``)."""

    status: int = 200
    body: str = ""
    drop: bool = False
    method: str = ""


def too_many(seconds: int) -> Fault:
    """The API's "too many requests"."""
    answer = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests",
        "parameters": {"retry_after": seconds},
    }
    return Fault(429, json.dumps(answer))
