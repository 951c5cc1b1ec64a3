"""The words themselves: nothing that reassures falsely, promises or diagnoses, and nothing hard to read."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import yaml

from assistant.knowledge_base.reading import Knowledge
from tests.conversations.wording import beside, grade, own_words, quotes, sentences

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
    said = [*own_words(knowledge), *quotes(knowledge), *beside(knowledge)]
    assert len(said) > 400
    assert [(place, text, _found(text)) for place, text in said if _found(text)] == []


def test_every_kind_of_words_is_looked_at(knowledge: Knowledge) -> None:
    """Nobody can be told a sentence that the list of words does not hold: of each kind one known by heart."""
    places = dict(own_words(knowledge)) | dict(quotes(knowledge)) | dict(beside(knowledge))
    wanted = (
        "messages greeting",
        "findings saddle_numbness label",
        "questions now",
        "questions hardly_walk",
        "plank",
        "topics",
    )
    wanted += ("pictures", "handover.yml handover title", "texts.en.json", "sources", "guidance")
    assert knowledge.evidence["R06"][0].quote in places.values()
    assert [name for name in wanted if not any(place.startswith(name) for place in places)] == []


def test_no_sentence_of_the_rules_is_cut_short(knowledge: Knowledge) -> None:
    """A comma in unquoted YAML ends a sentence early."""
    items = [*knowledge.book.exercises, *knowledge.book.corrections]
    said = [(item.id, caution.say) for item in items for caution in item.cautions]
    said += [(item.id, step) for item in items for step in getattr(item, "steps", ())]
    assert len(said) > 40
    assert [row for row in said if not row[1].endswith((".", "!", "?"))] == []


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
