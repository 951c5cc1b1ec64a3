"""`psoas extract`: the findings of one message, read on its own or as the answer to a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import Asked, Choice, merged, read_answer
from assistant.language.lexicon import lexicon
from assistant.language.reading import LONGEST, Reader, Reading
from assistant.triage.rules import Rulebook


def extractor(knowledge: Knowledge) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function from one row with `text` (and perhaps `asked`) to the contract's groups of findings."""
    reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))

    def extract(row: dict[str, Any]) -> dict[str, Any]:
        text, asked = row["text"], _asked(row.get("asked"), knowledge.book)
        if not isinstance(text, str):
            raise InputError('"text" is a string')
        if len(text) > LONGEST:
            raise InputError(f'"text" has {len(text)} characters; at most {LONGEST} are read; send it in parts')
        reading = reader.read(text, asked)
        findings, denied = dict(reading.findings), list(reading.denied)
        if asked:
            findings, denied = _answered(text, asked, reading, knowledge)
        groups = {"other_person": reading.other_person, "past": reading.past, "hypothetical": reading.hypothetical}
        return {"findings": findings, "denied": denied, **{name: list(ids) for name, ids in groups.items()}}

    return extract


def _asked(written: Any, book: Rulebook) -> tuple[str, ...]:
    ids = [written] if isinstance(written, str) else written or []
    if not (isinstance(ids, list) and all(isinstance(i, str) for i in ids)):
        raise InputError('"asked" is the id of a finding or a list of them')
    unknown = [str(i) for i in ids if i not in book.findings]
    if unknown:
        raise InputError(f'"asked": there is no finding {", ".join(unknown)}')
    return tuple(ids)


def _answered(
    text: str, asked: tuple[str, ...], reading: Reading, knowledge: Knowledge
) -> tuple[dict[str, Any], list[str]]:
    """The message read on its own, and over it what it means as an answer."""
    told: dict[str, Any] = {**dict.fromkeys(reading.denied, False), **reading.findings}
    question = as_asked(asked, knowledge.book)
    there = {f: v for f, v in told.items() if f in asked}
    answer = read_answer(text, question, knowledge.answers, there, list(reading.numbers))
    told = merged(told, answer, question) if answer is not None else told
    book = knowledge.book.findings
    findings = {f: told[f] for f in book if f in told and (told[f] is not False or book[f].kind == "about")}
    return findings, [f for f in book if told.get(f) is False]


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
