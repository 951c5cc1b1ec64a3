"""Proves the safety properties of the contract over every combination of findings. The only part of the room that uses z3."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.triage.proofs.counting import every_line_is_quoted, exact_reduction
from assistant.triage.proofs.paths import ends, without_doubt
from assistant.triage.proofs.properties import answered_at_once, pair_of, properties
from assistant.triage.proofs.results import Result, prove_one
from assistant.triage.rules import Rulebook

__all__ = ["Result", "deciding", "prove"]


def prove(book: Rulebook) -> Iterator[Result]:
    """The result of each property, one after the other, in the order of the contract's section 5."""
    yield exact_reduction(book)
    yield from deciding(book)
    yield every_line_is_quoted(book)
    yield ends(book)
    yield without_doubt(book)
    yield _in_conversation()


def deciding(book: Rulebook) -> Iterator[Result]:
    """The results of the properties about deciding alone, which take a second or two."""
    pair = pair_of(book)
    for claim in (*properties(pair), answered_at_once(pair)):
        yield prove_one(claim, pair.always, book)


def _in_conversation() -> Result:
    how = "no matter of deciding: tests/conversations plays any turns in any order against it"
    return Result("8 A warning sign said in any turn is answered in that turn", True, how, elsewhere=True)
