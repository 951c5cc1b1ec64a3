"""The forms in which a case is handed over: a name to a function that makes bytes of a case."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.columns import as_json

UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that steer a terminal or turn a line around; they are shown as their number."""


def when(at: float | None) -> str | None:
    """A time as ISO 8601 in UTC, to the second."""
    return None if at is None else datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="seconds")


def harmless(text: str) -> str:
    """The text on one line, without signs that steer a terminal."""
    shown = UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return " ".join(shown.split("\n")).replace("\t", " ")


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
    """A case to read in a terminal: a name and what it is, line by line, warning signs first."""
    return "".join(f"{name + ':':<16}{harmless(value)}\n" for name, value in lines(case)).encode()


def as_html(case: Case) -> bytes:
    """The same lines as a page of its own."""
    rows = "\n".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(harmless(v))}</dd>" for name, v in lines(case))
    head = f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{case.id}</title>'
    return f"{head}\n<dl>\n{rows}\n</dl>\n</html>\n".encode()


def lines(case: Case) -> list[tuple[str, str]]:
    """What stands in a case, as names and values."""
    flags = set(case.told["red_flags"])
    origins = sorted(case.findings.items(), key=lambda origin: origin[0] not in flags)
    told = [(f, o) for f, o in origins if o["value"] not in (None, False)]
    rows = [("case", case.id), ("known_as", case.known_as), ("care", case.care), ("walking", case.walking)]
    rows += [("red_flag" if f in flags else "finding", _said(f, o)) for f, o in told]
    rows += [
        (name, ", ".join(getattr(case, name)) or "-") for name in ("denied", "unknown", "not_asked", "since_decided")
    ]
    rows += [("contradiction", _contradiction(c)) for c in case.contradictions]
    rows += [("correction", c) for c in case.told["corrections"]]
    rows += [("exercise", f"{e['id']} {json.dumps(e['dose'])}") for e in case.told["exercises"]]
    rows += [("rule", f"{r['rule']} “{r['evidence'][0]['quote']}”") for r in case.rules if r["evidence"]]
    rows += [("note", case.note)] if case.note else []
    times = [(name, when(getattr(case, f"{name}_at")) or "-") for name in ("started", "finished", "updated")]
    return [*rows, *times, ("knowledge", f"{case.knowledge.version} {case.knowledge.sha256}")]


def _said(finding: str, origin: Mapping[str, Any]) -> str:
    words = "; ".join(f"“{place['words']}” (turn {place['turn']})" for place in origin["from"])
    value = "" if origin["value"] is True else f" = {json.dumps(origin['value'], ensure_ascii=False)}"
    return f"{finding}{value}: {words}"


def _contradiction(c: Mapping[str, Any]) -> str:
    change = f"{json.dumps(c['was'], ensure_ascii=False)} -> {json.dumps(c['now'], ensure_ascii=False)}"
    return f"{c['finding']} {c['kind']}: {change}, “{c['words']}” (turn {c['turn']})"


FORMATS: dict[str, Callable[[Case], bytes]] = {"json": as_json_file, "text": as_text, "html": as_html}
