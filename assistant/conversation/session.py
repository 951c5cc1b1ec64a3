"""What is remembered of one conversation, as one immutable value that goes into a Rasa slot and out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True)
class Session:
    """One person's conversation so far.

    `findings`: id to value, None for "asked, does not know". `words`: the person's own words for a finding.
    `asked`: the id of the question that is open. `tries`: how often each question was put, `put`: all of them together.
    `answered`: questions in the order they were answered, each with the findings it brought.
    `misses`: turns in a row that were not understood.
    `imagined`: flags of a hypothetical question, waiting for "is that happening to you?". `result`: the last verdict told.
    `alerted`: the level and the findings of the alert that stands. `revising`: the open question asks for a new answer to what
    is known. `depends`: "depends on what?" was asked. `echoed`: the last thing said shows back what was understood;
    `disputed`: the person said that it was wrong, but not yet what is right.
    """

    findings: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None
    tries: Mapping[str, int] = field(default_factory=dict)
    put: int = 0
    answered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    misses: int = 0
    imagined: tuple[str, ...] = ()
    alerted: str = ""
    result: str = ""
    greeted: bool = False
    revising: bool = False
    depends: bool = False
    echoed: bool = False
    disputed: bool = False

    @classmethod
    def of(cls, slot: Mapping[str, Any] | None) -> Session:
        """The session out of a slot's value; an empty or older value gives what can be had of it."""
        known = {f.name for f in fields(cls)}
        kept = {name: value for name, value in (slot or {}).items() if name in known}
        kept["answered"] = tuple((q, tuple(ids)) for q, ids in kept.get("answered", ()))
        kept["imagined"] = tuple(kept.get("imagined", ()))
        return cls(**kept)

    def slot(self) -> dict[str, Any]:
        """The value to keep in the slot: plain JSON."""
        return asdict(self)

    def told(self, **changes: Any) -> Session:
        return replace(self, **changes)

    def without(self, ids: tuple[str, ...]) -> Session:
        """The session with some findings forgotten."""
        return replace(
            self,
            findings={k: v for k, v in self.findings.items() if k not in ids},
            words={k: v for k, v in self.words.items() if k not in ids},
        )
