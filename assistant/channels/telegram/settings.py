"""What the credentials file and the environment may say about the Telegram door."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import InputError

TOKEN_VARIABLE = "PSOAS_TELEGRAM_TOKEN"  # noqa: S105 (a name, not a secret)
TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,128}")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
KNOWN_KINDS: Mapping[str, type[Any]] = {
    "token": str,
    "secret_token": str,
    "api_base": str,
    "webhook_url": str,
    "polling": bool,
    "state_folder": str,
    "pictures": str,
}


@dataclass(frozen=True)
class TelegramSettings:
    """``token`` is the bot's; ``secret_token`` is what Telegram shows with each update ("" derives one).

    ``polling`` fetches updates instead of waiting for them; ``webhook_url`` is set at each start. ``api_base`` is another
    Bot API server. ``state_folder`` keeps which updates were answered and which buttons are out.
    """

    token: str = field(repr=False)
    secret_token: str = field(default="", repr=False)
    api_base: str = "https://api.telegram.org"
    webhook_url: str = ""
    polling: bool = False
    state_folder: Path = Path("var")
    pictures: Path = Path("knowledge/pictures")


def telegram_settings(
    credentials: Mapping[str, Any] | None, environment: Mapping[str, str] = os.environ
) -> TelegramSettings:
    """The settings in a block of the credentials file; the environment's token goes first.

    Raises InputError naming what is at fault, never with a secret in it.
    """
    given = dict(credentials or {})
    if environment.get(TOKEN_VARIABLE):
        given["token"] = environment[TOKEN_VARIABLE]
    faults = [*_unknown(given), *(fault for fault in _faults(given) if fault)]
    if faults:
        raise InputError(*(f"credentials, Telegram door: {fault}" for fault in faults))
    for key in ("state_folder", "pictures"):
        if key in given:
            given[key] = Path(given[key])
    return TelegramSettings(**given)


def _unknown(given: Mapping[str, Any]) -> list[str]:
    known = ", ".join(KNOWN_KINDS)
    unknown = [f"unknown key {key!r}; known are {known}" for key in given if key not in KNOWN_KINDS]
    wrong = [
        f"{key} should be a {kind.__name__}"
        for key, kind in KNOWN_KINDS.items()
        if key in given and not isinstance(given[key], kind)
    ]
    return [*unknown, *wrong]


def _faults(given: Mapping[str, Any]) -> list[str]:
    token, secret = str(given.get("token", "")), str(given.get("secret_token", ""))
    return [
        "" if token else f"no token; set {TOKEN_VARIABLE} to the one that @BotFather gave you",
        "" if not token or TOKEN.fullmatch(token) else "the token does not look like 123456:ABC...; copy it once more",
        "" if not secret or SECRET.fullmatch(secret) else "secret_token needs 16 to 256 of A-Z, a-z, 0-9, _ and -",
        _address_fault("api_base", given.get("api_base")),
        _address_fault("webhook_url", given.get("webhook_url")),
        "leave out either polling or webhook_url" if given.get("polling") and given.get("webhook_url") else "",
    ]


def _address_fault(key: str, address: Any) -> str:
    if not address:
        return ""
    parts = urlsplit(str(address))
    return "" if parts.scheme in ("http", "https") and parts.hostname else f"{key} is no address: {address!r}"
