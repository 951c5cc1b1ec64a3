"""What `psoas notices …` does, as functions that give back lines."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine

from assistant import log_lines
from assistant.clinic import ledger
from assistant.clinic.notices import outbox
from assistant.clinic.notices.outbox import Notice
from assistant.clinic.notices.sending import send_due, send_forever
from assistant.clinic.notices.settings import VARIABLES, hooks_of
from assistant.clinic.showing import when
from assistant.errors import InputError
from assistant.settings import database_url

Lines = list[str]


@contextmanager
def _ledger() -> Iterator[Engine]:
    engine = ledger.ready(database_url())
    try:
        yield engine
    finally:
        engine.dispose()


def list_notices(state: str | None, most: int) -> Lines:
    """One line a notice, the newest first: id, state, kind, target, care, case, tries, when it is due or ended, last fault."""
    with _ledger() as engine, ledger.reading(engine) as connection:
        return [_listed(notice) for notice in outbox.listed(connection, state, most)]


def _listed(notice: Notice) -> str:
    shown = (notice.id, notice.state, notice.kind, notice.target, notice.care, notice.case_id, notice.tries)
    return "\t".join(map(str, (*shown, when(notice.due_at), notice.last_fault or "-")))


def retry(ids: list[str], every: bool) -> Lines:
    """Let dead notices begin anew. Raises InputError where none are named, or one that is not dead."""
    if every == bool(ids):
        raise InputError("give either ids of notices or --all")
    with _ledger() as engine, engine.begin() as connection:
        return [f"{outbox.retry(connection, None if every else ids, time.time())} will be tried again"]


def send(forever: bool) -> tuple[Lines, bool]:
    """Send what is due, or go on until Ctrl-C or SIGTERM: what to print, and whether nothing failed."""
    hooks = hooks_of()
    if not hooks.targets:
        raise InputError(f"nowhere to send to: set {' or '.join(VARIABLES.values())}")
    with _ledger() as engine:
        if not forever:
            outcomes = send_due(engine, hooks)
            return [json.dumps(outcomes)], set(outcomes) <= {"sent"}
        log_lines.set_up()
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        send_forever(engine, hooks, stop)
        return [], True
