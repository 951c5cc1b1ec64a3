"""The numbers of the clinic, as tables with small plots beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sanic.response import HTTPResponse

from assistant.channels.clinic_pages.asked import Asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.clinic.ledger import reading
from assistant.clinic.staff.sign_ins import SignIn
from assistant.clinic.statistics import statistics
from assistant.clinic.wording import Wording, wording

WEEKS = 12
WIDE, HIGH, GAP = 240, 44, 4
"""A row of columns, in the units of its drawing."""
LONG = 200
"""The longest bar."""


@dataclass(frozen=True)
class Column:
    """One column of a small plot: its place and size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Row:
    """A name, its counts, and the columns or the one bar that show them."""

    name: str
    counts: tuple[int, ...]
    columns: tuple[Column, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def show(desk: Desk, asked: Asked, signed: SignIn) -> HTTPResponse:
    """GET: twelve weeks up to this one."""
    weeks = mondays(asked.now, desk.settings.timezone)
    with reading(desk.engine) as connection:
        found = statistics(connection, weeks, asked.now)
    words, names = desk.pages.words, wording()
    walking = {words["walking"].get(value, value): counts for value, counts in found.walking.items() if any(counts)}
    care = {words["care"][value]["name"]: counts for value, counts in found.care.items()}
    plots = {
        "walking": tuple(by_week(walking)),
        "care": tuple(by_week(care)),
        "flags": tuple(bars({names.label(flag): count for flag, count in found.flags.items()})),
        "stopped": tuple(bars({_question(q, names): count for q, count in found.stopped.items()})),
        "questions": tuple(bars(_numbers(found.questions, words["many_questions"]))),
    }
    size: dict[str, Any] = {"wide": WIDE, "high": HIGH, "long": LONG}
    return desk.show(asked, "statistics", signed, found=found, plots=plots, **size)


def mondays(now: float, zone: ZoneInfo) -> tuple[float, ...]:
    """When each of the last weeks began in the clinic's zone, the oldest first."""
    today = datetime.fromtimestamp(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    return tuple((monday - timedelta(weeks=back)).timestamp() for back in range(WEEKS - 1, -1, -1))


def by_week(counts: Mapping[str, Sequence[int]]) -> Iterator[Row]:
    """One row of columns a name; all rows have the same scale."""
    most = max((count for row in counts.values() for count in row), default=0) or 1
    for name, row in counts.items():
        wide = WIDE / len(row)
        columns = (
            Column(
                round(place * wide, 2), round(HIGH - count / most * HIGH, 2), wide - GAP, round(count / most * HIGH, 2)
            )
            for place, count in enumerate(row)
        )
        yield Row(name, tuple(row), tuple(columns))


def bars(counts: Mapping[str, int]) -> Iterator[Row]:
    """One bar a name."""
    most = max(counts.values(), default=0) or 1
    for name, count in counts.items():
        yield Row(name, (count,), (Column(0, 0, round(count / most * LONG, 2), 12),))


def _numbers(counts: Sequence[int], many: str) -> dict[str, int]:
    """How many conversations had 0, 1, ... questions, up to the most that any had."""
    last = max((number for number, count in enumerate(counts) if count), default=-1)
    names = [str(number) for number in range(len(counts) - 1)] + [many.format(number=len(counts) - 1)]
    return dict(zip(names[: last + 1], counts, strict=False))


def _question(asked: str, names: Wording) -> str:
    """The words of a question; its id where the knowledge base knows it no more."""
    book = names.knowledge.book
    known = next((question.text for question in (*book.questions, *book.clearing) if question.id == asked), None)
    return " ".join(
        str(known or (book.findings[asked].ask if asked in book.findings else asked)).replace("**", "").split()
    )
