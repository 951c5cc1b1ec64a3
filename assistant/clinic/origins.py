"""Where each finding came from, and what was said against it: followed from turn to turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.clinic.turn_kept import TurnKept
from assistant.conversation.session import Session

LONGEST = 500
"""Characters of a whole message that are kept as the words of a finding; the turn itself keeps all of it."""
MOST = 100
"""Contradictions that are kept, the newest; it takes a machine to have more."""
NOT_SO = ("other_person", "past", "hypothetical")
"""Standings of a phrase that sets no finding; another phrase of the same message goes before it."""
Origins = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Course:
    """How one conversation went so far.

    `origins`: finding to {"value", "from": [{"turn", "words", "start", "end", "asked"}]}, `asked` the id of the question that
    was open. `contradictions`: [{"finding", "turn", "words", "was", "now", "kind"}], `kind` one of changed, taken_back, kept.
    """

    session: Session
    origins: Origins
    contradictions: list[dict[str, Any]]


def begins_anew(before: Session, after: Session) -> bool:
    """Whether `after` is a new session rather than the same one a turn later."""
    fewer = after.put < before.put or (after.put == before.put and bool(before.answered) and not after.answered)
    return fewer or bool(before.result and not after.result)


def follow(course: Course, turn: TurnKept, number: int) -> Course:
    """The course after one more turn of the same session."""
    after = Session.of(turn.session)
    origins: Origins = {}
    contradictions = [*course.contradictions, *_kept(course.session, after, turn, number)]
    for finding in dict.fromkeys([*course.origins, *course.session.findings, *after.findings]):
        was, now = course.session.findings.get(finding), after.findings.get(finding)
        place = _place(finding, turn, number, course.session.asked)
        if finding in after.findings:
            origins[finding] = _origin(course, finding, now, place)
        if was is not None and was != now and not _grown(was, now):
            kind = "changed" if finding in after.findings else "taken_back"
            said = {"finding": finding, "turn": number, "words": place["words"], "was": was, "now": now}
            contradictions.append({**said, "kind": kind})
    return Course(after, origins, contradictions[-MOST:])


def _origin(course: Course, finding: str, now: Any, place: dict[str, Any]) -> dict[str, Any]:
    known = course.origins.get(finding)
    if known is None or finding not in course.session.findings:
        return {"value": now, "from": [place]}
    was = known["value"]
    if was == now:
        return known
    return {"value": now, "from": [*known["from"], place] if _grown(was, now) else [place]}


def _grown(was: Any, now: Any) -> bool:
    """Whether a list only got longer ("and my knee too"), which contradicts nothing."""
    return isinstance(was, list | tuple) and isinstance(now, list | tuple) and set(was) <= set(now)


def _kept(before: Session, after: Session, turn: TurnKept, number: int) -> list[dict[str, Any]]:
    """What was denied in this turn and held all the same."""
    read = turn.reading.get("findings") or {}
    denied = dict.fromkeys([*(turn.reading.get("denied") or ()), *(f for f, value in read.items() if value is False)])
    held = [f for f in denied if before.findings.get(f) is True and after.findings.get(f) is True]
    words = {f: _place(f, turn, number, before.asked)["words"] for f in held}
    return [{"finding": f, "turn": number, "words": words[f], "was": True, "now": True, "kind": "kept"} for f in held]


def _place(finding: str, turn: TurnKept, number: int, asked: str | None) -> dict[str, Any]:
    """Where in the turn's text a finding stands: its phrase, or the whole text where it is an answer to a question."""
    start, end = _span(finding, turn.reading, turn.text)
    return {"turn": number, "words": turn.text[start:end][:LONGEST], "start": start, "end": end, "asked": asked}


def _span(finding: str, reading: Mapping[str, Any], text: str) -> tuple[int, int]:
    spans = [s for s in reading.get("spans") or () if s.get("finding") == finding and s["end"] <= len(text)]
    for span in sorted(spans, key=lambda span: span.get("standing") in NOT_SO):
        return int(span["start"]), int(span["end"])
    words = str((reading.get("words") or {}).get(finding) or "")
    at = text.find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else (0, len(text))
