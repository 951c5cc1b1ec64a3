"""Reads what the browser posted into one message, and makes sure that it stays plain text."""

import json
import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.channels.web.limits import SHOWN_CHARACTERS, TEXT_CHARACTERS
from assistant.channels.web.refusals import RefusedError

LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
TURN_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Rasa strips white space and obeys a text that then begins with "/"; see without_commands.
COMMAND_START = re.compile(r"^[\s/]+")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Said:
    """What a person said: ``text`` for the bot, ``shown`` as it stood on the page, ``turn`` names the try."""

    text: str
    shown: str
    turn: str
    locale: str | None


def read_said(body: bytes, content_type: str) -> Said:
    """The message in a request's body; raises RefusedError with the code of the sentence to show."""
    if content_type.split(";")[0].strip().lower() != "application/json":
        raise RefusedError("only_text", 415)
    fields = _fields(body)
    typed = fields.get("text")
    if not isinstance(typed, str):
        raise RefusedError("unreadable", 400)
    if len(typed) > TEXT_CHARACTERS:
        raise RefusedError("too_long", 413)
    text = clean(typed)
    for_bot = without_commands(text)
    if not for_bot:
        raise RefusedError("empty", 400)
    return Said(for_bot, _shown(fields) or text, _turn(fields), _locale(fields))


def without_commands(text: str) -> str:
    """The text without the leading slashes that Rasa would obey (``/restart``, ``/intent{...}``).

    Rasa calls ``str.strip`` and then looks for "/" in front. ``\\s`` matches every character that
    ``strip`` removes, so what is left begins with neither, however the two were mixed.
    """
    return COMMAND_START.sub("", text)


def clean(text: str) -> str:
    """Composed Unicode, no control characters but tab and newline, no half surrogates, no outer blanks."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return CONTROL.sub(" ", unicodedata.normalize("NFC", whole)).strip()


def _fields(body: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise RefusedError("unreadable", 400) from fault
    if not isinstance(fields, dict):
        raise RefusedError("unreadable", 400)
    return fields


def _shown(fields: Mapping[str, object]) -> str:
    shown = fields.get("shown")
    return clean(shown)[:SHOWN_CHARACTERS] if isinstance(shown, str) else ""


def _turn(fields: Mapping[str, object]) -> str:
    turn = fields.get("id")
    return turn if isinstance(turn, str) and TURN_KEY.fullmatch(turn) else uuid.uuid4().hex


def _locale(fields: Mapping[str, object]) -> str | None:
    metadata = fields.get("metadata")
    locale = metadata.get("locale") if isinstance(metadata, dict) else None
    return locale if isinstance(locale, str) and LOCALE.fullmatch(locale) else None
