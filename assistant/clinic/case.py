"""A case: one conversation that came to a result or an alert, whole, as it is handed over."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.turn_kept import Stamp
from assistant.errors import InputError

ID = re.compile(r"c-[0-9a-f]{20}")


@dataclass(frozen=True)
class Spoken:
    """One turn of the transcript; `number` is what the places of findings name."""

    number: int
    at: float
    text: str
    reading: Mapping[str, Any]
    said: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Case:
    """Times are seconds since the epoch. `findings` and `contradictions` are those of `assistant.clinic.origins.Course`:
    each finding with its value and where it came from. `assessment` are the bytes as decided, `decided_on` the findings they
    were decided on."""

    id: str
    known_as: str
    channel: str
    consents: tuple[Mapping[str, Any], ...]
    started_at: float
    finished_at: float
    updated_at: float
    care: str
    walking: str
    unread: bool
    reviewed_at: float | None
    reviewed_by: str | None
    note: str
    findings: Mapping[str, Mapping[str, Any]]
    contradictions: tuple[Mapping[str, Any], ...]
    decided_on: Mapping[str, Any]
    assessment: bytes
    knowledge: Stamp
    transcript: tuple[Spoken, ...]

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """The assessment of the contract's section 3."""
        return dict(json.loads(self.assessment))

    @property
    def denied(self) -> tuple[str, ...]:
        """What was asked or spoken of, and is not so."""
        return tuple(f for f, origin in self.findings.items() if origin["value"] is False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What was asked and the person does not know."""
        return tuple(f for f, origin in self.findings.items() if origin["value"] is None)

    @property
    def not_asked(self) -> tuple[str, ...]:
        """What was never spoken of, up to the last turn."""
        return tuple(f for f in self.told["not_asked"] if f not in self.findings)

    @property
    def told_since(self) -> tuple[str, ...]:
        """What was told after the result, without what was denied then."""
        return tuple(f for f in self.since_decided if self.findings.get(f, {}).get("value") not in (None, False))

    @property
    def since_decided(self) -> tuple[str, ...]:
        """The findings that are no longer what the assessment was decided on: the person went on and has no new result yet."""
        now = {f: origin["value"] for f, origin in self.findings.items()}
        names = dict.fromkeys([*now, *self.decided_on])
        return tuple(f for f in names if (f in now, now.get(f)) != (f in self.decided_on, self.decided_on.get(f)))

    @property
    def rules(self) -> tuple[Mapping[str, Any], ...]:
        """The rules that decided, each with what they rest on and the sentences quoted."""
        return tuple(self.told["reasons"])


def checked_id(case_id: str) -> str:
    """The id of a case as the ledger writes it. Raises InputError for anything else, so that no path is made of it."""
    if not ID.fullmatch(case_id):
        raise InputError(f"{case_id!r}: this is no id of a case; `psoas case list` shows them")
    return case_id


def case_of(connection: Connection, case_id: str) -> Case:
    """The case with that id. Raises InputError where there is none."""
    row = _row(connection, case_id)
    turns = select(t.TURNS).where(t.TURNS.c.talk == row.talk, t.TURNS.c.episode == row.episode)
    spoken = connection.execute(turns.order_by(t.TURNS.c.number)).all()
    names = ("id", "known_as", "channel", "started_at", "finished_at", "updated_at", "care", "walking", "unread")
    more = ("reviewed_at", "reviewed_by", "note", "findings", "decided_on")
    return Case(
        **{name: getattr(row, name) for name in (*names, *more)},
        consents=tuple(row.consents),
        contradictions=tuple(row.contradictions),
        assessment=bytes(row.assessment),
        knowledge=Stamp(row.knowledge_version, row.knowledge_sha256),
        transcript=tuple(Spoken(s.number, s.at, s.text, s.reading, tuple(s.said)) for s in spoken),
    )


def conversation_of(connection: Connection, case_id: str) -> str:
    """The conversation that a case came from. Raises InputError where there is no such case."""
    return str(_row(connection, case_id).conversation)


def _row(connection: Connection, case_id: str) -> Any:
    person = (t.TALKS.c.conversation, t.TALKS.c.known_as, t.TALKS.c.channel, t.TALKS.c.consents)
    wanted = select(t.CASES, *person).join(t.TALKS).where(t.CASES.c.id == checked_id(case_id))
    row = connection.execute(wanted).one_or_none()
    if row is None:
        raise InputError(f"{case_id}: there is no such case; it may have been deleted; `psoas case list` shows them")
    return row
