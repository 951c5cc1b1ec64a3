"""The hand-over: one page of a case for a clinician, as a structure that is printed as HTML, PDF and plain text alike."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.handover import findings, result
from assistant.clinic.handover.parts import Section, clock, short
from assistant.clinic.showing import harmless
from assistant.clinic.wording import Wording, wording


@dataclass(frozen=True)
class HandOver:
    """One page. `alarm`: care is urgent or emergency; `heads`: names and values under the title; the warning signs are the
    first section; `page` is the template of the line at the foot."""

    title: str
    case: str
    alarm: bool
    verdict: str
    heads: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    made_by: str
    page: str


def hand_over(case: Case, words: Wording | None = None) -> HandOver:
    """The hand-over of a case. Nothing in it steers a terminal or turns a line around, whatever was written.

    Raises InputError where there is no knowledge base to take names from.
    """
    words = words or wording()
    sections = (
        findings.flags(case, words),
        findings.history(case, words),
        result.result(case, words),
        result.advised(case, words),
        result.withheld(case, words),
        findings.open_points(case, words),
        findings.table(case, words),
        *([Section("note", words.part("sections", "note"), case.note)] if case.note else []),
        result.knowledge(case, words),
    )
    made = HandOver(
        title=words.text("title"),
        case=case.id,
        alarm=case.care in ("emergency", "urgent"),
        verdict=words.part("care_words", case.care),
        heads=_heads(case, words),
        sections=sections,
        made_by=words.text("made_by"),
        page=words.text("page", case=case.id, page="{page}", pages="{pages}"),
    )
    cleaned: HandOver = _cleaned(made)
    return cleaned


def _heads(case: Case, words: Wording) -> tuple[tuple[str, str], ...]:
    given = "; ".join(_consent(dict(c), words) for c in case.consents)
    reviewed = " ".join(filter(None, (clock(case.reviewed_at), case.reviewed_by)))
    times = {name: clock(getattr(case, f"{name}_at")) for name in ("started", "finished", "updated")}
    rows = {"case": case.id, "known_as": case.known_as, "channel": case.channel, **times}
    rows |= {"reviewed": reviewed, "consent": given}
    return tuple((words.part("heads", name), short(value)) for name, value in rows.items() if value)


def _consent(consent: dict[str, Any], words: Wording) -> str:
    given = words.text("yes" if consent.get("given") else "no")
    at = consent.get("at")
    return ", ".join(filter(None, (f"{consent.get('to')}: {given}", clock(at), str(consent.get("wording") or ""))))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(v) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _cleaned(getattr(value, f.name)) for f in fields(value)})
    return value
