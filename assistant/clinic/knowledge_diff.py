"""What changed from one knowledge base to another, and which stored cases would change with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select
from sqlalchemy.engine import Connection

from assistant.clinic import tables as t
from assistant.clinic.columns import as_json
from assistant.clinic.replaying import Difference, advice, fitting
from assistant.knowledge_base import tables as kb
from assistant.triage.decide import decide
from assistant.triage.rules import Rulebook

Parts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """One rule, claim, passage, question, exercise, dose or finding that was added (`then` is None), removed (`now` is None) or
    changed."""

    kind: str
    id: str
    then: Any
    now: Any


@dataclass(frozen=True)
class Affected:
    """A stored case whose advice differs between the two, and findings that one of them does not know."""

    case: str
    differences: tuple[Difference, ...]
    lost: tuple[str, ...]


def changes(old: Path, new: Path) -> Iterator[Change]:
    """What differs between two knowledge base files, kind by kind. Both are known to be readable."""
    before, after = _parts(old), _parts(new)
    for kind, was in before.items():
        now = after[kind]
        for name in dict.fromkeys([*was, *now]):
            if was.get(name) != now.get(name):
                yield Change(kind, name, was.get(name), now.get(name))


def _parts(path: Path) -> Parts:
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", future=True)
    try:
        with engine.connect() as connection:
            return _read(connection)
    finally:
        engine.dispose()


def _read(connection: Connection) -> Parts:
    passages = {row.id: row for row in connection.execute(select(kb.PASSAGES))}
    support: dict[str, list[str]] = {}
    for row in connection.execute(select(kb.SUPPORT).order_by(kb.SUPPORT.c.claim, kb.SUPPORT.c.rank)):
        support.setdefault(row.claim, []).append(passages[row.passage].text)
    claims = connection.execute(select(kb.CLAIMS)).all()
    doses = connection.execute(select(kb.DOSES)).all()
    return {
        "rule": {f"{r.kind}/{r.id}": r.written for r in connection.execute(select(kb.RULES))},
        "claim": {c.id: {"says": c.says, "quotes": support.get(c.id, [])} for c in claims},
        "passage": {p.anchor or p.text: p.text for p in passages.values()},
        **{name: _written(connection, table) for name, table in _LISTS.items()},
        "dose": {f"{d.exercise}/{d.measure}": [d.low, d.high, passages[d.passage].text] for d in doses},
    }


_LISTS = {"question": kb.QUESTIONS, "exercise": kb.EXERCISES, "finding": kb.FINDINGS}


def _written(connection: Connection, table: Any) -> dict[str, Any]:
    return {row.id: row.written for row in connection.execute(select(table).order_by(table.c.position))}


def affected(ledger: Connection, old: Rulebook, new: Rulebook) -> Iterator[Affected]:
    """The stored cases, newest first, that the two rulebooks advise differently."""
    told: dict[str, Affected | None] = {}
    stored = select(t.CASES.c.id, t.CASES.c.decided_on).order_by(t.CASES.c.updated_at.desc())
    for row in ledger.execution_options(yield_per=500).execute(stored):
        findings = as_json(row.decided_on)
        if findings not in told:
            told[findings] = _compared(row.decided_on, old, new)
        found = told[findings]
        if found is not None:
            yield Affected(row.id, found.differences, found.lost)


def _compared(findings: Mapping[str, Any], old: Rulebook, new: Rulebook) -> Affected | None:
    known, lost = fitting(findings, new)
    differences = advice(decide(fitting(findings, old)[0], old), decide(known, new))
    return Affected("", differences, lost) if differences or lost else None
