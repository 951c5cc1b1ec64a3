"""Proves the safety properties of the contract over every combination of findings. The only part of the room that uses z3."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.triage.proofs.counting import every_line_is_quoted, exact_reduction
from assistant.triage.proofs.paths import ends, without_doubt
from assistant.triage.proofs.properties import pair_of, properties
from assistant.triage.proofs.results import Result, prove_one
from assistant.triage.rules import Rulebook

__all__ = ["Result", "prove"]


def prove(book: Rulebook) -> Iterator[Result]:
    """The result of each property, one after the other, in the order of the contract's section 5."""
    yield exact_reduction(book)
    pair = pair_of(book)
    results = (prove_one(claim, pair.always, book) for claim in properties(pair))
    rest = [every_line_is_quoted(book), ends(book)]
    yield from sorted([*results, *rest], key=lambda result: result.name[0])
    yield without_doubt(book)
    yield _in_conversation()


def _in_conversation() -> Result:
    how = "no matter of deciding: tests/conversations plays any turns in any order against it"
    return Result("8 A warning sign said in any turn is answered in that turn", True, how, elsewhere=True)
