"""The sentences of the web door, out of static/texts.<language>.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FALLBACK = "en"


@dataclass(frozen=True)
class WebTexts:
    """``refusals``: code -> sentence; ``commands``: name -> what is sent to the bot."""

    refusals: Mapping[str, str]
    commands: Mapping[str, str]

    def refusal(self, code: str) -> str:
        """The sentence for a code; an unknown code gives the general one."""
        return self.refusals.get(code, self.refusals["failed"])


def web_texts(folder: Path, language: str = FALLBACK) -> WebTexts:
    """Reads the sentences of a language, or the English ones where it has none."""
    path = folder / f"texts.{language}.json"
    if not path.is_file():
        path = folder / f"texts.{FALLBACK}.json"
    texts = json.loads(path.read_text(encoding="utf-8"))
    return WebTexts(texts["refusals"], texts["commands"])
