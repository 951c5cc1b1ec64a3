"""Reads the lines that intents are learnt from and tested on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "data" / "nlu" / "intents.yml"
LANGUAGE = ROOT / "tests" / "language"


def examples() -> list[tuple[str, str]]:
    """The training examples as pairs of text and intent."""
    content = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    lines = [(line, block["intent"]) for block in content["nlu"] for line in block["examples"].splitlines()]
    return [(line.removeprefix("- "), intent) for line, intent in lines]


def unseen() -> list[tuple[str, str]]:
    """Wordings that no example holds, with the intent each should have; whoever widened the examples first knew them."""
    content = yaml.safe_load((LANGUAGE / "intents_unseen.yml").read_text(encoding="utf-8"))
    return [(text, intent) for intent, texts in content.items() for text in texts]


@dataclass(frozen=True)
class Wordings:
    """Messages with the intent each should have; symptoms and answers, which are no command; what is not understood."""

    meant: list[tuple[str, str]]
    reports: list[str]
    strange: list[str]


def fresh() -> Wordings:
    """The set that nothing was learnt or tuned from."""
    return _wordings("intents_fresh.yml")


def development() -> Wordings:
    """The set that was looked at while the examples were widened."""
    return _wordings("intents_development.yml")


def _wordings(name: str) -> Wordings:
    content = yaml.safe_load((LANGUAGE / name).read_text(encoding="utf-8"))
    meant = [(text, intent) for intent, texts in content["intents"].items() for text in texts]
    return Wordings(meant, content["reports"], content.get("not_understood", []))


def not_understood() -> tuple[list[str], list[str]]:
    """Gibberish and other languages; and plain sentences that are off the subject."""
    strange, _, off_topic = (LANGUAGE / "not_understood.txt").read_text(encoding="utf-8").partition("# off-topic\n")
    return [line for line in strange.splitlines() if line and not line.startswith("# ")], off_topic.splitlines()
