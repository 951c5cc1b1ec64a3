"""Rasa's side of the Slack door: the stock input with its signature check, and everything else of our own."""

import logging
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.core.channels.slack import SlackInput as StockSlackInput
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from assistant.channels.slack.bot import CHANNEL, Bot, OnNewMessage
from assistant.channels.slack.desk import Desk
from assistant.channels.slack.memory import open_memory
from assistant.channels.slack.order import without_words
from assistant.channels.slack.requests import read_request
from assistant.channels.slack.send import SlackSend
from assistant.channels.slack.settings import SlackSettings, slack_settings
from assistant.channels.slack.talk import Talks
from assistant.channels.slack.texts import slack_texts
from assistant.channels.web.refusals import RefusedError
from assistant.channels.web.sessions import load_secret

logger = logging.getLogger(__name__)


class SlackInput(StockSlackInput):  # type: ignore[misc]
    """The Slack door; in credentials.yml: ``assistant.channels.slack.channel.SlackInput: {}``.

    Kept of the stock channel: its address (/webhooks/slack/webhook) and its check of signature and age (five minutes).
    """

    def __init__(self, settings: SlackSettings) -> None:
        super().__init__(settings.slack_token, slack_signing_secret=settings.slack_signing_secret)
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Part of the address, and stored with each message."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "SlackInput":
        """Made by Rasa from the credentials file and the environment; raises InputError on a missing or odd key."""
        return cls(slack_settings(credentials))

    def get_output_channel(self, channel: str | None = None, thread_id: str | None = None) -> OutputChannel | None:
        """None: a sender id cannot be turned back into a person, so nobody is written to unasked."""
        return None

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes, ready for Rasa's server; nothing here goes over the network."""
        blueprint = Blueprint("psoas_slack", __name__)
        desk = self._desk(on_new_message)

        @blueprint.route("/", methods=["GET"])  # type: ignore[untyped-decorator]
        async def health(_: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])  # type: ignore[untyped-decorator]
        async def webhook(request: Request) -> HTTPResponse:
            if not self.is_request_from_slack_authentic(request):
                raise RefusedError("not_signed", 401)
            reply = desk.take(read_request(request.headers.get("content-type", ""), request.body))
            return json(reply) if reply else empty(200)

        blueprint.exception(Exception)(_refuse)
        return blueprint

    def _desk(self, on_new_message: OnNewMessage) -> Desk:
        settings = self._settings
        secret = load_secret(settings.state_folder / "session_secret")
        memory = open_memory(settings.state_folder / "slack.sqlite", secret)
        bot = Bot(on_new_message, settings.locale)
        return Desk(Talks(bot, SlackSend(settings), memory, slack_texts()))


async def _refuse(_: Request, fault: Exception) -> HTTPResponse:
    """An error under this address: its status and a word for it, never its details."""
    if isinstance(fault, RefusedError):
        return json({"error": fault.code}, fault.status)
    if isinstance(fault, SanicException) and fault.status_code < 500:
        return json({"error": "unreadable"}, fault.status_code)
    logger.error("the Slack door failed: %s", without_words(fault))
    return json({"error": "failed"}, 500)
