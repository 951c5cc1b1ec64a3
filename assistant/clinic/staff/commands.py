"""What `psoas clinic …` does, as functions that give back lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from assistant.clinic.opening import ready
from assistant.clinic.showing import when
from assistant.clinic.staff import audit, clinicians
from assistant.errors import InputError
from assistant.settings import database_url

Ask = Callable[[str], str]
CONSOLE = "(console)"
"""Who did what is done here, in the audit."""
PROMPTS = ("Password (at least 12 characters): ", "The same again: ")


@contextmanager
def _ledger() -> Iterator[Connection]:
    engine = ready(database_url())
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def add_user(name: str, ask: Ask, once: bool) -> list[str]:
    """Let somebody sign in. `ask` gives the password; unless `once`, twice. Raises InputError where the two differ."""
    name = clinicians.name_of(name)
    password = _password(ask, once)
    with _ledger() as connection:
        clinicians.add(connection, name, password, time.time())
        audit.write(connection, time.time(), CONSOLE, "added_user", name)
    return [f"{name} can sign in at /clinic now."]


def set_password(name: str, ask: Ask, once: bool) -> list[str]:
    """Give somebody a new password, and sign them out everywhere."""
    password = _password(ask, once)
    with _ledger() as connection:
        clinicians.set_password(connection, name, password)
        audit.write(connection, time.time(), CONSOLE, "set_password", clinicians.name_of(name))
    return [f"{clinicians.name_of(name)} has a new password and is signed out everywhere."]


def remove_user(name: str) -> list[str]:
    """Let somebody in no more."""
    with _ledger() as connection:
        clinicians.remove(connection, name)
        audit.write(connection, time.time(), CONSOLE, "removed_user", clinicians.name_of(name))
        left = clinicians.anybody(connection)
    closed = [] if left else ["That was the last one: /clinic is closed."]
    return [f"{clinicians.name_of(name)} is signed out everywhere and cannot sign in any more.", *closed]


def users() -> list[str]:
    """One line a person: name, since when, last seen among those signed in."""
    with _ledger() as connection:
        listed = clinicians.listed(connection)
    return ["\t".join((c.name, when(c.made_at) or "", when(c.used_at) or "signed out")) for c in listed]


def log(most: int) -> list[str]:
    """One line a deed, the newest first: when, who, what, about which case or invitation."""
    with _ledger() as connection:
        deeds = audit.last(connection, most)
    return ["\t".join((when(deed.at) or "", deed.who, deed.what, deed.about)) for deed in deeds]


def _password(ask: Ask, once: bool) -> str:
    first = ask(PROMPTS[0])
    if not once and ask(PROMPTS[1]) != first:
        raise InputError("the two passwords differ; nothing was changed")
    return first
