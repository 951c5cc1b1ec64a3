"""The sentences of the Slack door, out of slack.en.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

WORDS = Path(__file__).parent / "slack.en.yml"


@dataclass(frozen=True)
class SlackTexts:
    """``texts``: name -> sentence; ``emoji``: Slack's name -> character."""

    texts: Mapping[str, str]
    emoji: Mapping[str, str]

    def text(self, name: str, **filled: object) -> str:
        """The sentence ``name`` with its places filled in."""
        return self.texts[name].format(**filled)


@cache
def slack_texts() -> SlackTexts:
    """The sentences, read once."""
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return SlackTexts(words["texts"], words["emoji"])
