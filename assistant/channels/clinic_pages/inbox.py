"""The inbox of the clinic: cases, the most urgent and newest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sanic.response import HTTPResponse, json

from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.channels.clinic_pages.replies import HEADERS
from assistant.clinic import inbox
from assistant.clinic.inbox import Line, Wanted
from assistant.clinic.ledger import reading
from assistant.clinic.staff.sign_ins import SignIn
from assistant.triage.rules import CARE, WALKING

MOST = 50
FILTERS = ("care", "walking", "unread", "since", "until")
AFTER = re.compile(r"([0-3])~([0-9]{1,12}(?:\.[0-9]{1,9})?)~(c-[0-9a-f]{20})")


def show(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: one page of cases, as the filters in the address have it."""
    wanted = read_wanted(asked.query, desk.settings.timezone)
    with reading(desk.engine) as connection:
        lines = inbox.inbox(connection, wanted)
        counts = inbox.unread(connection)
        stamp = inbox.stamp(connection, counts)
    further = _further(asked.query, lines[-1]) if len(lines) == wanted.most else ""
    chosen = {name: asked.query.get(name, "") for name in FILTERS}
    values: dict[str, Any] = {
        "lines": lines,
        "counts": counts,
        "stamp": stamp,
        "more": sum(counts.values()) == inbox.COUNTED,
        "chosen": chosen,
        "further": further,
    }
    return desk.show(
        asked, "inbox", signed, cares=CARE[::-1], walkings=WALKING, first="after" not in asked.query, **values
    )


def news(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: a text that is another one when there is something new."""
    with reading(desk.engine) as connection:
        return json({"stamp": inbox.stamp(connection)}, headers=dict(HEADERS))


def read_wanted(query: Mapping[str, str], zone: ZoneInfo) -> Wanted:
    """What the address asks for; what it cannot mean asks for nothing."""
    return Wanted(
        care=_one_of(query.get("care"), CARE),
        walking=_one_of(query.get("walking"), WALKING),
        unread={"yes": True, "no": False}.get(query.get("unread", "")),
        since=_day(query.get("since", ""), zone, 0),
        until=_day(query.get("until", ""), zone, 1),
        after=_after(query.get("after", "")),
        most=MOST,
        shared=True,
    )


def _one_of(value: str | None, known: tuple[str, ...]) -> str | None:
    return value if value in known else None


def _day(written: str, zone: ZoneInfo, later: int) -> float | None:
    """When that day begins in the clinic's zone, or the one `later` days on."""
    try:
        day = date.fromisoformat(written) + timedelta(days=later)
        return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        return None


def _after(written: str) -> Line | None:
    found = AFTER.fullmatch(written)
    if not found:
        return None
    nothing = Line(found[3], "", "", "", int(found[1]), "", False, 0.0, 0.0)
    return replace(nothing, updated_at=float(found[2]))


def _further(query: Mapping[str, str], last: Line) -> str:
    kept = {name: query[name] for name in FILTERS if query.get(name)}
    return urlencode({**kept, "after": f"{last.care_rank}~{last.updated_at!r}~{last.id}"})
