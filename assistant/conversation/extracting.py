"""`psoas extract`: the findings of one message, read on its own or as the answer to a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import Asked, Choice, read_answer
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader, Reading
from assistant.triage.rules import Rulebook


def extractor(knowledge: Knowledge) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function from one row with `text` (and perhaps `asked`) to the contract's groups of findings."""
    reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))

    def extract(row: dict[str, Any]) -> dict[str, Any]:
        text, asked = row["text"], _asked(row.get("asked"), knowledge.book)
        if not isinstance(text, str):
            raise InputError('"text" is a string')
        reading = reader.read(text, asked)
        findings, denied = dict(reading.findings), list(reading.denied)
        if asked:
            findings, denied = _answered(text, asked, reading, knowledge)
        groups = {"other_person": reading.other_person, "past": reading.past, "hypothetical": reading.hypothetical}
        return {"findings": findings, "denied": denied, **{name: list(ids) for name, ids in groups.items()}}

    return extract


def _asked(written: Any, book: Rulebook) -> tuple[str, ...]:
    ids = [written] if isinstance(written, str) else list(written or ())
    unknown = [str(i) for i in ids if i not in book.findings]
    if unknown:
        raise InputError(f'"asked": there is no finding {", ".join(unknown)}')
    return tuple(ids)


def _answered(
    text: str, asked: tuple[str, ...], reading: Reading, knowledge: Knowledge
) -> tuple[dict[str, Any], list[str]]:
    """The message read on its own, and over it what it means as an answer."""
    told = {**dict.fromkeys(reading.denied, False), **reading.findings}
    there = {f: v for f, v in told.items() if f in asked}
    answer = read_answer(text, as_asked(asked, knowledge.book), knowledge.answers, there, list(reading.numbers))
    findings, denied = dict(reading.findings), set(reading.denied)
    if answer is not None:
        fresh = {f: v for f, v in answer.findings.items() if f not in denied}
        findings |= {f: v for f, v in fresh.items() if f not in findings}
        denied |= {f for f in answer.denied if findings.get(f) is not True}
    about = {f: False for f in denied if knowledge.book.findings[f].kind == "about" and f not in findings}
    order = list(knowledge.book.findings)
    findings |= about
    return {f: findings[f] for f in order if f in findings}, [f for f in order if f in denied]


def as_asked(ids: tuple[str, ...], book: Rulebook) -> Asked:
    """The question that asks for these findings: the conversation's own where it has one, else made of the vocabulary."""
    own = next((q for q in book.questions if set(q.findings) == set(ids)), None)
    types = {f: book.findings[f].type for f in ids}
    if own is not None:
        return Asked(
            own.findings, own.kind, tuple(Choice(o.value, o.label, o.sets, o.otherwise) for o in own.options), types
        )
    if len(ids) > 1:
        flags = [f for f in ids if types[f] == "yes_no"]
        return Asked(ids, "many", tuple(Choice(f, book.findings[f].label, {f: True}, {f: False}) for f in flags), types)
    finding = book.findings[ids[0]]
    many = finding.type == "many"
    values = tuple(Choice(v, label, {finding.id: [v] if many else v}, {}) for v, label in finding.values.items())
    return Asked(ids, finding.type, values, types)
