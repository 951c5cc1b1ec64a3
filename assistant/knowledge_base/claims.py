"""What a document can claim, and which of its passages support each claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge_base.concepts import Concepts
from assistant.knowledge_base.documents import Passage
from assistant.knowledge_base.quantities import Range, read_hold


@dataclass(frozen=True)
class Claim:
    """One statement of a source, in our words.

    A passage that makes it brings ``concepts`` together and names none of ``without``. ``reads`` is
    what is read from that passage, where it lies within ``between``; None for nothing.
    """

    id: str
    kind: str
    says: str
    concepts: frozenset[str]
    without: frozenset[str] = frozenset()
    reads: str | None = None
    between: Range | None = None


@dataclass(frozen=True)
class Claims:
    """All claims, with what is needed to recognise them.

    A document is about ``subject`` (a concept) when at least one passage in ``one_in`` names it.
    ``themes`` are sets of concepts; a passage is about one of them at a time.
    """

    claims: tuple[Claim, ...]
    concepts: Concepts
    subject: str
    one_in: int
    themes: Mapping[str, frozenset[str]]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)


@dataclass(frozen=True)
class _Reading:
    """What one passage names itself, what it can borrow, and the concepts of the theme or themes in hand."""

    passage: Passage
    own: frozenset[str]
    lent: frozenset[str]
    theme: frozenset[str]


def find_support(claims: Claims, passages: Sequence[Passage]) -> dict[str, tuple[Passage, ...]]:
    """Return for every claim the passages that make it, best first; none where nothing does.

    ``passages`` are those of one document, in order. Passages that borrow a concept count only where
    none brings all of them itself. The one that brings more stands first, then the shorter, then the earlier.
    """
    readings = _read_all(claims, passages)
    about = sum(claims.subject in reading.own for reading in readings)
    if about * claims.one_in < len(readings):
        readings = []
    return {claim.id: _supporting(claim, readings) for claim in claims}


def read_claim(claim: Claim, passage: Passage) -> Range | None:
    """Return what the claim reads from a passage, in seconds; None where it is not stated or cannot be meant."""
    stated = read_hold(passage.text) if claim.reads == "hold_seconds" else None
    if stated and claim.between and not claim.between[0] <= stated[0] <= stated[1] <= claim.between[1]:
        return None
    return stated


def _supporting(claim: Claim, readings: Sequence[_Reading]) -> tuple[Passage, ...]:
    found = [reading for reading in readings if _makes(claim, reading)]
    found = [reading for reading in found if claim.concepts <= reading.own] or found
    found.sort(key=lambda reading: (-len(reading.own & claim.concepts), len(reading.passage.text.split())))
    return tuple(reading.passage for reading in found)


def _makes(claim: Claim, reading: _Reading) -> bool:
    """Tell whether a passage makes a claim; a question makes none."""
    own = reading.own & claim.concepts
    if claim.concepts - own - reading.lent or 2 * len(own) < len(claim.concepts):
        return False
    if claim.without & (reading.own | reading.theme) or reading.passage.text.endswith("?"):
        return False
    return claim.reads is None or read_claim(claim, reading.passage) is not None


def _read_all(claims: Claims, passages: Sequence[Passage]) -> list[_Reading]:
    """Read the passages in order; what is carried over begins anew with each section."""
    readings: list[_Reading] = []
    of_themes = frozenset[str]().union(*claims.themes.values())
    heading = before = carried = frozenset[str]()
    for place, passage in enumerate(passages):
        if place == 0 or passage.section != passages[place - 1].section:
            heading = before = carried = claims.concepts.named_in(passage.section)
        own = claims.concepts.named_in(passage.text)
        if _themes(claims, own) not in (set(), _themes(claims, carried)):
            carried = own
        carried |= own
        theme = of_themes & carried
        lent = (heading | before) - of_themes
        if len(_themes(claims, theme)) == 1:
            lent |= theme
        readings.append(_Reading(passage, own, lent, theme))
        before = own
    return readings


def _themes(claims: Claims, named: frozenset[str]) -> set[str]:
    return {theme for theme, concepts in claims.themes.items() if concepts & named}
