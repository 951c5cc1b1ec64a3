"""A conversation that cannot be read now. Rasa would take a fault for "there is none" and begin anew, and with the next turn the
new beginning would be written over what was told; so what stands for it breaks the turn off instead."""

from __future__ import annotations

from typing import Any, NoReturn

from rasa.shared.core.trackers import DialogueStateTracker


class UnreachableError(Exception):
    """The database is away and this process does not know the conversation; it says so instead of asking everything again."""


class Unreachable(DialogueStateTracker):  # type: ignore[misc]
    """Stands for a stored conversation. Whatever would look at it or add to it raises UnreachableError."""

    def applied_events(self, *given: Any, **named: Any) -> NoReturn:
        raise UnreachableError("the database is away")

    def update(self, *given: Any, **named: Any) -> NoReturn:
        raise UnreachableError("the database is away")
