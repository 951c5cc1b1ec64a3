"""Chooses corrections and exercises for one person, with the cautions that leave out or change them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.triage.conditions import Findings
from assistant.triage.rules import Caution, Correction, Exercise, Rulebook

CORRECTED = "walk_with_corrections"
"""The one verdict that corrections belong to."""


def chosen_corrections(taken: Findings, walking: str, book: Rulebook) -> list[tuple[Correction, list[str]]]:
    """The corrections for the faults found, each with what to change about it; none for any other verdict."""
    if walking != CORRECTED:
        return []
    due = [c for c in book.corrections if c.when.holds(taken)]
    kept = [(c, _holding(c.cautions, taken)) for c in due]
    return [(c, _modify(cautions)) for c, cautions in kept if not _blocked(cautions)]


def chosen_exercises(taken: Findings, walking: str, book: Rulebook) -> list[tuple[Exercise, list[str]]]:
    """The exercises for a verdict in the order to do them, each with what to change about it."""
    due = [e for e in book.exercises if walking in e.verdicts and e.when.holds(taken)]
    blocked = {e.id: _holding(e.cautions, taken) for e in book.exercises}
    instead = {i for e in due for c in blocked[e.id] if c.effect == "block" for i in c.instead}
    wanted = [e for e in book.exercises if (e in due or e.id in instead) and not _blocked(blocked[e.id])]
    wanted.sort(key=lambda e: (e.verdicts.get(walking, len(book.exercises)), e.id))
    return [(e, _modify(blocked[e.id])) for e in wanted]


def left_out(taken: Findings, walking: str, book: Rulebook) -> list[tuple[Exercise | Correction, list[Caution]]]:
    """The exercises and corrections that would be due but for a caution, with the cautions that forbid them."""
    corrections = book.corrections if walking == CORRECTED else ()
    due: list[Exercise | Correction] = [c for c in corrections if c.when.holds(taken)]
    due += [e for e in book.exercises if walking in e.verdicts and e.when.holds(taken)]
    held = [(item, [c for c in _holding(item.cautions, taken) if c.effect == "block"]) for item in due]
    return [(item, cautions) for item, cautions in held if cautions]


def changing(item: Exercise | Correction, taken: Findings) -> list[Caution]:
    """The cautions that change an exercise or a correction for this person."""
    return [caution for caution in _holding(item.cautions, taken) if caution.effect == "modify"]


def _holding(cautions: Sequence[Caution], taken: Findings) -> list[Caution]:
    return [caution for caution in cautions if caution.when.holds(taken)]


def _blocked(cautions: Sequence[Caution]) -> bool:
    return any(caution.effect == "block" for caution in cautions)


def _modify(cautions: Sequence[Caution]) -> list[str]:
    return [caution.say for caution in cautions if caution.effect == "modify"]
