"""What `psoas telegram ...` does: calls to the Bot API from the command line."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from assistant.channels.telegram.api import Call, TelegramApi, TelegramError
from assistant.channels.telegram.settings import TelegramSettings, telegram_settings
from assistant.channels.telegram.texts import telegram_texts
from assistant.channels.telegram.webhook import set_menu, set_webhook
from assistant.errors import InputError

DOOR = "assistant.channels.telegram.channel.TelegramInput"
PATIENCE = 20.0
TAKEN_PORTS = (443, 80, 88, 8443)
OFFICIAL = "api.telegram.org"


def run(verb: str, address: str, credentials: Path) -> tuple[bool, list[str]]:
    """Whether `psoas telegram VERB` succeeded, and what to tell the person. Raises InputError for what must be put right."""
    verbs = {
        "set-webhook": lambda: connect(address, credentials),
        "remove-webhook": lambda: disconnect(credentials),
        "status": lambda: status(credentials),
    }
    try:
        return True, verbs[verb]()
    except TelegramError as fault:
        return False, [str(fault)]


def connect(address: str, credentials: Path) -> list[str]:
    """`set-webhook URL`: has the bot's updates sent there; lines for the person who asked.

    Raises InputError for an address that Telegram would not take, TelegramError where the call fails.
    """
    settings = _settings(credentials)
    fault = _address_fault(address, settings)
    if fault:
        raise InputError(f"{address}: {fault}")
    call = set_webhook(settings, address)
    _call(settings, call, set_menu(telegram_texts()))
    return [f"Telegram sends this bot's messages to {call.fields['url']}"]


def disconnect(credentials: Path) -> list[str]:
    """`remove-webhook`: Telegram keeps the updates until somebody fetches them."""
    _call(_settings(credentials), Call("deleteWebhook"))
    return ["Telegram sends this bot's messages nowhere; with `polling: true` they are fetched"]


def status(credentials: Path) -> list[str]:
    """`status`: who the bot is and where its updates go."""
    bot, webhook = _call(_settings(credentials), Call("getMe"), Call("getWebhookInfo"))
    fault = webhook.get("last_error_message")
    return [
        f"Bot: @{bot.get('username')}",
        f"Messages go to: {webhook.get('url') or 'nowhere (polling)'}",
        f"Waiting: {webhook.get('pending_update_count', 0)}",
        *([f"Last error: {fault}"] if fault else []),
    ]


def _settings(credentials: Path) -> TelegramSettings:
    written: Any = yaml.safe_load(credentials.read_text(encoding="utf-8")) if credentials.is_file() else {}
    return telegram_settings(written.get(DOOR) if isinstance(written, Mapping) else {})


def _address_fault(address: str, settings: TelegramSettings) -> str:
    """Why the official server would not send updates there; a local one takes anything."""
    parts = urlsplit(address)
    if not parts.hostname:
        return "give the public address of this server, such as https://clinic.example"
    if urlsplit(settings.api_base).hostname != OFFICIAL:
        return ""
    if parts.scheme != "https":
        return "Telegram sends messages over https only"
    return "" if (parts.port or 443) in TAKEN_PORTS else "Telegram knows the ports 443, 80, 88 and 8443 only"


def _call(settings: TelegramSettings, *calls: Call) -> Sequence[Any]:
    async def run() -> list[Any]:
        api = TelegramApi(settings.api_base, settings.token)
        try:
            return [await api.call(call, PATIENCE) for call in calls]
        finally:
            await api.close()

    return asyncio.run(run())
