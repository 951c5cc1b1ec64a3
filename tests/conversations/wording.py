"""Everything the assistant can say, with the place it stands in, and how hard a sentence is to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from assistant.knowledge_base.reading import Knowledge
from assistant.settings import CONTENT, ROOT
from assistant.triage.rules import Correction, Exercise

PLACES = re.compile(r"\{[a-z_]+\}|\*\*")
VOWELS = re.compile(r"[aeiouy]+")
WORDS = re.compile(r"[a-z']+")


def own_words(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The assistant's own sentences: messages, questions, options, what rules say, names and steps of exercises."""
    yield from _strings("messages", knowledge.messages)
    for finding in knowledge.findings:
        yield from _strings(f"findings {finding['id']}", {k: finding.get(k) for k in ("ask", "label", "values")})
    for question in (*knowledge.book.questions, *knowledge.book.clearing):
        options = [option.label for option in question.options]
        yield from _strings(f"questions {question.id}", [question.text, question.again, options])
    for rule in knowledge.book.care:
        yield from _strings(f"care {rule.id}", rule.say)
    things: list[Correction | Exercise] = [*knowledge.book.corrections, *knowledge.book.exercises]
    for thing in things:
        said = [getattr(thing, name, "") for name in ("name", "do", "why", "steps")]
        yield from _strings(thing.id, [said, [caution.say for caution in thing.cautions]])
    yield from _strings("topics", [topic.get("note", "") for topic in knowledge.topics])
    yield from _strings("pictures", [[p.get("alt", ""), p.get("caption", "")] for p in knowledge.pictures])


def beside(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What the doors say themselves, the hand-over, and the names of sources as they stand below a quote."""
    for path in sorted([*(ROOT / "assistant").glob("**/*.en.*"), CONTENT / "handover.yml", CONTENT / "notices.yml"]):
        yield from _strings(path.name, yaml.safe_load(path.read_text(encoding="utf-8")))
    yield from _strings("sources", [[s.get("title"), s.get("label")] for s in knowledge.sources.values()])
    yield from _strings("guidance", sorted({e.named for e in knowledge.passages.values()}))


def quotes(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every sentence of both documents that can be quoted."""
    return ((name, evidence.quote) for name, evidence in knowledge.passages.items())


def _strings(place: str, written: Any) -> Iterator[tuple[str, str]]:
    if isinstance(written, str) and written.strip():
        yield place, written
    elif isinstance(written, Mapping):
        for name, part in written.items():
            yield from _strings(f"{place} {name}", part)
    elif isinstance(written, list | tuple):
        for part in written:
            yield from _strings(place, part)


def sentences(text: str) -> list[str]:
    """The sentences of a text of at least five words, without the places that are filled in."""
    parts = re.split(r"(?<=[.!?:;])\s+|\n", PLACES.sub("", text))
    return [part for part in parts if len(WORDS.findall(part.lower())) >= 5]


def grade(sentence: str) -> float:
    """Flesch-Kincaid: the school year (US) that reads one sentence with ease; 6 is about twelve years of age."""
    words = WORDS.findall(sentence.lower())
    return 0.39 * len(words) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = len(VOWELS.findall(word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or (
        word.endswith("ed") and word[-3:-2] not in "td"
    )
    return max(1, groups - silent)
