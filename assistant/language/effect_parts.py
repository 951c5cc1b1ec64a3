"""A clause that speaks of walking, cut into causes, changes and the small words that join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language.effect_words import Effects
from assistant.language.words import Word

AHEAD = 5
"""Words between a word of change and the small word, and between that and the cause, which follow it."""
NAMING = frozenset(("effect", "effects", "pain", "regarding", "about", "how", "what", "is", "and", "it", "as"))
"""Words of a clause that only names the cause: "walking?", "effect of walking:"."""
VALUES = {
    "more": "worse",
    "eased": "better",
    "good": "better",
    "walked": "better",
    "harmed": "worse",
    "hurt": "worse",
    "same": "same",
    "fine": "same",
}
"""The value that each kind of change gives."""


@dataclass(frozen=True)
class Part:
    """Words of one kind in a clause: "when" is a link, "makes no difference" is the same."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Stretch:
    """A clause: its words without fillers as positions in the message, and its parts in order."""

    words: Sequence[Word]
    kept: Sequence[int]
    parts: Sequence[Part]

    def norm(self, at: int) -> str:
        return self.words[self.kept[at]].norm if 0 <= at < len(self.kept) else ""

    def of(self, *kinds: str) -> list[Part]:
        return [p for p in self.parts if p.kind in kinds]

    def commas(self, first: int, last: int) -> int:
        """Commas between two of its words."""
        return sum(self.words[i].after_comma for i in self.kept[first + 1 : last + 1])


def stretches(words: Sequence[Word], known: Effects) -> Iterator[Stretch]:
    """The clauses that speak of walking; one that only names it goes with the next."""
    clauses: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        if not word.filler:
            clauses.setdefault(word.clause, []).append(at)
    waiting: list[int] = []
    for kept in clauses.values():
        stretch = _parted(words, kept, known)
        if waiting and not stretch.of("walk", "other"):
            stretch = _parted(words, [*waiting, *kept], known)
        waiting = _going_on(stretch, words)
        if stretch.of("walk", "walked") and not waiting:
            yield stretch


def _going_on(stretch: Stretch, words: Sequence[Word]) -> list[int]:
    """The words of a clause whose walking has no change yet, so that the next clause may tell it: "walking? no change"."""
    causes = stretch.of("walk", "other")
    if not causes or causes[-1].kind != "walk" or stretch.of(*VALUES):
        return []
    following = stretch.kept[-1] + 1
    same = following < len(words) and words[following].sentence == words[stretch.kept[0]].sentence
    named = {i for p in stretch.of("walk", "link", "other") for i in range(p.first, p.last + 1)}
    only = all(at in named or stretch.norm(at) in NAMING for at in range(len(stretch.kept)))
    told = same and (stretch.norm(causes[-1].first).startswith("walkin") or as_condition(stretch, causes[-1]))
    return list(stretch.kept) if only or told else []


def _parted(words: Sequence[Word], kept: Sequence[int], known: Effects) -> Stretch:
    parts, at = [], 0
    stems = [words[i].stem for i in kept]
    while at < len(stems):
        kind, length = known.at(stems[at : at + 7])
        if kind == "idle" and any(words[kept[i]].after_comma for i in range(at + 1, at + length)):
            kind, length = "", 1
        if kind:
            parts.append(Part(kind, at, at + length - 1))
        at += length
    return Stretch(words, kept, parts)


def as_condition(stretch: Stretch, walk: Part) -> bool:
    links = [p for p in stretch.of("link", "until") if p.last < walk.first and walk.first - p.last <= AHEAD]
    return any(stretch.norm(p.first) not in ("to", "for", "in", "at", "into") for p in links)
