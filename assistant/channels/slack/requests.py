"""Reads a signed request of Slack into one of the few things the door acts on; whatever else Slack sends is None."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from assistant.channels.slack.events import Outside, Person, Said, read_event, under
from assistant.channels.slack.text import plain
from assistant.channels.slack.texts import slack_texts
from assistant.channels.web.refusals import RefusedError

TICK = "tick"


@dataclass(frozen=True)
class Challenge:
    """Slack asks whether this address is ours; the text is sent back."""

    text: str


@dataclass(frozen=True)
class Tapped:
    """A button of a message in a direct talk. ``ticked`` are the checkboxes of the message as they stand now;
    ``blocks`` and ``text`` are the message itself."""

    person: Person
    channel: str
    ts: str
    action: str
    value: str
    ticked: tuple[str, ...]
    blocks: Sequence[Mapping[str, Any]]
    text: str
    keys: tuple[str, ...]

    @property
    def ticks(self) -> bool:
        """Whether a checkbox was ticked or cleared, and nothing sent yet."""
        return self.action.startswith(TICK)


@dataclass(frozen=True)
class Unused:
    """A shortcut, a window or a control that this door does not have."""

    person: Person
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Suggestions:
    """Slack asks what to offer in a menu; this door has none."""


Asked = Challenge | Said | Outside | Tapped | Unused | Suggestions


def read_request(content_type: str, body: bytes) -> Asked | None:
    """What a request asks for, whatever charset its type names; raises RefusedError when the body cannot be read."""
    kind = content_type.split(";")[0].strip().lower()
    if kind == "application/json":
        return _outer(_object(body))
    if kind == "application/x-www-form-urlencoded":
        return _form(body)
    return None


def _object(text: bytes | str) -> Mapping[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise RefusedError("unreadable", 400) from fault
    if not isinstance(content, dict):
        raise RefusedError("unreadable", 400)
    return content


def _outer(content: Mapping[str, Any]) -> Asked | None:
    if content.get("type") == "url_verification":
        return Challenge(under(content, "challenge"))
    return read_event(content) if content.get("type") == "event_callback" else None


def _form(body: bytes) -> Asked | None:
    try:
        parsed = parse_qs(body.decode("utf-8"), max_num_fields=100)
    except ValueError as fault:
        raise RefusedError("unreadable", 400) from fault
    fields = {name: values[0] for name, values in parsed.items()}
    if "payload" in fields:
        return _interaction(_object(fields["payload"]), body)
    return _command(fields, body) if "command" in fields else None


def _command(fields: Mapping[str, str], body: bytes) -> Said | None:
    person = Person(fields.get("team_id", ""), fields.get("user_id", ""))
    key = _key("command", fields.get("trigger_id", ""), body)
    text = plain(fields.get("text", ""), emoji=slack_texts().emoji)
    return Said(person, "", text, (key,), command=True) if person.user else None


def _interaction(payload: Mapping[str, Any], body: bytes) -> Asked | None:
    if payload.get("type") == "block_suggestion":
        return Suggestions()
    person = Person(under(payload, "user", "team_id") or under(payload, "team", "id"), under(payload, "user", "id"))
    if not person.user:
        return None
    key = _key("interaction", under(payload, "trigger_id"), body)
    return (_tap(payload, person, key) if payload.get("type") == "block_actions" else None) or Unused(person, (key,))


def _tap(payload: Mapping[str, Any], person: Person, key: str) -> Tapped | None:
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    channel = under(payload, "channel", "id") or under(payload, "container", "channel_id")
    ts = under(payload, "message", "ts") or under(payload, "container", "message_ts")
    if not (channel.startswith("D") and ts and under(action, "action_id")):
        return None
    message = payload.get("message")
    blocks = message.get("blocks") if isinstance(message, dict) else []
    kept = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    return Tapped(
        person, channel, ts, under(action, "action_id"), under(action, "value"), _ticked(payload), kept,
        under(payload, "message", "text"), (key,),
    )  # fmt: skip


def _ticked(payload: Mapping[str, Any]) -> tuple[str, ...]:
    state = payload.get("state")
    values = state.get("values") if isinstance(state, dict) else None
    blocks = values.items() if isinstance(values, dict) else ()
    controls = [c for _, held in sorted(blocks) if isinstance(held, dict) for c in held.values() if isinstance(c, dict)]
    chosen = [c.get("selected_options") for c in controls]
    options = [option for options in chosen if isinstance(options, list) for option in options]
    return tuple(value for option in options if (value := under(option, "value")))


def _key(kind: str, trigger: str, body: bytes) -> str:
    return f"{kind}:{trigger or hashlib.sha256(body).hexdigest()}"
