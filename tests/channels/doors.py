"""The real assistant with all its doors open, and a person's conversation through each of them."""

from __future__ import annotations

import html
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
import requests
import yaml
from slack_server import SECRET, Slack, local_slack
from slack_server import TOKEN as SLACK_TOKEN
from slack_visitor import SlackVisitor, plainly
from telegram_person import Person
from telegram_server import TOKEN, TelegramServer, telegram
from web_visitor import Visitor

from assistant import serving
from assistant.channels.telegram.settings import telegram_settings
from assistant.channels.telegram.webhook import PATH, secret_of
from assistant.preparing import prepare
from assistant.serving import Place, free_port


@dataclass(frozen=True)
class Heard:
    """What was answered: the texts as they are read, and the assessment ({} where none came or none can be carried)."""

    texts: tuple[str, ...]
    assessment: Mapping[str, Any]


class Door(Protocol):
    """One person's conversation. ``choices`` are the labels that the text stands for, to be tapped where that can be."""

    def say(self, text: str, choices: Sequence[str] = ()) -> Heard: ...


@dataclass(frozen=True)
class House:
    """Where everything is; ``state`` is the folder that the doors keep things in."""

    place: Place
    state: Path
    telegram: TelegramServer
    slack: Slack

    @property
    def address(self) -> str:
        return f"http://{self.place.host}:{self.place.port}"


class RestDoor:
    """Rasa's REST channel."""

    def __init__(self, house: House) -> None:
        self._address = f"{house.address}/webhooks/rest/webhook"
        self._sender = uuid.uuid4().hex

    def messages(self, text: str) -> list[Mapping[str, Any]]:
        """Everything that was answered."""
        body = {"sender": self._sender, "message": text}
        return list(requests.post(self._address, json=body, timeout=60).json())

    def say(self, text: str, choices: Sequence[str] = ()) -> Heard:
        return heard(self.messages(text))


class WebDoor:
    """The web page's channel, from an address of this person's own."""

    people = 0

    def __init__(self, house: House) -> None:
        WebDoor.people += 1
        address = f"10.0.{WebDoor.people // 250}.{WebDoor.people % 250}"
        self._visitor = Visitor(house.address, headers={"X-Forwarded-For": address})

    def say(self, text: str, choices: Sequence[str] = ()) -> Heard:
        return heard([content for name, content in self._visitor.say(text) if name == "message"])


class TelegramDoor:
    """The Telegram channel: taps what can be tapped, types the rest."""

    def __init__(self, house: House) -> None:
        self._person = Person(house.telegram, house.state)

    def say(self, text: str, choices: Sequence[str] = ()) -> Heard:
        labels = next((shown.labels for shown in reversed(self._person.seen()) if shown.rows), [])
        if not choices or not set(choices) <= set(labels):
            answers = self._person.say(text)  # nothing of it is on a button: numbers, one's own words
        else:
            answers = [shown for choice in choices for shown in self._person.tap(choice)]
            answers += self._person.tap("Done") if "Done" in labels and not answers else []
        return Heard(tuple(readable(shown.text) for shown in answers if not shown.photo), {})


class SlackDoor:
    """The Slack channel: ticks and taps what can be, types the rest."""

    def __init__(self, house: House) -> None:
        self._visitor = SlackVisitor(house.slack)

    def say(self, text: str, choices: Sequence[str] = ()) -> Heard:
        return Heard(tuple(readable(told) for told in plainly(self._visitor.say(text, choices))), {})


def heard(messages: Sequence[Mapping[str, Any]]) -> Heard:
    """What the messages of a door that carries content say."""
    customs = [message["custom"] for message in messages if isinstance(message.get("custom"), Mapping)]
    told = [custom["assessment"] for custom in customs if "assessment" in custom]
    return Heard(tuple(readable(m["text"]) for m in messages if m.get("text")), told[-1] if told else {})


def readable(text: str) -> str:
    """The words of a text without the marks and the line breaks that each platform has its own way with."""
    lines = (line.removeprefix("> ").removeprefix("- ").removeprefix("• ") for line in text.split("\n"))
    return " ".join(html.unescape(" ".join(lines)).replace("**", "").split())


DOORS: Mapping[str, Callable[[House], Door]] = {
    "REST": RestDoor,
    "web": WebDoor,
    "Telegram": TelegramDoor,
    "Slack": SlackDoor,
}


@contextmanager
def house(state: Path, more: Mapping[str, Any] | None = None) -> Iterator[House]:
    """Rasa and the action server with the doors open (and `more` of them), beside local platforms; ended when the block ends."""
    with telegram() as bot_api, local_slack() as slack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_DATABASE", f"sqlite:///{state / 'psoas.db'}")
        credentials = {
            "assistant.channels.web.channel.WebInput": {"state_folder": str(state), "proxies": 1},
            "assistant.channels.telegram.channel.TelegramInput": {
                "token": TOKEN, "api_base": bot_api.address, "state_folder": str(state),
            },
            "assistant.channels.slack.channel.SlackInput": {
                "slack_token": SLACK_TOKEN, "slack_signing_secret": SECRET, "api_base": slack.address + "/api",
                "state_folder": str(state),
            },
        }  # fmt: skip
        with serving_with({**credentials, **(more or {})}) as place:
            settings = telegram_settings({"token": TOKEN, "state_folder": str(state)}, {})
            address = f"http://{place.host}:{place.port}{PATH}"
            bot_api.webhook = {"url": address, "secret_token": secret_of(settings)}
            slack.door = f"http://{place.host}:{place.port}/webhooks/slack/webhook"
            yield House(place, state, bot_api, slack)


@contextmanager
def serving_with(credentials: Mapping[str, Any]) -> Iterator[Place]:
    """`psoas serve --rest`, with other doors than the credentials file opens."""
    place = Place("127.0.0.1", free_port(), rest=True)
    model, actions = prepare(_say), free_port()
    settings = serving._settings(place, actions)
    path = settings / "credentials.yml"
    path.write_text(yaml.safe_dump({**yaml.safe_load(path.read_text()), **credentials}))
    processes = serving._start(place, model, actions, settings)
    try:
        serving._wait_until_answering(place, processes)
        yield place
    finally:
        serving._end(processes)


def _say(line: str) -> None:
    print(line, file=sys.stderr)
