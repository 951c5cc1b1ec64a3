"""Cuts a message into pieces, each with what was read in it, so that a page can mark the phrases in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.clinic.case import Spoken

ANSWER = "answer"
"""Standing of a whole message that answered a question without a phrase of its own."""


@dataclass(frozen=True)
class Mark:
    """A phrase that was read: characters `start` to `end` of the message. `standing` is one of
    `assistant.language.context.Standing`, or ANSWER."""

    start: int
    end: int
    finding: str
    value: Any
    standing: str


@dataclass(frozen=True)
class Piece:
    """A part of a message. `ending` are the marks whose last words it holds; `marked` whether any mark covers it."""

    text: str
    marked: bool
    ending: tuple[Mark, ...]


def pieces(spoken: Spoken, findings: Mapping[str, Mapping[str, Any]]) -> tuple[Piece, ...]:
    """The message in order; joined together the texts are the message. `findings` are those of the case."""
    marks = [*_read(spoken)]
    read = {mark.finding for mark in marks}
    marks += [mark for mark in _answered(spoken, findings) if mark.finding not in read]
    length = len(spoken.text)
    cuts = sorted({0, length, *(m.start for m in marks), *(m.end for m in marks)})
    return tuple(
        Piece(
            spoken.text[start:end],
            any(m.start <= start and end <= m.end for m in marks),
            tuple(m for m in marks if m.end == end),
        )
        for start, end in pairwise(cuts)
    )


def _read(spoken: Spoken) -> Iterator[Mark]:
    """The phrases that were read, each finding at each place once."""
    spans = spoken.reading.get("spans") or ()
    marks = (_mark(span) for span in spans)
    yield from dict.fromkeys(m for m in marks if 0 <= m.start < m.end <= len(spoken.text))


def _mark(span: Mapping[str, Any]) -> Mark:
    value = span.get("value")
    value = value if isinstance(value, str | int | float | None) else str(value)
    return Mark(int(span["start"]), int(span["end"]), str(span["finding"]), value, str(span.get("standing")))


def _answered(spoken: Spoken, findings: Mapping[str, Mapping[str, Any]]) -> Iterator[Mark]:
    """What the message told as an answer, without a phrase that says so."""
    for finding, origin in findings.items():
        for place in origin["from"]:
            start, end = int(place["start"]), int(place["end"])
            if place["turn"] == spoken.number and 0 <= start < end <= len(spoken.text):
                value = origin["value"]
                yield Mark(start, end, finding, str(value) if isinstance(value, list) else value, ANSWER)
