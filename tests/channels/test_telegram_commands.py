"""The settings of the Telegram door, and `psoas telegram ...`."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml
from telegram_server import TOKEN, TelegramServer, telegram

from assistant.channels.telegram.commands import DOOR, run
from assistant.channels.telegram.settings import telegram_settings
from assistant.errors import InputError


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


@pytest.fixture
def credentials(server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PSOAS_TELEGRAM_TOKEN", TOKEN)
    path = tmp_path / "credentials.yml"
    path.write_text(yaml.safe_dump({DOOR: {"api_base": server.address, "state_folder": str(tmp_path / "var")}}))
    return path


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "no token; set PSOAS_TELEGRAM_TOKEN"),
        ({"token": "not a token"}, "does not look like"),
        ({"token": 12}, "token should be a str"),
        ({"token": TOKEN, "tokn": "x"}, "unknown key 'tokn'"),
        ({"token": TOKEN, "secret_token": "short"}, "secret_token needs 16 to 256"),
        ({"token": TOKEN, "api_base": "telegram.example"}, "api_base is no address"),
        ({"token": TOKEN, "polling": "yes"}, "polling should be a bool"),
        ({"token": TOKEN, "polling": True, "webhook_url": "https://clinic.example"}, "leave out either"),
    ],
)
def test_an_odd_setting_is_named_with_its_remedy(given: Mapping[str, object], fault: str) -> None:
    with pytest.raises(InputError, match=fault) as error:
        telegram_settings(given, {})
    assert TOKEN.partition(":")[2] not in str(error.value)


def test_the_token_of_the_environment_goes_first() -> None:
    settings = telegram_settings({"token": "1:" + "old" * 10}, {"PSOAS_TELEGRAM_TOKEN": TOKEN})
    assert settings.token == TOKEN
    assert TOKEN not in repr(settings)


def test_set_webhook_tells_telegram_where_to_send(server: TelegramServer, credentials: Path) -> None:
    good, lines = run("set-webhook", "https://clinic.example", credentials)
    assert (good, lines) == (
        True, ["Telegram sends this bot's messages to https://clinic.example/webhooks/telegram/webhook"],
    )  # fmt: skip
    assert server.webhook["url"].startswith("https://clinic.example/")
    assert len(server.webhook["secret_token"]) == 64


def test_a_path_of_ones_own_is_kept(server: TelegramServer, credentials: Path) -> None:
    run("set-webhook", "https://clinic.example/psoas/webhooks/telegram/webhook", credentials)
    assert server.webhook["url"] == "https://clinic.example/psoas/webhooks/telegram/webhook"


def test_status_and_remove(server: TelegramServer, credentials: Path) -> None:
    run("set-webhook", "https://clinic.example", credentials)
    assert run("status", "", credentials)[1][:2] == [
        "Bot: @psoas_test_bot", "Messages go to: https://clinic.example/webhooks/telegram/webhook",
    ]  # fmt: skip
    assert run("remove-webhook", "", credentials)[0]
    assert server.webhook == {}


@pytest.mark.parametrize("address", ["clinic.example", "http://clinic.example", "https://clinic.example:5005"])
def test_telegram_itself_takes_public_https_only(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PSOAS_TELEGRAM_TOKEN", TOKEN)
    with pytest.raises(InputError, match=address):
        run("set-webhook", address, tmp_path / "none.yml")


def test_a_refusal_is_told_without_the_token(
    server: TelegramServer, credentials: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSOAS_TELEGRAM_TOKEN", "999:" + "wrong" * 8)
    assert run("status", "", credentials) == (False, ["Telegram, getMe: Unauthorized (401)"])


def test_bad_use_exits_with_2_and_says_what_to_do() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PSOAS_TELEGRAM_TOKEN"}
    command = [sys.executable, "-m", "assistant.cli", "telegram", "status"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "PSOAS_TELEGRAM_TOKEN" in done.stderr


def test_the_door_needs_no_rasa_for_its_commands() -> None:
    code = (
        "import assistant.channels.telegram.commands, sys; sys.exit(any(m in sys.modules for m in ('rasa', 'sanic')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
