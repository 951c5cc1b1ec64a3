"""The sentences of the Telegram door, out of telegram.<language>.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TelegramTexts:
    """``commands``: a typed command -> what the bot hears; ``menu``: a command -> its line in Telegram's menu;
    ``buttons`` and ``lines``: name -> words; ``edited``: how a changed message is put to the bot."""

    commands: Mapping[str, str]
    menu: Mapping[str, str]
    buttons: Mapping[str, str]
    lines: Mapping[str, str]
    edited: str


def telegram_texts(language: str = "en") -> TelegramTexts:
    """Reads the sentences of a language."""
    written = yaml.safe_load((FOLDER / f"telegram.{language}.yml").read_text(encoding="utf-8"))
    return TelegramTexts(**written)
