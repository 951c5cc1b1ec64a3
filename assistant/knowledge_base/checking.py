"""`psoas knowledge check`: what is wrong with the content though it can be built, each fault with its file and remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.coverage import uncovered
from assistant.knowledge_base.reading import Knowledge
from assistant.knowledge_base.rule_faults import rule_faults
from assistant.triage.findings import LIMITS, checked
from assistant.triage.proofs.cells import comparisons, misfits
from assistant.triage.rules import Rulebook

ROLES = {"say", "unless", "deny"}


def check(knowledge: Knowledge) -> list[str]:
    """A sentence for every fault; none when the content is whole."""
    book = knowledge.book
    return [
        *uncovered(knowledge),
        *_phrases(knowledge),
        *check_rules(book),
    ]


def check_rules(book: Rulebook) -> list[str]:
    """The faults of the rulebook alone."""
    wrong = [*_values(book), *(f"rules: {fault}; mend the value" for fault in misfits(book))]
    return [*wrong, *_unused(book), *(rule_faults(book) if not wrong else ())]


def _phrases(knowledge: Knowledge) -> Iterator[str]:
    """Phrases that speak of no finding, or of a value that a finding cannot take."""
    findings = knowledge.book.findings
    for file, written in knowledge.phrase_files.items():
        for name, block in written["findings"].items():
            if name not in findings:
                yield f"{file}: there is no finding {name} in findings.yml; mend the name or remove its phrases"
                continue
            low, high = LIMITS.get(findings[name].type, (0, -1))
            values = {*findings[name].values, *map(str, range(low, high + 1))}
            for value in sorted({*block} - ROLES - values):
                yield f"{file}: {name}: {value!r} is not one of its values; mend it or add it to findings.yml"


def _values(book: Rulebook) -> Iterator[str]:
    """Values that are set by rules or questions and that their finding cannot take."""
    sets: list[tuple[str, Mapping[str, Any]]] = [("rules/facts.yml: implied", i.sets) for i in book.implied]
    sets.append(("rules/facts.yml: assumed", book.assumed))
    for question in (*book.questions, *book.clearing):
        for option in question.options:
            sets += [(f"questions.yml: {question.id}: {option.value}", s) for s in (option.sets, option.otherwise)]
    for place, values in sets:
        for finding, value in values.items():
            try:
                checked({finding: value}, book)
            except InputError as error:
                yield f"{place}: {error}; mend it, or add it to findings.yml"


def _unused(book: Rulebook) -> Iterator[str]:
    """Findings that are asked for nothing, and findings that are neither asked nor used."""
    used = {leaf.finding for _, leaf in comparisons(book)}
    asked = {f: q.id for q in book.questions for f in q.findings}
    for finding, question in asked.items():
        if finding not in used:
            yield f"questions.yml: {question}: no rule uses {finding}; use it in a rule or do not ask for it"
    for finding in book.findings:
        if finding not in used and finding not in asked:
            yield f"findings.yml: {finding}: no question asks for it and no rule uses it; remove it, or ask and use it"
