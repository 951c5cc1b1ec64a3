"""Finds the places of a message where a finding is spoken of, whatever is then said about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.lexicon import DENY, NAMED, UNLESS, Sense
from assistant.language.patterns import Found

Value = str | float | None
WIDEST = 40
"""Words that a mention may stretch over."""
LOOSE = 3
"""Words by which a mention may stretch further than one that shares a word with it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding spoken of. `used` are the positions of the words that say it; `outright` marks a denial by the phrase
    itself ("can feel everything down there"); one only `named` ("accident") counts where it is denied."""

    finding: str
    value: Value
    used: tuple[int, ...]
    outright: bool = False
    named: bool = False

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
    mentions = [Mention(f.what.finding, f.what.value, f.used, f.what.role == DENY, f.what.role == NAMED) for f in told]
    return _best(mentions)


def _best(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that say less than another one does, or that reach over more words for the same."""
    by_finding: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_finding.setdefault(mention.finding, []).append(mention)
    return [m for m in mentions if not any(_less(m, other) for other in _near(m, by_finding[m.finding]))]


def _near(mention: Mention, listed: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions of one finding, in order of their first words, that can share a word with this one."""
    begin = bisect_left(listed, mention.first - WIDEST, key=lambda m: m.first)
    return listed[begin : bisect_right(listed, mention.last, key=lambda m: m.first)]


def _less(one: Mention, other: Mention) -> bool:
    if other.named and not one.named:
        return False
    return _inside(one, other) or (one.value == other.value and _loose(one, other))


def _loose(one: Mention, other: Mention) -> bool:
    """Whether both share a word and `one` stretches much further: "replacement, and my hip" beside "hip replacement"."""
    shared = not one.outright and not set(one.used).isdisjoint(other.used) and not set(one.used) > set(other.used)
    return shared and one.last - one.first > other.last - other.first + LOOSE


def _masked(found: Found[Sense], masks: dict[tuple[str, str | None], list[set[int]]]) -> bool:
    if found.what.role in (DENY, NAMED):
        return False
    return any(mask.intersection(found.used) for mask in masks.get((found.what.finding, found.what.value), ()))


def _inside(one: Mention, other: Mention) -> bool:
    """Whether `other` says more about the same finding with the same words and more."""
    return one.finding == other.finding and set(one.used) < set(other.used)
