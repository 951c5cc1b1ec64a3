"""What a plan is made of: parts that open and close, and lines with the sentences that support them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.picturing import Picture
from assistant.triage.rules import Evidence


@dataclass(frozen=True)
class Line:
    """One line of the plan and the sentences that support it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True)
class Part:
    """One part of the plan that opens and closes: a title and its lines."""

    id: str
    title: str
    lines: tuple[Line, ...]
