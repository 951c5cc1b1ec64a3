"""Rasa's side of Telegram: the input channel that takes updates and the output channel that collects the answers."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as as_json

from assistant.channels.telegram.api import RefusedError, TelegramApi
from assistant.channels.telegram.boards import Boards
from assistant.channels.telegram.delivery import Delivery
from assistant.channels.telegram.desk import Desk, Hear, Said
from assistant.channels.telegram.memory import Memory, open_base
from assistant.channels.telegram.order import InOrder
from assistant.channels.telegram.polling import FOR_EVER, poll
from assistant.channels.telegram.secrets import CHANNEL, same
from assistant.channels.telegram.settings import TelegramSettings, telegram_settings
from assistant.channels.telegram.texts import telegram_texts
from assistant.channels.telegram.webhook import names_of, secret_of, set_menu, set_webhook

logger = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a name, not a secret)
TO_FINISH = 5.0
"""Seconds that answers under way get when the server stops."""

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class TelegramOutput(OutputChannel):  # type: ignore[misc]
    """Collects what the bot says in one turn, each message whole."""

    def __init__(self) -> None:
        self.said: list[Mapping[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """The name that responses of the domain use for this channel."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One answer: text, buttons and custom together."""
        self.said.append(dict(message))

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Text alone, for the parts of Rasa that do not use send_response."""
        self.said.append({"text": text})


class TelegramInput(InputChannel):  # type: ignore[misc]
    """The Telegram bot; in credentials.yml: ``assistant.channels.telegram.channel.TelegramInput: {polling: true}``."""

    def __init__(self, settings: TelegramSettings) -> None:
        self._settings = settings

    @classmethod
    def name(cls) -> str:
        """Stored with each message as its input channel; also the prefix of the route."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "TelegramInput":
        """Made by Rasa from the credentials file; raises InputError on an unknown or odd key, or without a token."""
        return cls(telegram_settings(credentials))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The route for updates, and what starts and stops with the server."""
        door = Door(self._settings, _hear_with(on_new_message))
        routes = Blueprint(f"{CHANNEL}_webhook")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            return as_json({"status": "ok"})

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            return empty(status=door.take(request.headers.get(SECRET_HEADER, ""), request.body))

        routes.listener("after_server_start")(door.start)
        routes.listener("before_server_stop")(door.stop)
        return routes


class Door:
    """The bot at work: one desk, and a task that tells Telegram where to find it or fetches updates itself."""

    def __init__(self, settings: TelegramSettings, hear: Hear) -> None:
        self._base = base = open_base(settings.state_folder / "telegram.sqlite")
        self._settings = settings
        self._secret = secret_of(settings)
        self._memory = Memory(base)
        self._texts = telegram_texts()
        self._api = TelegramApi(settings.api_base, settings.token)
        delivery = Delivery(self._api, Boards(base), names_of(settings), self._texts, settings.pictures)
        self._order = InOrder()
        self._desk = Desk(hear, self._memory, delivery, self._order)
        self._beside: list[asyncio.Task[None]] = []

    def take(self, secret: str, body: bytes) -> int:
        """Takes an update at once; the status to answer: 403 without the secret.

        What cannot be read is dropped with a 200, or Telegram would send it for ever.
        """
        if not same(secret, self._secret):
            return 403
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            logger.warning("an update of Telegram was no JSON")
            return 200
        self._desk.take(update)
        return 200

    async def start(self, app: Any, loop: Any) -> None:
        """Begins without waiting for the network."""
        self._desk.apologise()
        self._beside = [asyncio.ensure_future(work) for work in (self._offer_menu(), self._fetch_or_be_sent())]

    async def stop(self, app: Any, loop: Any) -> None:
        """Stops fetching, lets answers end, and closes the connections."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self._order.end(TO_FINISH)
        await self._api.close()
        self._base.close()

    async def _offer_menu(self) -> None:
        try:
            await self._api.call(set_menu(self._texts), FOR_EVER)
        except RefusedError as refused:
            logger.warning("%s", refused)

    async def _fetch_or_be_sent(self) -> None:
        """With back-off until Telegram is reached; a token that it refuses leaves the other doors open."""
        try:
            if self._settings.webhook_url:
                await self._api.call(set_webhook(self._settings, self._settings.webhook_url), FOR_EVER)
            if self._settings.polling:
                await poll(self._api, self._memory, self._desk.take, self._settings.state_folder / "telegram.lock")
        except RefusedError as refused:
            logger.error("the Telegram door is closed: %s", refused)


def _hear_with(on_new_message: OnNewMessage) -> Hear:
    async def hear(said: Said) -> Sequence[Mapping[str, Any]]:
        output = TelegramOutput()
        metadata = {"locale": said.locale} if said.locale else {}
        await on_new_message(
            UserMessage(
                said.text, output, said.sender, input_channel=CHANNEL, message_id=str(said.number), metadata=metadata,
            )
        )  # fmt: skip
        return output.said

    return hear
