"""Tells Telegram where this bot's updates go, and what its menu offers."""

from urllib.parse import urlsplit

from assistant.channels.telegram.api import Call
from assistant.channels.telegram.secrets import CHANNEL, Names
from assistant.channels.telegram.settings import TelegramSettings
from assistant.channels.telegram.texts import TelegramTexts
from assistant.channels.telegram.updates import ALLOWED
from assistant.channels.web.sessions import load_secret

PATH = f"/webhooks/{CHANNEL}/webhook"


def names_of(settings: TelegramSettings) -> Names:
    """The names that the secret of the state folder gives (made at first use)."""
    return Names(load_secret(settings.state_folder / "session_secret"), settings.token.partition(":")[0])


def secret_of(settings: TelegramSettings) -> str:
    """What Telegram shows with each update."""
    return settings.secret_token or names_of(settings).webhook_secret()


def set_webhook(settings: TelegramSettings, address: str) -> Call:
    """Has updates sent to an address, one at a time so that they come in order. A bare host gets the door's own path."""
    whole = address.rstrip("/") + (PATH if urlsplit(address).path in ("", "/") else "")
    fields = {
        "url": whole,
        "secret_token": secret_of(settings),
        "allowed_updates": list(ALLOWED),
        "max_connections": 1,
    }
    return Call("setWebhook", fields)


def set_menu(texts: TelegramTexts) -> Call:
    """The commands that Telegram offers beside the text box."""
    return Call("setMyCommands", {"commands": [{"command": c, "description": w} for c, w in texts.menu.items()]})
