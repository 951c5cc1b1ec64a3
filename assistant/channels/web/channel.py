"""Rasa's side of the web page: the input channel that serves it and the output channel that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint

from assistant.channels.web.app import AppChanges
from assistant.channels.web.gate import Gate
from assistant.channels.web.history import WebHistory
from assistant.channels.web.page import PREFIX, STATIC_FOLDER, WebPage
from assistant.channels.web.routes import WebRoutes, web_blueprint
from assistant.channels.web.sessions import Sessions, load_secret
from assistant.channels.web.settings import WebSettings, web_settings
from assistant.channels.web.texts import web_texts
from assistant.channels.web.turns import Send, Turn, Turns
from assistant.clinic import ledger
from assistant.settings import database_url

CHANNEL = "web"
SHOWN_KEYS = ("text", "buttons", "custom", "image")

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WebOutput(OutputChannel):  # type: ignore[misc]
    """Hands each answer of the bot on whole; Rasa's base class would cut it into pieces."""

    def __init__(self, send: Send) -> None:
        self._send = send

    @classmethod
    def name(cls) -> str:
        """The name that responses of the domain use for this channel."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One answer: text, buttons, custom and image together."""
        part = {key: message[key] for key in SHOWN_KEYS if message.get(key)}
        if part:
            self._send(part)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Text alone, for the parts of Rasa that do not use send_response."""
        await self.send_response(recipient_id, {"text": text})

    async def send_custom_json(self, recipient_id: str, json_message: Mapping[str, Any], **kwargs: Any) -> None:
        """A payload alone, likewise."""
        await self.send_response(recipient_id, {"custom": json_message})


class WebInput(InputChannel):  # type: ignore[misc]
    """The web page; in credentials.yml: ``assistant.channels.web.channel.WebInput: {}``."""

    def __init__(self, settings: WebSettings | None = None) -> None:
        self._settings = settings or WebSettings()

    @classmethod
    def name(cls) -> str:
        """Stored with each message as its input channel."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "WebInput":
        """Made by Rasa from the credentials file; raises InputError on an unknown or odd key."""
        return cls(web_settings(credentials))

    def url_prefix(self) -> str:
        """The leading slash takes the channel out of Rasa's /webhooks/."""
        return PREFIX

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes, ready for Rasa's server."""
        settings = self._settings
        history = WebHistory(ledger.ready(database_url()))
        sessions = Sessions(load_secret(settings.state_folder / "session_secret"))
        page = WebPage(settings.pictures)
        gate = Gate(sessions, settings.allowed_origins)
        routes = WebRoutes(gate, Turns(_answer_with(on_new_message), history), history, web_texts(STATIC_FOLDER))
        return web_blueprint(routes, page, AppChanges(page, settings))


def _answer_with(on_new_message: OnNewMessage) -> Callable[[Turn, Send], Awaitable[Any]]:
    async def answer(turn: Turn, send: Send) -> None:
        shown = turn.said.shown if turn.said.shown != turn.said.text else ""
        known = {"locale": turn.said.locale, "confirmed": turn.confirmed, "shown": shown}
        metadata = {name: value for name, value in known.items() if value}
        await on_new_message(
            UserMessage(
                turn.said.text, WebOutput(send), turn.conversation, input_channel=CHANNEL,
                message_id=turn.said.turn, metadata=metadata,
            )
        )  # fmt: skip

    return answer
