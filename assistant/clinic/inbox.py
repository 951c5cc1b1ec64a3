"""The cases in the order in which a clinic reads them, and what a clinician writes on one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, tuple_, update
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.case import checked_id
from assistant.errors import InputError


@dataclass(frozen=True)
class Wanted:
    """Which cases: by care, verdict, whether unread, and last changed from `since` to before `until` (seconds since the epoch).
    None asks nothing. `after` is the last line of the page before."""

    care: str | None = None
    walking: str | None = None
    unread: bool | None = None
    since: float | None = None
    until: float | None = None
    after: Line | None = None
    most: int = 50


@dataclass(frozen=True)
class Line:
    """One line of the inbox. Times are seconds since the epoch."""

    id: str
    known_as: str
    channel: str
    care: str
    care_rank: int
    walking: str
    unread: bool
    started_at: float
    updated_at: float


def inbox(connection: Connection, wanted: Wanted | None = None) -> list[Line]:
    """The most urgent cases first, the newest of them on top."""
    wanted = wanted or Wanted()
    c = t.CASES.c
    columns = (c.id, t.TALKS.c.known_as, t.TALKS.c.channel, c.care, c.care_rank, c.walking, c.unread)
    order = (c.care_rank, c.updated_at, c.id)
    lines = select(*columns, c.started_at, c.updated_at).join(t.TALKS)
    lines = lines.order_by(*(column.desc() for column in order)).limit(wanted.most)
    for column, value in ((c.care, wanted.care), (c.walking, wanted.walking), (c.unread, wanted.unread)):
        lines = lines if value is None else lines.where(column == value)
    lines = lines if wanted.since is None else lines.where(c.updated_at >= wanted.since)
    lines = lines if wanted.until is None else lines.where(c.updated_at < wanted.until)
    if wanted.after is not None:
        lines = lines.where(tuple_(*order) < (wanted.after.care_rank, wanted.after.updated_at, wanted.after.id))
    return [Line(*row) for row in connection.execute(lines)]


def review(connection: Connection, case_id: str, by: str, at: float) -> None:
    """Mark a case as read by somebody; a result that changes later makes it unread again."""
    _write(connection, case_id, unread=False, reviewed_by=by, reviewed_at=at)


def write_note(connection: Connection, case_id: str, note: str) -> None:
    """Put a clinician's note on a case, in place of the one before."""
    _write(connection, case_id, note=note)


def _write(connection: Connection, case_id: str, **values: object) -> None:
    written = connection.execute(update(t.CASES).where(t.CASES.c.id == checked_id(case_id)).values(**values))
    if not written.rowcount:
        raise InputError(f"{case_id}: there is no such case; it may have been deleted")
