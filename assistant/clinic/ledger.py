"""The ledger: every turn as it was said, and a case for every conversation that came to a result or an alert.

`keep` and `forget` work inside the transaction of whoever calls them, so that what they write is there together with it or not
at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from assistant.clinic import tables as t
from assistant.clinic.columns import as_json
from assistant.clinic.forgetting import Receipt, forget, key_of, sweep
from assistant.clinic.notices import outbox
from assistant.clinic.opening import reading, ready
from assistant.clinic.origins import Course, begins_anew, follow
from assistant.clinic.turn_kept import Stamp, TurnKept
from assistant.conversation.session import Session
from assistant.triage.rules import CARE

__all__ = [
    "Engine",
    "Receipt",
    "Stamp",
    "TurnKept",
    "consent",
    "forget",
    "keep",
    "know_as",
    "reading",
    "ready",
    "sweep",
]
CLINIC = "clinic"
"""To whom a consent is given: those who read the pages of the clinic."""
Row = Any


def keep(connection: Connection, turn: TurnKept, knowledge: Stamp | None = None) -> None:
    """Write a turn, and the case it belongs to where a result or an alert was told. A turn that is there already changes
    nothing; one in which the person had everything deleted deletes it. An assessment names its own knowledge; `knowledge` stands
    in where it does not."""
    if turn.deleted:
        forget(connection, turn.conversation)
        return
    talk = _talk(connection, turn.conversation, turn.channel, turn.at)
    number = talk.turns + 1
    before = Session.of(talk.session)
    anew = begins_anew(before, Session.of(turn.session))
    episode = talk.episode + anew
    if not _write_turn(connection, turn, talk.id, number, episode):
        return
    so_far = Course(Session(), {}, []) if anew else Course(before, talk.origins, talk.contradictions)
    course = follow(so_far, turn, number)
    _write_talk(connection, talk, turn, {"turns": number, "episode": episode}, course)
    if course.session.result or course.session.alerted:
        _write_case(connection, turn, talk.id, episode, course, knowledge)


def know_as(connection: Connection, conversation: str, channel: str, name: str, at: float) -> None:
    """Who a conversation is known as, in place of an opaque id: the clinic's invitation."""
    talk = _talk(connection, conversation, channel, at)
    connection.execute(update(t.TALKS).where(t.TALKS.c.id == talk.id).values(known_as=name))


def consent(connection: Connection, conversation: str, channel: str, given: Mapping[str, Any]) -> None:
    """Add what the person agreed to, or took back: {"at": seconds, "wording": version, "to": what, "given": true or false}.
    What was last given or refused to CLINIC decides whether its pages show the conversation."""
    talk = _talk(connection, conversation, channel, float(given["at"]))
    shared = {"shared": bool(given["given"])} if given["to"] == CLINIC else {}
    consents = [*talk.consents, dict(given)]
    connection.execute(update(t.TALKS).where(t.TALKS.c.id == talk.id).values(consents=consents, **shared))


def _talk(connection: Connection, conversation: str, channel: str, at: float) -> Row:
    """The conversation's row, made where it is new, and locked until the transaction ends."""
    key = key_of(conversation)
    row = select(t.TALKS).where(t.TALKS.c.key == key).with_for_update()
    talk = connection.execute(row).one_or_none()
    if talk is not None:
        return talk
    new = {"key": key, "conversation": conversation, "known_as": "p-" + secrets.token_hex(5), "channel": channel}
    empty = {"consents": [], "turns": 0, "episode": 1, "session": {}, "origins": {}, "contradictions": []}
    _insert_new(connection, t.TALKS, ["key"], {**new, **empty, "heard_at": at})
    return connection.execute(row).one()


def _insert_new(connection: Connection, table: Table, key: list[str], values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same `key` is there already; whether it was inserted."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = dialect.insert(table).values(**values).on_conflict_do_nothing(index_elements=key)
    return bool(connection.execute(new).rowcount)


def _write_turn(connection: Connection, turn: TurnKept, talk: int, number: int, episode: int) -> bool:
    place = {
        "talk": talk,
        "number": number,
        "episode": episode,
        "message": key_of(turn.message_id or secrets.token_hex()),
        "at": turn.at,
    }
    content = {"text": turn.text, "reading": dict(turn.reading), "said": [dict(said) for said in turn.said]}
    return _insert_new(connection, t.TURNS, ["talk", "message"], {**place, **content})


def _write_talk(connection: Connection, talk: Row, turn: TurnKept, counts: Mapping[str, int], course: Course) -> None:
    went = {"session": dict(turn.session), "origins": course.origins, "contradictions": course.contradictions}
    heard = {"heard_at": max(talk.heard_at, turn.at), "channel": turn.channel}
    connection.execute(update(t.TALKS).where(t.TALKS.c.id == talk.id).values(**counts, **went, **heard))


def _write_case(
    connection: Connection, turn: TurnKept, talk: int, episode: int, course: Course, knowledge: Stamp | None
) -> None:
    of_it = (t.CASES.c.talk == talk, t.CASES.c.episode == episode)
    columns = [t.CASES.c[name] for name in ("id", "assessment", "care", "care_rank", "walking")]
    known = connection.execute(select(*columns).where(*of_it)).one_or_none()
    case_id = "c-" + secrets.token_hex(10) if known is None else known.id
    values = {"findings": course.origins, "contradictions": course.contradictions, "updated_at": turn.at}
    if turn.assessment is not None:
        decided = _decided(turn.assessment, course.session, knowledge)
        fresh = known is None or bytes(known.assessment) != decided["assessment"]
        values |= {**decided, "finished_at": turn.at, **({"unread": True} if fresh else {})}
    if known is not None:
        connection.execute(update(t.CASES).where(t.CASES.c.id == known.id).values(**values))
    elif turn.assessment is not None:
        began = select(t.TURNS.c.at).where(t.TURNS.c.talk == talk, t.TURNS.c.episode == episode)
        started = connection.execute(began.order_by(t.TURNS.c.number).limit(1)).scalar_one()
        first = {"id": case_id, "talk": talk, "episode": episode, "started_at": started, "note": ""}
        connection.execute(insert(t.CASES).values(**values, **first))
    if turn.assessment is not None:
        outbox.note(connection, case_id, known, values)


def _decided(assessment: Mapping[str, Any], session: Session, knowledge: Stamp | None) -> dict[str, Any]:
    care = str(assessment["care"])
    stamp = assessment.get("knowledge") or asdict(knowledge or Stamp("", ""))
    return {
        "care": care,
        "care_rank": CARE.index(care),
        "walking": str(assessment["walking"]),
        "knowledge_version": stamp["version"],
        "knowledge_sha256": stamp["sha256"],
        "decided_on": dict(session.findings),
        "assessment": as_json(assessment).encode(),
    }
