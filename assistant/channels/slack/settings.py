"""What the credentials file and the environment say about the Slack door."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import InputError

SECRETS: Mapping[str, str] = {"slack_token": "PSOAS_SLACK_TOKEN", "slack_signing_secret": "PSOAS_SLACK_SIGNING_SECRET"}
"""The two secrets: key of the credentials file -> variable of the environment, which wins."""
OTHERS = ("state_folder", "pictures", "locale", "api_base", "proxy")


@dataclass(frozen=True)
class SlackSettings:
    """``locale`` ("en-GB") chooses the emergency numbers; ``api_base`` is Slack's own address except in tests."""

    slack_token: str = field(repr=False)
    slack_signing_secret: str = field(repr=False)
    state_folder: Path = Path("var")
    pictures: Path = Path("knowledge/pictures")
    locale: str = ""
    api_base: str = "https://slack.com/api/"
    proxy: str = ""


def slack_settings(credentials: Mapping[str, Any] | None, environment: Mapping[str, str] = os.environ) -> SlackSettings:
    """The settings in a block of the credentials file, the secrets from the environment where it has them.

    Raises InputError naming what is missing or odd; a secret's value is never part of a message.
    """
    given = dict(credentials or {})
    for key, variable in SECRETS.items():
        given[key] = environment.get(variable) or given.get(key) or ""
    faults = [fault for key, value in given.items() if (fault := _fault(key, value))]
    if faults:
        raise InputError(*faults)
    for key in ("state_folder", "pictures"):
        if key in given:
            given[key] = Path(given[key])
    if "api_base" in given:
        given["api_base"] = given["api_base"].rstrip("/") + "/"
    return SlackSettings(**given)


def _fault(key: str, value: Any) -> str:
    if key in SECRETS:
        good = isinstance(value, str) and value.strip() == value != ""
        return "" if good else f"credentials, Slack door: no usable {key}; set it there or as {SECRETS[key]}"
    if key not in OTHERS:
        return f"credentials, Slack door: unknown key {key!r}; known are {', '.join((*SECRETS, *OTHERS))}"
    return "" if isinstance(value, str) else f"credentials, Slack door: {key} should be a text"
