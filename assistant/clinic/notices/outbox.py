"""The outbox: what is to be told to the clinic about a case, written in the transaction that changed the case and sent later.

A row holds no word of anybody, and goes when its case goes. Several processes may send: each claims what is due for a while, and
what was not settled in that while, because its process died, is due again.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, insert, select, update
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.inbox import SHARED
from assistant.clinic.notices.settings import MAIL, wanted
from assistant.errors import InputError

NOTICES = Table(
    "notices",
    t.METADATA,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("target", String(16), nullable=False),
    Column("care", String(16), nullable=False),
    Column("walking", String(32), nullable=False),
    Column("at", Float, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due_at", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("last_fault", String(64), nullable=False),
    Index("ix_notices_case_id", "case_id"),
    Index("ix_notices_due", "state", "target", "due_at"),
)
"""One row a change and target. `kind`: see KINDS; `target`: webhook or mail; `care` and `walking` as they were told `at` that
time; `state`: see STATES; `due_at`: when it may be tried (again), or when that ended; `last_fault`: a code, never a sentence."""
KINDS = ("finished", "raised", "changed")
"""The case came to its first result or alert; its care rose; its care sank or its verdict changed."""
STATES = ("waiting", "sent", "dead")
GRAVE = ("urgent", "emergency")
"""Levels of care of which a mail is written."""
N = NOTICES.c
Row = Any


@dataclass(frozen=True)
class Notice:
    """One notice as it is kept. Times are seconds since the epoch."""

    id: str
    case_id: str
    kind: str
    target: str
    care: str
    walking: str
    at: float
    state: str
    due_at: float
    tries: int
    last_fault: str


COLUMNS = [N[field.name] for field in fields(Notice)]


def note(connection: Connection, case_id: str, before: Row | None, now: Mapping[str, Any]) -> None:
    """Put into the outbox what is to be told of a case whose row was `before` (None: there was none) and holds `now`."""
    kind = _kind(before, now)
    told = {name: now[name] for name in ("care", "walking")} | {"case_id": case_id, "at": now["updated_at"]}
    fresh = {"state": "waiting", "due_at": now["updated_at"], "tries": 0, "last_fault": ""}
    targets = [target for target in wanted() if kind and (target != MAIL or _is_mailed(kind, now["care"]))]
    for target in targets:
        row = {"id": "n-" + secrets.token_hex(10), "kind": kind, "target": target, **told, **fresh}
        connection.execute(insert(NOTICES).values(**row))


def _kind(before: Row | None, now: Mapping[str, Any]) -> str:
    """What happened to the case; "" for nothing worth telling."""
    if before is None:
        return "finished"
    if now["care_rank"] > before.care_rank:
        return "raised"
    return "changed" if (now["care"], now["walking"]) != (before.care, before.walking) else ""


def _is_mailed(kind: str, care: str) -> bool:
    return care in GRAVE and kind != "changed"


def is_due(connection: Connection, target: str, now: float) -> bool:
    """Whether there is anything to send."""
    return connection.execute(_due(target, now, 1)).first() is not None


def claim(connection: Connection, target: str, now: float, lease: float, most: int) -> list[Notice]:
    """Take at most `most` notices that are due, the gravest first: for `lease` seconds they are due to nobody else, and each
    counts one try more."""
    due = _due(target, now, most).with_for_update(of=NOTICES, skip_locked=True)
    ids = list(connection.execute(due).scalars())
    if not ids:
        return []
    connection.execute(update(NOTICES).where(N.id.in_(ids)).values(due_at=now + lease, tries=N.tries + 1))
    claimed = {row.id: Notice(*row) for row in connection.execute(select(*COLUMNS).where(N.id.in_(ids)))}
    return [claimed[one] for one in ids]


def _due(target: str, now: float, most: int) -> Any:
    """The ids of what is due; what a person keeps from the clinic waits."""
    found = select(N.id).join(t.CASES, t.CASES.c.id == N.case_id).join(t.TALKS, t.TALKS.c.id == t.CASES.c.talk)
    found = found.where(N.state == "waiting", N.target == target, N.due_at <= now, SHARED)
    return found.order_by(t.CASES.c.care_rank.desc(), N.due_at).limit(most)


def settle(connection: Connection, claimed: Notice, state: str, due_at: float, fault: str) -> None:
    """Write what came of a try, unless somebody else has claimed the notice since."""
    mine = (N.id == claimed.id, N.tries == claimed.tries, N.state == "waiting")
    connection.execute(update(NOTICES).where(*mine).values(state=state, due_at=due_at, last_fault=fault))


def listed(connection: Connection, state: str | None, most: int) -> list[Notice]:
    """The newest notices, all or those in one state."""
    rows = select(*COLUMNS).order_by(N.at.desc(), N.id).limit(most)
    rows = rows if state is None else rows.where(N.state == state)
    return [Notice(*row) for row in connection.execute(rows)]


def retry(connection: Connection, ids: list[str] | None, now: float) -> int:
    """Let dead notices, those named or (None) all, begin anew; how many. Raises InputError naming those that are not dead."""
    dead = (N.state == "dead",) if ids is None else (N.state == "dead", N.id.in_(ids))
    found = set(connection.execute(select(N.id).where(*dead)).scalars())
    missing = [one for one in ids or () if one not in found]
    if missing:
        raise InputError(
            *(f"{one!r}: no notice of that id is dead; `psoas notices dead` shows them" for one in missing)
        )
    connection.execute(update(NOTICES).where(*dead).values(state="waiting", due_at=now, tries=0))
    return len(found)
