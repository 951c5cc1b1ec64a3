"""What a hand-over is made of: sections with entries, rows and the person's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.clinic.wording import Wording

LONGEST = 240
"""Characters of a person's words, or of a name, that stand on the page; the record (JSON) has all of them."""
MOST = 3
"""Places of words for one finding that stand on the page, the newest."""


@dataclass(frozen=True)
class Said:
    """The person's own words, and where they stand: "turn 3"."""

    words: str
    where: str


@dataclass(frozen=True)
class Entry:
    """One line: what it is about, what is told of it, the words it rests on, and lines below it."""

    lead: str
    text: str = ""
    said: tuple[Said, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of the table: a finding, its answer, and the words; without words it spans them."""

    finding: str
    answer: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section: a paragraph, entries or a table. `alarm`: it holds warning signs that were told."""

    id: str
    title: str
    text: str = ""
    entries: tuple[Entry, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    alarm: bool = False


def clock(at: float | None) -> str:
    """A time to the minute: "2026-09-21 14:14 UTC"; "" for none."""
    return "" if at is None else f"{datetime.fromtimestamp(at, timezone.utc):%Y-%m-%d %H:%M} UTC"


def short(text: str) -> str:
    """The text as it stands on the page, with a mark where it is cut."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " […]"


def said(places: Sequence[Mapping[str, Any]], words: Wording) -> tuple[Said, ...]:
    """The words of the places that a finding came from; choices that were tapped by their labels."""
    return tuple(_said(place, words) for place in places[-MOST:])


def _said(place: Mapping[str, Any], words: Wording) -> Said:
    options = words.options(str(place["asked"] or ""))
    chosen = [options.get(part.strip()) for part in str(place["words"]).split(",")]
    if all(chosen):
        return Said(short("; ".join(map(str, chosen))), words.text("tapped", turn=place["turn"]))
    return Said(short(str(place["words"])), words.text("turn", turn=place["turn"]))
