"""What a hand-over is made of: sections with entries, rows and the person's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from assistant.clinic.case import Case, Spoken
from assistant.clinic.wording import Wording

LONGEST = 240
"""Characters of a person's words, or of a name, that stand on the page; the record (JSON) has all of them."""
MOST = 3
"""Places of words for one finding that stand on the page, the newest."""
ENDS = re.compile(r"[.!?;\n]+(?=\s|$)|\n")
"""Where a sentence ends; a point inside a number does not."""
BETWEEN = " … "
"""Stands for what was said between two phrases."""


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


def said(finding: str, case: Case, words: Wording, *, sentence: bool = False) -> tuple[Said, ...]:
    """The words of the places that a finding came from, or the sentences they stand in; choices that were tapped by their
    labels."""
    places = (case.findings.get(finding) or {}).get("from", ())
    return tuple(said_at(place, finding, case, words, sentence=sentence) for place in places[-MOST:])


def said_at(place: Mapping[str, Any], finding: str, case: Case, words: Wording, *, sentence: bool = False) -> Said:
    """The words about a finding in one place."""
    spoken = str(place["words"])
    turn = next((turn for turn in case.transcript if turn.number == place["turn"]), None)
    if turn is None or spoken not in turn.text:
        return Said(short(spoken), words.text("turn", turn=place["turn"]))
    tapped = words.tapped(finding, place.get("asked"), turn.text)
    if tapped is not None:
        labels, chosen = tapped
        return Said(short("; ".join(labels)), words.text("tapped" if chosen else "not_tapped", turn=place["turn"]))
    around = _sentence(turn.text, place) if sentence else _phrases(turn, finding, spoken)
    return Said(short(spoken if len(around) > LONGEST else around), words.text("turn", turn=place["turn"]))


def _phrases(turn: Spoken, finding: str, spoken: str) -> str:
    """All the phrases of a turn that tell a finding: "hip … groin"."""
    spans = [s for s in turn.reading.get("spans") or () if s["finding"] == finding and s["standing"] == "present"]
    found = dict.fromkeys(turn.text[s["start"] : s["end"]] for s in sorted(spans, key=lambda s: int(s["start"])))
    return BETWEEN.join(found) if spoken in found else spoken


def _sentence(text: str, place: Mapping[str, Any]) -> str:
    """The sentence that the words of a place stand in; these words themselves where they are not at their place."""
    spoken, start, end = str(place["words"]), int(place.get("start", 0)), int(place.get("end", 0))
    if text[start:end] != spoken:
        return spoken
    begin = max(found.end() for found in ENDS.finditer("\n" + text[:start])) - 1
    after = ENDS.search(text, end)
    return text[begin : after.start() if after else len(text)].strip()
