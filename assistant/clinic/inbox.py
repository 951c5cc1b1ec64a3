"""The cases in the order in which a clinic reads them, and what a clinician writes on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.case import checked_id
from assistant.errors import InputError
from assistant.triage.rules import CARE

SHARED = t.TALKS.c.shared.isnot(False)
"""Holds for conversations that their person does not keep from the clinic."""
COUNTED = 500
"""Unread cases that are counted; more are more than anybody reads."""


@dataclass(frozen=True)
class Wanted:
    """Which cases: by care, verdict, whether unread, and last changed from `since` to before `until` (seconds since the epoch).
    None asks nothing. `after` is the last line of the page before; `shared` leaves out what a person keeps from the clinic."""

    care: str | None = None
    walking: str | None = None
    unread: bool | None = None
    since: float | None = None
    until: float | None = None
    after: Line | None = None
    most: int = 50
    shared: bool = False


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
    lines = lines.where(SHARED) if wanted.shared else lines
    if wanted.after is not None:
        lines = lines.where(tuple_(*order) < (wanted.after.care_rank, wanted.after.updated_at, wanted.after.id))
    return [Line(*row) for row in connection.execute(lines)]


def unread(connection: Connection) -> dict[str, int]:
    """How many unread cases there are of each level of care, the gravest first; those kept from the clinic left out. Counting
    ends at COUNTED cases together."""
    c = t.CASES.c
    gravest = select(c.care, c.care_rank).join(t.TALKS).where(c.unread.is_(True), SHARED)
    gravest = gravest.order_by(c.care_rank.desc(), c.updated_at.desc()).limit(COUNTED).subquery()
    counts = select(gravest.c.care, func.count()).group_by(gravest.c.care)
    found = {care: int(count) for care, count in connection.execute(counts)}
    return {care: found[care] for care in reversed(CARE) if care in found}


def stamp(connection: Connection, counts: Mapping[str, int] | None = None) -> str:
    """A text that is another one when a case arrived, changed, was read or deleted; `counts` are those of `unread`."""
    newest = connection.execute(select(func.max(t.CASES.c.updated_at))).scalar()
    known = unread(connection) if counts is None else counts
    return " ".join([repr(newest), *(f"{care} {count}" for care, count in known.items())])


def is_shared(connection: Connection, case_id: str) -> bool:
    """Whether the clinic may see a case: there is one, and the person did not refuse."""
    found = select(t.CASES.c.id).join(t.TALKS).where(t.CASES.c.id == checked_id(case_id), SHARED)
    return connection.execute(found).one_or_none() is not None


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
