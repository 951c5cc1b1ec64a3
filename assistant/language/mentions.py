"""Finds the places of a message where a finding is spoken of, whatever is then said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.lexicon import DENY, UNLESS, Sense
from assistant.language.patterns import Found

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding spoken of. `used` are the positions of the words that say it; `outright` marks a denial by the phrase
    itself ("can feel everything down there")."""

    finding: str
    value: Value
    used: tuple[int, ...]
    outright: bool = False

    @property
    def first(self) -> int:
        return self.used[0]

    @property
    def last(self) -> int:
        return self.used[-1]


def find_mentions(found: Sequence[Found[Sense]]) -> list[Mention]:
    """The mentions among the phrases found, look-alikes and readings that lie inside a longer one taken away."""
    masks: dict[tuple[str, str | None], list[set[int]]] = {}
    for f in found:
        if f.what.role == UNLESS:
            masks.setdefault((f.what.finding, f.what.value), []).append(set(f.used))
    told = [f for f in found if f.what.role != UNLESS and not _masked(f, masks)]
    mentions = [Mention(f.what.finding, f.what.value, f.used, f.what.role == DENY) for f in told]
    return [m for m in mentions if not any(_inside(m, other) for other in mentions)]


def _masked(found: Found[Sense], masks: dict[tuple[str, str | None], list[set[int]]]) -> bool:
    if found.what.role == DENY:
        return False
    return any(mask.intersection(found.used) for mask in masks.get((found.what.finding, found.what.value), ()))


def _inside(one: Mention, other: Mention) -> bool:
    """Whether `other` says more about the same finding with the same words and more."""
    return one.finding == other.finding and set(one.used) < set(other.used)
