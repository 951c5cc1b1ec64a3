"""What to ask next: only what can still change the result, safety first, nothing that is known."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.triage.conditions import Findings, open_findings
from assistant.triage.exercises import CORRECTED
from assistant.triage.rules import CARE, Correction, Exercise, Question, Rulebook

WITHHOLDING = CARE.index("urgent")


def next_question(known: Findings, level: int, book: Rulebook) -> Question | None:
    """The first question, in the rulebook's order, that an open finding belongs to; None once nothing can change."""
    live = set(live_findings(known, level, book))
    return next((q for q in book.questions if live.intersection(q.findings)), None)


def open_questions(known: Findings, level: int, book: Rulebook) -> list[Question]:
    """Every question that could still change the result, in order, leaving out what the person does not know."""
    live = {f for f in live_findings(known, level, book) if f not in known}
    return [q for q in book.questions if live.intersection(q.findings)]


def live_findings(known: Findings, level: int, book: Rulebook) -> Iterator[str]:
    """The unknown findings that could still change care, the verdict, a correction or an exercise."""
    for rule in book.care:
        if CARE.index(rule.care) > level:
            yield from open_findings(rule.when, known)
    if level >= WITHHOLDING:
        return
    verdicts: set[str] = set()
    for walking in book.walking:
        held = walking.when.holds(known)
        if held is not False:
            verdicts.add(walking.walking)
            yield from open_findings(walking.when, known)
        if held:
            break
    yield from _live_in_plan(known, verdicts, book)


def _live_in_plan(known: Findings, verdicts: set[str], book: Rulebook) -> Iterator[str]:
    corrections = book.corrections if CORRECTED in verdicts else ()
    exercises = [e for e in book.exercises if verdicts.intersection(e.verdicts) and e.when.holds(known) is not False]
    instead = {i for e in exercises for c in e.cautions if c.when.holds(known) is not False for i in c.instead}
    items: list[Correction | Exercise] = [c for c in corrections if c.when.holds(known) is not False]
    items += [e for e in book.exercises if e in exercises or e.id in instead]
    for item in items:
        yield from open_findings(item.when, known)
        for caution in item.cautions:
            yield from open_findings(caution.when, known)
