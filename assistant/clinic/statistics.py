"""What a clinic counts: verdicts and urgent cases by week, warning signs, questions per conversation, where people stop.

Only numbers leave here. Weeks are counted whole; what has to be read out of each conversation is read of the newest ones.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.conversation.session import Session
from assistant.triage.rules import CARE, WALKING

WEEK = 7 * 24 * 3600.0
GONE_AFTER = 3600.0
"""Seconds of silence after which somebody without a result has stopped."""
NEWEST = 2000
"""Conversations, and cases with a warning sign, that are read at most."""
MANY = 15
"""Questions from which on conversations are counted together."""


@dataclass(frozen=True)
class Statistics:
    """`weeks`: when each week begins, in seconds since the epoch, the oldest first. `walking`, `care`: by value a count for each
    week. `flags`, `stopped`: finding or question to how often, the most frequent first. `questions`: how many conversations had
    0, 1, ... questions, MANY and more together. `read`: how many conversations and cases were read for those; `truncated`:
    whether there were more."""

    weeks: tuple[float, ...]
    walking: Mapping[str, tuple[int, ...]]
    care: Mapping[str, tuple[int, ...]]
    flags: Mapping[str, int]
    questions: tuple[int, ...]
    stopped: Mapping[str, int]
    read: int
    truncated: bool


def statistics(connection: Connection, weeks: tuple[float, ...], now: float) -> Statistics:
    """The numbers since the first of `weeks`, each of which begins where the one before ends."""
    ends = (*weeks[1:], weeks[-1] + WEEK)
    counted = [_week(connection, start, end) for start, end in zip(weeks, ends, strict=True)]
    sessions = _sessions(connection, weeks[0])
    questions = Counter(min(session.put, MANY) for session, _ in sessions)
    stopped = Counter(s.asked for s, at in sessions if s.asked and not _finished(s) and at < now - GONE_AFTER)
    return Statistics(
        weeks=weeks,
        walking={value: tuple(week["walking"][value] for week in counted) for value in WALKING},
        care={value: tuple(week["care"][value] for week in counted) for value in CARE[::-1]},
        flags=dict(_flags(connection, weeks[0]).most_common()),
        questions=tuple(questions[number] for number in range(MANY + 1)),
        stopped={str(asked): count for asked, count in stopped.most_common()},
        read=len(sessions),
        truncated=len(sessions) == NEWEST,
    )


def _finished(session: Session) -> bool:
    return bool(session.result or session.alerted)


def _week(connection: Connection, start: float, end: float) -> dict[str, Counter[str]]:
    c = t.CASES.c
    rows = select(c.walking, c.care, func.count()).where(c.updated_at >= start, c.updated_at < end)
    found: dict[str, Counter[str]] = {"walking": Counter(), "care": Counter()}
    for walking, care, count in connection.execute(rows.group_by(c.walking, c.care)):
        found["walking"][walking] += count
        found["care"][care] += count
    return found


def _sessions(connection: Connection, since: float) -> list[tuple[Session, float]]:
    """The newest conversations and when each was last heard of."""
    c = t.TALKS.c
    rows = select(c.session, c.heard_at).where(c.heard_at >= since, c.turns > 0).order_by(c.heard_at.desc())
    return [(Session.of(row.session), row.heard_at) for row in connection.execute(rows.limit(NEWEST))]


def _flags(connection: Connection, since: float) -> Counter[str]:
    c = t.CASES.c
    rows = select(c.assessment).where(c.updated_at >= since, c.care_rank > 0).order_by(c.updated_at.desc())
    read: list[Mapping[str, Any]] = [json.loads(row.assessment) for row in connection.execute(rows.limit(NEWEST))]
    return Counter(flag for assessment in read for flag in assessment["red_flags"])
