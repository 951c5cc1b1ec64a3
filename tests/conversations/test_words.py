"""The words themselves: nothing that reassures falsely, promises or diagnoses, and nothing hard to read."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import yaml

from assistant.knowledge_base.reading import Knowledge
from tests.conversations.wording import grade, own_words, quotes, sentences

BANNED = yaml.safe_load((Path(__file__).parent / "banned.yml").read_text(encoding="utf-8"))
EASY = 8.0
HARD = 16.0
"""No sentence may be harder than this school year; short texts with one long word stay below it."""


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in phrases))


PHRASES = _pattern(BANNED["phrases"])
DIAGNOSES = _pattern([f"{have} {what}" for have in BANNED["having"] for what in BANNED["diagnoses"]])


def _found(text: str) -> list[str]:
    """Banned phrases outside quotation marks; a question ("Do you have a hernia?") diagnoses nobody."""
    plain = re.sub(r'"[^"]*"', "", text.lower().replace("’", "'").replace("**", ""))
    told = re.sub(r"[^.!?]*\?", "", plain)
    return PHRASES.findall(plain) + DIAGNOSES.findall(told)


def test_nothing_that_is_said_is_on_the_banned_list(knowledge: Knowledge) -> None:
    said = [*own_words(knowledge), *quotes(knowledge)]
    assert len(said) > 400
    assert [(place, text, _found(text)) for place, text in said if _found(text)] == []


def test_the_banned_list_finds_what_it_is_for() -> None:
    assert _found("You have cauda equina syndrome.") == ["you have cauda equina syndrome"]
    assert _found("Don’t worry, it is a cure") == ["don't worry", "cure"]
    assert _found("a secure step, an obscure ache") == []


def test_the_assistant_reads_at_about_age_twelve(knowledge: Knowledge) -> None:
    read = [(grade(s), place, s) for place, text in own_words(knowledge) for s in sentences(text)]
    assert mean(score for score, _, _ in read) <= EASY
    assert sorted(row for row in read if row[0] > HARD) == []


def test_quotes_can_be_read_on_a_phone(knowledge: Knowledge) -> None:
    read = [(grade(s), place, s) for place, text in quotes(knowledge) for s in sentences(text)]
    assert mean(score for score, _, _ in read) <= EASY + 2
