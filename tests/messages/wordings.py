"""Reads the lines that intents are learnt from and tested on."""

from __future__ import annotations

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
    """Wordings that no example holds, with the intent each should have."""
    content = yaml.safe_load((LANGUAGE / "intents_unseen.yml").read_text(encoding="utf-8"))
    return [(text, intent) for intent, texts in content.items() for text in texts]


def not_understood() -> tuple[list[str], list[str]]:
    """Gibberish and other languages; and plain sentences that are off the subject."""
    strange, _, off_topic = (LANGUAGE / "not_understood.txt").read_text(encoding="utf-8").partition("# off-topic\n")
    return [line for line in strange.splitlines() if line and not line.startswith("# ")], off_topic.splitlines()
