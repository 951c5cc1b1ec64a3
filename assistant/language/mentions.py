"""Finds the places of a message where a finding is spoken of, whatever is then said about it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.language.lexicon import DENY, NAMED, UNLESS, WORKS, Sense
from assistant.language.patterns import Found
from assistant.language.words import Word

Masks = dict[tuple[str, str | None], list[Found[Sense]]]
"""The look-alikes by what they are taken for."""
Value = str | float | None
WIDEST = 40
"""Words that a mention may stretch over."""
STATING = frozenset("i my both now".split())
"""Words that begin a new statement behind a comma or "and"."""
LOOSE = 3
"""Words by which a mention may stretch further than one that shares a word with it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A finding spoken of. `used` are the positions of the words that say it; `outright` marks a denial by the phrase
    itself ("can feel everything down there"); one only `named` ("accident") counts where it is denied; one that `works`
    ("bladder") where it is said to be well."""

    finding: str
    value: Value
    used: tuple[int, ...]
    outright: bool = False
    named: bool = False
    works: bool = False

    @property
    def first(self) -> int:
        return self.used[0]

    @property
    def last(self) -> int:
        return self.used[-1]


def find_mentions(found: Sequence[Found[Sense]], words: Sequence[Word], grave: Collection[str] = ()) -> list[Mention]:
    """The mentions among the phrases found, look-alikes and readings that lie inside a longer one taken away. `grave` are the
    findings of which no look-alike reaches into a new statement."""
    masks: Masks = {}
    for f in found:
        if f.what.role == UNLESS:
            masks.setdefault((f.what.finding, f.what.value), []).append(f)
    told = [f for f in found if f.what.role != UNLESS and not _masked(f, masks, words, grave)]
    return _best([_mention(f) for f in told])


def _mention(found: Found[Sense]) -> Mention:
    role = found.what.role
    return Mention(
        found.what.finding, found.what.value, found.used, role == DENY, role in (NAMED, WORKS), role == WORKS
    )


def _best(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that say less than another one does, or that reach over more words for the same."""
    by_finding: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_finding.setdefault(mention.finding, []).append(mention)
    return [m for m in mentions if not _surpassed(m, by_finding[m.finding])]


def _surpassed(mention: Mention, listed: Sequence[Mention]) -> bool:
    return len(listed) > 1 and any(_less(mention, other) for other in _near(mention, listed))


def _near(mention: Mention, listed: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions of one finding, in order of their first words, that can share a word with this one."""
    begin = bisect_left(listed, mention.first - WIDEST, key=lambda m: m.first)
    return listed[begin : bisect_right(listed, mention.last, key=lambda m: m.first)]


def _less(one: Mention, other: Mention) -> bool:
    if other.named and (one.works or not one.named):
        return False
    return _inside(one, other) or (one.value == other.value and _loose(one, other))


def _loose(one: Mention, other: Mention) -> bool:
    """Whether both share a word and `one` stretches much further: "replacement, and my hip" beside "hip replacement"."""
    shared = not one.outright and not set(one.used).isdisjoint(other.used) and not set(one.used) > set(other.used)
    return shared and one.last - one.first > other.last - other.first + LOOSE


def _masked(found: Found[Sense], masks: Masks, words: Sequence[Word], grave: Collection[str]) -> bool:
    """Whether a look-alike takes words of a phrase."""
    if found.what.role in (DENY, NAMED, WORKS):
        return False
    known = masks.get((found.what.finding, found.what.value), ())
    meant = [
        mask for mask in known if not set(mask.used).isdisjoint(found.used) and not _reaches_in(mask, found, words)
    ]
    return any(found.what.finding not in grave or not _stated_anew(mask, found, words) for mask in meant)


def _stated_anew(mask: Found[Sense], found: Found[Sense], words: Sequence[Word]) -> bool:
    """ "tight hip, i have chest pain": a new statement begins within the look-alike, and all of the phrase stands in it."""
    behind = range(mask.first + 1, found.first + 1)
    return any(
        words[i].norm in STATING and (words[i].after_comma or words[i - 1].norm in ("and", "plus")) for i in behind
    )


def _reaches_in(mask: Found[Sense], found: Found[Sense], words: Sequence[Word]) -> bool:
    """ "can't bend, both legs are weak" is no "bend both legs": what cannot be done says nothing of what follows a comma, nor
    do words go together that only a comma parts: "my back, also leg" is no "back leg"."""
    undone = mask.first > 0 and words[mask.first - 1].norm == "not"
    undone = undone or all(
        w.filler for i, w in enumerate(words[mask.first : mask.last], mask.first) if i not in mask.used
    )
    return undone and any(words[i].after_comma for i in range(mask.first + 1, found.first + 1))


def _inside(one: Mention, other: Mention) -> bool:
    """Whether `other` says more about the same finding with the same words and more, or denies it with the same words."""
    denies = other.outright and not one.outright and one.used == other.used
    return one.finding == other.finding and (denies or set(one.used) < set(other.used))
