"""Signing in and out: random tokens of which only the sha256 is kept, that end when unused and after a day's work."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine

from assistant.clinic.forgetting import key_of
from assistant.clinic.opening import reading
from assistant.clinic.staff import audit, clinicians, passwords, tries
from assistant.clinic.staff import tables as s
from assistant.errors import InputError

IDLE = 30 * 60.0
"""Seconds without a page after which a sign-in ends."""
LONGEST = 12 * 3600.0
"""Seconds after which it ends in any case."""
NOTED_EVERY = 60.0
"""Seconds between two notes that it is in use."""


class SignInError(Exception):
    """Nobody is signed in by this; `code` is "wrong" or "locked"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SignIn:
    """Somebody signed in, and the token their browser holds."""

    who: str
    token: str


def sign_in(engine: Engine, name: str, password: str, address: str, now: float) -> SignIn:
    """Sign somebody in. Raises SignInError; takes as long for a name that nobody has."""
    known = _known(name)
    with engine.begin() as connection:
        fine = tries.count(connection, known or name[:64], address, now)
        kept = clinicians.password_of(connection, known) if known else None
        if not fine:
            audit.write(connection, now, known if kept else "-", "locked_out")
    if not fine:
        raise SignInError("locked")
    right = passwords.fits(kept, password)
    with engine.begin() as connection:
        if not right or kept is None or clinicians.password_of(connection, known) != kept:
            audit.write(connection, now, known if kept else "-", "refused")
        else:
            tries.succeeded(connection, known, address)
            if passwords.outdated(kept):
                _renew(connection, known, password)
            audit.write(connection, now, known, "signed_in")
            return _begin(connection, known, now)
    raise SignInError("wrong")


def _known(name: str) -> str:
    """The name as it is kept; nothing for what can be nobody's name (a password typed in the wrong field, say)."""
    try:
        return clinicians.name_of(name)
    except InputError:
        return ""


def _renew(connection: Connection, name: str, password: str) -> None:
    new = passwords.HASHER.hash(password)
    connection.execute(update(s.CLINICIANS).where(s.CLINICIANS.c.name == name).values(password=new))


def _begin(connection: Connection, who: str, now: float) -> SignIn:
    c = s.SIGN_INS.c
    connection.execute(delete(s.SIGN_INS).where(or_(c.used_at <= now - IDLE, c.began_at <= now - LONGEST)))
    token = secrets.token_urlsafe(32)
    connection.execute(insert(s.SIGN_INS).values(token=key_of(token), clinician=who, began_at=now, used_at=now))
    return SignIn(who, token)


def signed_in(engine: Engine, token: str, now: float, watching: bool = False) -> SignIn | None:
    """Who is signed in by a token, None for nobody; `watching` (a page that asks for news by itself) is not use."""
    c = s.SIGN_INS.c
    good = (c.token == key_of(token), c.used_at > now - IDLE, c.began_at > now - LONGEST)
    with reading(engine) as connection:
        row = connection.execute(select(c.clinician, c.used_at).where(*good)).one_or_none()
    if row is None:
        return None
    if not watching and row.used_at <= now - NOTED_EVERY:
        with engine.begin() as connection:
            connection.execute(update(s.SIGN_INS).where(*good).values(used_at=now))
    return SignIn(row.clinician, token)


def sign_out(connection: Connection, signed: SignIn, now: float, everywhere: bool = False) -> None:
    """End this sign-in, or all of the same person."""
    c = s.SIGN_INS.c
    of_it = c.clinician == signed.who if everywhere else c.token == key_of(signed.token)
    connection.execute(delete(s.SIGN_INS).where(of_it))
    audit.write(connection, now, signed.who, "signed_out_everywhere" if everywhere else "signed_out")


def browsers(connection: Connection, who: str, now: float) -> list[tuple[float, float]]:
    """When each browser of a person signed in, and when it was last used; the newest first."""
    c = s.SIGN_INS.c
    good = (c.clinician == who, c.used_at > now - IDLE, c.began_at > now - LONGEST)
    rows = connection.execute(select(c.began_at, c.used_at).where(*good).order_by(c.began_at.desc())).all()
    return [(row.began_at, row.used_at) for row in rows]
