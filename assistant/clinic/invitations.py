"""Invitations to patients: a link that works once and for some days, and the conversation that it began."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.clinic.forgetting import key_of
from assistant.clinic.staff import tables as s
from assistant.errors import InputError

DAYS = 14
MOST_DAYS = 90
DAY = 24 * 3600.0
NAME_CHARACTERS, REASON_CHARACTERS = 120, 500


@dataclass(frozen=True)
class Wish:
    """What a clinician fills in: what the patient is to be known as, why they come, when, and for how long the link works."""

    name: str
    reason: str = ""
    appointment_at: float | None = None
    days: int = DAYS


@dataclass(frozen=True)
class Invitation:
    """An invitation as it is kept, without its token. Times are seconds since the epoch."""

    id: str
    name: str
    reason: str
    appointment_at: float | None
    made_by: str
    made_at: float
    expires_at: float
    used_at: float | None
    revoked_at: float | None

    def state(self, now: float) -> str:
        """open, used, revoked or expired."""
        if self.used_at is not None:
            return "used"
        if self.revoked_at is not None:
            return "revoked"
        return "open" if self.expires_at > now else "expired"


@dataclass(frozen=True)
class Answer:
    """What a person answers to "may this be shared with your clinic?", and the version of the wording they read."""

    given: bool
    wording: str
    at: float


def make(connection: Connection, wish: Wish, by: str, at: float) -> tuple[str, str]:
    """A new invitation: its id, and the token of its link, which is not kept. Raises InputError naming what is wrong."""
    faults = [code for code, wrong in _faults(wish) if wrong]
    if faults:
        raise InputError(*faults)
    token, invitation = secrets.token_urlsafe(16), "i-" + secrets.token_hex(10)
    kept = {"name": wish.name.strip(), "reason": wish.reason.strip(), "appointment_at": wish.appointment_at}
    times = {"made_at": at, "expires_at": at + wish.days * DAY}
    row = {"id": invitation, "token": key_of(token), "made_by": by, **kept, **times}
    connection.execute(insert(s.INVITATIONS).values(**row))
    return invitation, token


def _faults(wish: Wish) -> list[tuple[str, bool]]:
    return [
        ("name", not 1 <= len(wish.name.strip()) <= NAME_CHARACTERS),
        ("reason", len(wish.reason) > REASON_CHARACTERS),
        ("days", not 1 <= wish.days <= MOST_DAYS),
    ]


def redeem(connection: Connection, token: str, conversation: str, channel: str, answer: Answer) -> bool:
    """Begin a new conversation with an invitation; whether it was still good. It is used up by a yes only: after a no the
    conversation is kept from the clinic, and the person may come back."""
    i = s.INVITATIONS.c
    good = (i.token == key_of(token), i.used_at.is_(None), i.revoked_at.is_(None), i.expires_at > answer.at)
    consent = {"at": answer.at, "wording": answer.wording, "to": ledger.CLINIC, "given": answer.given}
    if not answer.given:
        ledger.consent(connection, conversation, channel, consent)
        return connection.execute(select(i.id).where(*good)).one_or_none() is not None
    if not connection.execute(update(s.INVITATIONS).where(*good).values(used_at=answer.at)).rowcount:
        return False
    name = connection.execute(select(i.name).where(i.token == key_of(token))).scalar_one()
    ledger.know_as(connection, conversation, channel, name, answer.at)
    ledger.consent(connection, conversation, channel, consent)
    talk = select(t.TALKS.c.id).where(t.TALKS.c.key == key_of(conversation)).scalar_subquery()
    connection.execute(update(s.INVITATIONS).where(i.token == key_of(token)).values(talk=talk))
    return True


def revoke(connection: Connection, invitation: str, at: float) -> None:
    """Make an invitation useless that nobody used. Raises InputError where there is none."""
    i = s.INVITATIONS.c
    open_ones = (i.id == invitation, i.used_at.is_(None), i.revoked_at.is_(None))
    if not connection.execute(update(s.INVITATIONS).where(*open_ones).values(revoked_at=at)).rowcount:
        raise InputError(f"{invitation[:32]}: there is no such open invitation")


def listed(connection: Connection, most: int) -> list[Invitation]:
    """The newest invitations."""
    rows = select(*_columns()).order_by(s.INVITATIONS.c.made_at.desc(), s.INVITATIONS.c.id).limit(most)
    return [Invitation(*row) for row in connection.execute(rows)]


def of_case(connection: Connection, case_id: str) -> Invitation | None:
    """The invitation that a case began with, None where there was none."""
    rows = select(*_columns()).join(t.CASES, t.CASES.c.talk == s.INVITATIONS.c.talk).where(t.CASES.c.id == case_id)
    row = connection.execute(rows).one_or_none()
    return None if row is None else Invitation(*row)


def _columns() -> list[object]:
    return [s.INVITATIONS.c[name] for name in Invitation.__dataclass_fields__]
