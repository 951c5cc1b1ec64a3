"""The Slack door on a real port beside the local Slack, with a bot of the test's own or the one of a test's choice."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import register
from sanic import Sanic
from slack_person import Person
from slack_server import SECRET, TOKEN, Slack, local_slack
from web_door import NUMBERS, Bot, Door

from assistant.channels.slack.channel import SlackInput
from assistant.channels.slack.settings import slack_settings


class SlackDoor(Door):
    """A running Slack door; ``received`` holds every message that reached the bot."""

    slack: Slack

    def _app(self, credentials: Mapping[str, Any]) -> Sanic:
        app = Sanic(f"slack_door_{next(NUMBERS)}", configure_logging=False)
        app.config.ACCESS_LOG = False
        app.ctx.agent = self
        register([SlackInput(slack_settings(credentials, environment={}))], app, route="/webhooks/")
        return app

    def heard(self, wait: float = 0.0) -> list[str]:
        """What reached the bot, after a while (in seconds) in which something wrong could reach it."""
        time.sleep(wait)
        return [str(message.text) for message in self.received]

    def person(self, user: str = "") -> Person:
        """Somebody who can write to the assistant."""
        return Person(self.slack, user)


@contextmanager
def open_slack_door(bot: Bot, folder: Path, slack: Slack, **settings: Any) -> Iterator[SlackDoor]:
    """A running door at a Slack that is there already."""
    secrets = {"slack_token": TOKEN, "slack_signing_secret": SECRET, "api_base": f"{slack.address}/api/"}
    door = SlackDoor(bot, folder, {**secrets, **settings})
    door.slack = slack
    slack.door = f"{door.address}/webhooks/slack/webhook"
    door.start()
    yield door
    door.stop()


@contextmanager
def slack_door(bot: Bot, folder: Path, **settings: Any) -> Iterator[SlackDoor]:
    """A running door with a Slack of its own."""
    with local_slack() as slack, open_slack_door(bot, folder, slack, **settings) as door:
        yield door
