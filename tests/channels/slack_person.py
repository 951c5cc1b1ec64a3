"""A member of the workspace at the local Slack: writes, edits, ticks, taps and types slash commands."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from typing import Any

import requests
from slack_server import BOT, TEAM, Message, Slack

QUIET = 0.15
"""Seconds without a call to Slack after which a turn counts as over."""
PEOPLE = itertools.count(1)


class Person:
    """Sees the direct talk with the assistant and can do there what Slack's client lets people do."""

    def __init__(self, slack: Slack, user: str = "") -> None:
        self.slack = slack
        self.user = user or f"U0PERSON{next(PEOPLE)}"
        self.channel = "D" + self.user[1:]
        self.ticked: dict[str, set[str]] = {}
        slack.shown.setdefault(self.channel, [])

    @property
    def messages(self) -> list[Message]:
        return self.slack.shown[self.channel]

    # ---- writing

    def say(self, text: str, **more: Any) -> list[Message]:
        """The assistant's messages that answer a text."""
        return self.after(lambda: self.write(text, **more))

    def write(self, text: str, **more: Any) -> requests.Response:
        """Only sends; ``more`` are fields of the event."""
        return self.slack.send(self.event({"text": text, **more}))

    def event(self, message: dict[str, Any], **outer: Any) -> dict[str, Any]:
        """A documented ``event_callback`` with a message of this person in the direct talk."""
        ts = self.slack.stamp()
        own = {"type": "message", "user": self.user, "ts": ts, "channel": self.channel, "channel_type": "im"}
        return {
            "type": "event_callback", "team_id": TEAM, "api_app_id": "A0APP", "event_id": f"Ev{self.slack.number()}",
            "event_time": int(float(ts)), "event": {"event_ts": ts, **own, **message},
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}], **outer,
        }  # fmt: skip

    def edit(self, before: str, after: str) -> list[Message]:
        """Changes an earlier message."""
        old = {"type": "message", "user": self.user, "text": before, "ts": self.slack.stamp()}
        new = {**old, "text": after, "edited": {"user": self.user, "ts": self.slack.stamp()}}
        event = {"subtype": "message_changed", "hidden": True, "message": new, "previous_message": old, "user": None}
        return self.after(lambda: self.slack.send(self.event(event)))

    def command(self, text: str, command: str = "/psoas", channel: str = "C0GENERAL") -> requests.Response:
        return self.slack.send_form(
            command=command, text=text, user_id=self.user, team_id=TEAM, channel_id=channel, channel_name="general",
            trigger_id=f"trigger{self.slack.number()}", response_url=f"{self.slack.address}/response",
        )  # fmt: skip

    # ---- tapping

    def tick(self, *labels: str) -> None:
        """Ticks or clears checkboxes of the last message that has them; each sends an interaction."""
        for label in labels:
            message, element, option = self._box(label)
            self.ticked.setdefault(message["ts"], self._at_first(message)).symmetric_difference_update(
                {option["value"]}
            )
            action = {"type": "checkboxes", "action_id": element["action_id"], "selected_options": [option]}
            self.interact("block_actions", message, actions=[action])

    def tap(self, label: str, message: Message | None = None) -> list[Message]:
        """The assistant's messages that answer a tap on the last button with that label; a place is only marked."""
        _, element = self._button(label, message)
        sign = "chat.update" if element["action_id"].startswith("place") else "chat.post"
        return self.after(lambda: self.press(label, message), sign)

    def press(self, label: str, message: Message | None = None) -> requests.Response:
        """Only sends the tap."""
        held, element = self._button(label, message)
        action = {"type": "button", "action_id": element["action_id"], "value": element["value"], "action_ts": "1.0"}
        return self.interact("block_actions", held, actions=[action])

    def _button(self, label: str, message: Message | None) -> tuple[Message, dict[str, Any]]:
        found = [(m, e) for m in ([message] if message else self.messages) for e in buttons(m) if _reads(e) == label]
        assert found, f"no button {label!r} among {[_reads(e) for m in self.messages for e in buttons(m)]}"
        return found[-1]

    def interact(self, kind: str, message: Message | None = None, **more: Any) -> requests.Response:
        """A documented interaction payload; without a message one of a shortcut or window."""
        payload: dict[str, Any] = {
            "type": kind, "user": {"id": self.user, "team_id": TEAM}, "team": {"id": TEAM, "domain": "clinic"},
            "api_app_id": "A0APP", "trigger_id": f"trigger{self.slack.number()}", **more,
        }  # fmt: skip
        if message is not None:
            payload["channel"] = {"id": self.channel, "name": "directmessage"}
            payload["container"] = {"type": "message", "message_ts": message["ts"], "channel_id": self.channel}
            payload["message"] = {"type": "message", **message}
            payload["state"] = {"values": self._state(message)}
        return self.slack.send_form(payload=payload)

    def _state(self, message: Message) -> dict[str, Any]:
        ticked = self.ticked.get(message["ts"], self._at_first(message))
        return {
            block["block_id"]: {
                element["action_id"]: {
                    "type": "checkboxes",
                    "selected_options": [option for option in element["options"] if option["value"] in ticked],
                }
            }
            for block, element in controls(message)
            if element["type"] == "checkboxes"
        }

    def _at_first(self, message: Message) -> set[str]:
        boxes = [element for _, element in controls(message) if element["type"] == "checkboxes"]
        return {option["value"] for element in boxes for option in element.get("initial_options", ())}

    def _box(self, label: str) -> tuple[Message, dict[str, Any], dict[str, Any]]:
        found = [
            (message, element, option)
            for message in self.messages
            for _, element in controls(message)
            for option in element.get("options", ())
            if label in (whole(option), option["value"])
        ]
        assert found, f"no box {label!r}"
        return found[-1]

    # ---- waiting

    def after(self, act: Any, sign: str = "chat.post") -> list[Message]:
        """What the assistant posted here because of an act: all until it rests, from the first call named ``sign`` on."""
        before, begun = len(self.messages), len(self.slack.calls)
        act()
        deadline = time.monotonic() + 20
        while not self._rests(begun, sign):
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.01)
        return self.messages[before:]

    def _rests(self, begun: int, sign: str) -> bool:
        calls = self.slack.calls[begun:]
        return any(name.startswith(sign) for _, name, _ in calls) and time.monotonic() - calls[-1][0] > QUIET


def controls(message: Message) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every control of a message with its block."""
    for block in message["blocks"]:
        yield from ((block, element) for element in block.get("elements", ()))


def buttons(message: Message) -> list[dict[str, Any]]:
    return [element for _, element in controls(message) if element["type"] == "button"]


def labels(messages: Sequence[Message]) -> list[str]:
    """What the buttons of some messages read."""
    return [_reads(element) for message in messages for element in buttons(message)]


def boxes(messages: Sequence[Message]) -> list[str]:
    """What the checkboxes of some messages read."""
    found = [element for message in messages for _, element in controls(message)]
    return [whole(option) for element in found for option in element.get("options", ())]


def words(messages: Sequence[Message]) -> str:
    """The words of some messages as their blocks show them."""
    return "\n".join(
        block["text"]["text"] for message in messages for block in message["blocks"] if block["type"] != "actions"
    )


def whole(option: dict[str, Any]) -> str:
    """The line of a checkbox with what did not fit into its label."""
    rest = option.get("description", {}).get("text", "").removeprefix("…")
    return f"{option['text']['text'].removesuffix('…')} {rest}".strip()


def _reads(element: dict[str, Any]) -> str:
    return str(element["text"]["text"]).removeprefix("✓ ")
