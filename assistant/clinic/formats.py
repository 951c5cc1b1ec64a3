"""The forms in which a case is handed over: a name to a function that makes bytes of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json
from assistant.clinic.showing import when


def content(case: Case) -> dict[str, Any]:
    """A case as plain JSON, by the names of the contract."""
    return {
        "schema": "psoas.case/1",
        "id": case.id,
        "known_as": case.known_as,
        "channel": case.channel,
        "consents": [dict(c) for c in case.consents],
        **{name: when(getattr(case, f"{name}_at")) for name in ("started", "finished", "updated", "reviewed")},
        "reviewed_by": case.reviewed_by,
        "unread": case.unread,
        "note": case.note,
        "care": case.care,
        "walking": case.walking,
        "findings": [{"finding": f, **origin} for f, origin in case.findings.items()],
        **{
            name: list(getattr(case, name))
            for name in ("denied", "unknown", "not_asked", "since_decided", "contradictions")
        },
        "decided_on": dict(case.decided_on),
        "assessment": case.told,
        "knowledge": {"version": case.knowledge.version, "sha256": case.knowledge.sha256},
        "transcript": [
            {"turn": s.number, "at": when(s.at), "text": s.text, "reading": s.reading, "said": list(s.said)}
            for s in case.transcript
        ],
    }


def as_json_file(case: Case) -> bytes:
    """Everything that the ledger holds of a case; `assessment` is what was decided, in the same order."""
    return (as_json(content(case)) + "\n").encode()


def as_text(case: Case) -> bytes:
    """The hand-over to read in a terminal."""
    from assistant.clinic.handover import pages

    return pages.as_text(case)


def as_html(case: Case) -> bytes:
    """The hand-over as a page to read or to print."""
    from assistant.clinic.handover import pages

    return pages.as_html(case)


def as_pdf(case: Case) -> bytes:
    """The hand-over as a PDF."""
    from assistant.clinic.handover import pdf

    return pdf.as_pdf(case)


def as_fhir(case: Case) -> bytes:
    """The case as a FHIR R4B Bundle."""
    from assistant.clinic.fhir import bundle

    return bundle.as_fhir(case)


FORMATS: dict[str, Callable[[Case], bytes]] = {
    "json": as_json_file,
    "text": as_text,
    "html": as_html,
    "pdf": as_pdf,
    "fhir": as_fhir,
}
"""Each is imported when it is asked for: the libraries for PDF and FHIR take a second."""
