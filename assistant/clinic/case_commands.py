"""What `psoas case …` and `psoas knowledge diff` do, as functions that give back lines or bytes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from assistant.clinic import knowledge_diff
from assistant.clinic.case import case_of, conversation_of
from assistant.clinic.forgetting import Receipt, forget, sweep
from assistant.clinic.formats import FORMATS
from assistant.clinic.inbox import Line, Wanted, inbox
from assistant.clinic.opening import empty_log, reading, ready
from assistant.clinic.replaying import Difference, Replay, replay
from assistant.clinic.showing import harmless, when
from assistant.errors import InputError
from assistant.knowledge_base.reading import open_knowledge
from assistant.settings import database_url

Lines = list[str]


@contextmanager
def _ledger() -> Iterator[Engine]:
    engine = ready(database_url())
    try:
        yield engine
    finally:
        engine.dispose()


def list_cases(wanted: Wanted) -> Lines:
    """One line a case, the most urgent and newest first: id, care, walking, last change, channel, known as, whether unread."""
    with _ledger() as engine, reading(engine) as connection:
        return [_listed(line) for line in inbox(connection, wanted)]


def _listed(line: Line) -> str:
    shown = (line.id, line.care, line.walking, when(line.updated_at) or "", line.channel, line.known_as)
    return "\t".join([*map(harmless, shown), "unread" if line.unread else "read"])


def export(case_id: str, form: str) -> bytes:
    """A case in one of the forms of `assistant.clinic.formats`. Raises InputError naming them."""
    if form not in FORMATS:
        raise InputError(f"--format {form}: there is no such format; give one of {', '.join(sorted(FORMATS))}")
    with _ledger() as engine, reading(engine) as connection:
        return FORMATS[form](case_of(connection, case_id))


def forget_case(case_id: str | None, conversation: str | None) -> tuple[Lines, bool]:
    """Delete a conversation, named by itself or by one of its cases: the receipt, and whether nothing is left in files."""
    if (case_id is None) == (conversation is None):
        raise InputError("give either the id of a case or --conversation")
    with _ledger() as engine:
        with engine.begin() as connection:
            receipt = forget(connection, conversation or conversation_of(connection, str(case_id)))
        return _deleted(receipt, engine)


def sweep_cases() -> tuple[Lines, bool]:
    """Delete what is older than it may be: the receipt, and whether nothing is left in files."""
    with _ledger() as engine:
        with engine.begin() as connection:
            receipt = sweep(connection, time.time())
        return _deleted(receipt, engine) if receipt else (["Nothing is old enough to be deleted."], True)


def _deleted(receipt: Receipt, engine: Engine) -> tuple[Lines, bool]:
    line = json.dumps({"receipt": receipt.id, "at": when(receipt.at), "deleted": dict(receipt.counts)})
    if empty_log(engine):
        return [line], True
    return [line, "Another process still reads an older state: run `psoas case sweep` again when it is done."], False


def replay_case(case_id: str, knowledge: Path) -> tuple[Lines, bool]:
    """Decide a case again: what to print, and whether it came out as before."""
    with _ledger() as engine, reading(engine) as connection:
        case = case_of(connection, case_id)
    result = replay(case, open_knowledge(knowledge).book)
    return _replayed(result, len(case.assessment)), result.as_before


def _replayed(result: Replay, size: int) -> Lines:
    if result.then == result.now:
        if result.same_bytes:
            return [f"The same knowledge ({result.now.sha256[:12]}), the same {size} bytes."]
        lines = [f"The same knowledge ({result.now.sha256[:12]}), other bytes: the program or the case was altered."]
    else:
        lines = [f"Decided on {result.then.sha256[:12]}, replayed on {result.now.sha256[:12]}."]
        lines += [] if result.advice else ["The advice is the same."]
    lines += [f"{d.part}: {_short(d.then)} -> {_short(d.now)}" for d in result.advice]
    lines += [line for d in result.rules for line in _rule(d)]
    return lines + [f"not known to that knowledge base: {finding}" for finding in result.lost]


def _rule(difference: Difference) -> Lines:
    sign = "+" if difference.then is None else "-" if difference.now is None else "~"
    reason = difference.now or difference.then
    quotes = [f"    “{quote}”" for quote in reason["quotes"]]
    return [f"{sign} rule {difference.part} because {_short(reason['because'])}", *quotes]


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def diff(old: Path, new: Path) -> Iterator[str]:
    """What changed between two knowledge bases, then every stored case whose advice would change."""
    before, after = open_knowledge(old).book, open_knowledge(new).book
    for change in knowledge_diff.changes(old, new):
        sign = "+" if change.then is None else "-" if change.now is None else "~"
        both = change.then is not None and change.now is not None
        shown = f"{_short(change.then)} -> {_short(change.now)}" if both else _short(change.now or change.then)
        yield (
            f"{sign} {change.kind} {change.id}" if change.id == shown else f"{sign} {change.kind} {change.id}: {shown}"
        )
    with _ledger() as engine, reading(engine) as connection:
        for found in knowledge_diff.affected(connection, before, after):
            told = [f"{d.part} {_short(d.then)} -> {_short(d.now)}" for d in found.differences]
            yield f"case {found.case}: " + "; ".join([*told, *(f"{f} is not known" for f in found.lost)])
