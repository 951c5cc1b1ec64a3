"""Who did what when at the pages of the clinic; never a word of a patient."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from assistant.clinic.staff import tables as s


@dataclass(frozen=True)
class Deed:
    """`at` in seconds since the epoch; `about` is the id of a case or an invitation, or nothing."""

    at: float
    who: str
    what: str
    about: str


def write(connection: Connection, at: float, who: str, what: str, about: str = "") -> None:
    """Write down that somebody did something."""
    connection.execute(insert(s.AUDIT).values(at=at, who=who, what=what, about=about))


def last(connection: Connection, most: int, about: str | None = None) -> list[Deed]:
    """The newest deeds, or those about one case or invitation."""
    c = s.AUDIT.c
    rows = select(c.at, c.who, c.what, c.about).order_by(c.id.desc()).limit(most)
    rows = rows if about is None else rows.where(c.about == about)
    return [Deed(*row) for row in connection.execute(rows)]
