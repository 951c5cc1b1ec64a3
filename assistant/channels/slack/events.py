"""Reads an event of Slack's Events API: who wrote what, where, and whether it is for us at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channels.slack.text import plain
from assistant.channels.slack.texts import slack_texts

READ_KINDS = ("", "file_share", "me_message", "thread_broadcast")
"""The subtypes of a message that a person wrote; every other subtype is news of the workspace."""
CHANGED = "message_changed"
SLACK_ITSELF = "USLACKBOT"


@dataclass(frozen=True)
class Person:
    """A member of a workspace, by Slack's ids."""

    team: str
    user: str


@dataclass(frozen=True)
class Said:
    """A text to us alone. ``channel`` is the direct talk, "" when it is not known yet; ``keys`` name the request.

    ``edited``: an earlier message now reads so; ``files``: something came with it; ``command``: typed as a slash command.
    """

    person: Person
    channel: str
    text: str
    keys: tuple[str, ...]
    edited: bool = False
    files: bool = False
    command: bool = False


@dataclass(frozen=True)
class Outside:
    """Something for us in a channel or group; ``mention`` when we were called by name."""

    person: Person
    channel: str
    thread: str
    mention: bool
    keys: tuple[str, ...]


def under(content: Any, *names: str) -> str:
    """The text under nested names, "" where it is not there or no text."""
    for name in names:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content if isinstance(content, str) else ""


def read_event(content: Mapping[str, Any]) -> Said | Outside | None:
    """What the event of an ``event_callback`` says; None for our own and other programs' messages and for all other news."""
    event = content.get("event")
    if not isinstance(event, Mapping) or event.get("type") not in ("message", "app_mention"):
        return None
    bots = _bots(content)
    edited = event.get("subtype") == CHANGED
    message = event.get("message") if edited else event
    if not isinstance(message, Mapping) or not _by_a_person(message, bots) or (edited and not _is_new(event, message)):
        return None
    person = Person(under(content, "team_id") or under(event, "team"), under(message, "user"))
    channel, ts = under(event, "channel"), under(message, "ts")
    event_id = under(content, "event_id")
    message_key = f"message:{channel}:{ts}:{under(message, 'edited', 'ts')}"
    keys = (f"event:{event_id}", message_key) if event_id else (message_key,)
    if not _direct(event, channel):
        thread = under(message, "thread_ts")
        return None if edited else Outside(person, channel, thread, event.get("type") == "app_mention", keys)
    text = plain(under(message, "text"), bots, slack_texts().emoji)
    return Said(person, channel, text, keys, edited=edited, files=bool(message.get("files")))


def _bots(content: Mapping[str, Any]) -> frozenset[str]:
    several = content.get("authorizations")
    return frozenset(under(each, "user_id") for each in (several if isinstance(several, list) else []))


def _by_a_person(message: Mapping[str, Any], bots: frozenset[str]) -> bool:
    user = under(message, "user")
    by_program = message.get("bot_id") or message.get("bot_profile") or user in bots or user == SLACK_ITSELF
    kind = message.get("subtype") or ""
    return bool(user) and not by_program and kind in READ_KINDS


def _is_new(event: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    """Whether an edit changed words; Slack also sends one when it unfolds a link."""
    return under(message, "text") != under(event, "previous_message", "text")


def _direct(event: Mapping[str, Any], channel: str) -> bool:
    kind = under(event, "channel_type")
    return kind == "im" if kind else channel.startswith("D")
