"""Who may sign in at the pages of the clinic."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.engine import Connection

from assistant.clinic.staff import passwords
from assistant.clinic.staff import tables as s
from assistant.errors import InputError

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


@dataclass(frozen=True)
class Clinician:
    """Somebody who may sign in; `used_at` is when they last used a page, None where they are signed out. In seconds since the
    epoch."""

    name: str
    made_at: float
    used_at: float | None


def name_of(written: str) -> str:
    """A name as it is kept, in small letters. Raises InputError for what cannot be one."""
    name = written.strip().lower()
    if not NAME.fullmatch(name):
        raise InputError(
            f"{written!r}: a name has 1 to 64 letters (a to z), figures and . _ @ -, and begins with a letter or figure"
        )
    return name


def add(connection: Connection, name: str, password: str, at: float) -> None:
    """Let somebody sign in from now on. Raises InputError where the name is taken or the password too weak."""
    name = name_of(name)
    if password_of(connection, name) is not None:
        raise InputError(f"{name}: there is such a user already; `psoas clinic set-password` gives a new password")
    connection.execute(insert(s.CLINICIANS).values(name=name, password=passwords.made(password, name), made_at=at))


def set_password(connection: Connection, name: str, password: str) -> None:
    """Give somebody a new password and sign them out everywhere."""
    name = name_of(name)
    new = update(s.CLINICIANS).where(s.CLINICIANS.c.name == name).values(password=passwords.made(password, name))
    _one(connection.execute(new).rowcount, name)
    connection.execute(delete(s.SIGN_INS).where(s.SIGN_INS.c.clinician == name))


def remove(connection: Connection, name: str) -> None:
    """Let somebody in no more; they are signed out everywhere at once."""
    name = name_of(name)
    _one(connection.execute(delete(s.CLINICIANS).where(s.CLINICIANS.c.name == name)).rowcount, name)


def listed(connection: Connection) -> list[Clinician]:
    """Everybody who may sign in, by name."""
    used = func.max(s.SIGN_INS.c.used_at)
    c = s.CLINICIANS.c
    rows = select(c.name, c.made_at, used).outerjoin(s.SIGN_INS).group_by(c.name, c.made_at).order_by(c.name)
    return [Clinician(*row) for row in connection.execute(rows)]


def anybody(connection: Connection) -> bool:
    """Whether there is anybody who may sign in; without, the pages do not exist."""
    return bool(connection.execute(select(exists(select(s.CLINICIANS.c.name)))).scalar())


def password_of(connection: Connection, name: str) -> str | None:
    """The hash kept for a name, None for nobody."""
    kept = connection.execute(select(s.CLINICIANS.c.password).where(s.CLINICIANS.c.name == name)).scalar_one_or_none()
    return None if kept is None else str(kept)


def _one(found: int, name: str) -> None:
    if not found:
        raise InputError(f"{name}: there is no such user; `psoas clinic users` shows them")
