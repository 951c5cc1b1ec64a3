"""Reads the tagged messages: the text as a person wrote it, and what it is expected to say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TAGGED = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
SIGNS = {"+": "present", "-": "denied", "@": "other_person", "~": "past", "?": "hypothetical"}


@dataclass(frozen=True)
class Tag:
    """One expectation: the standing, the finding, and the value as written ("" for yes/no findings)."""

    standing: str
    finding: str
    value: str


@dataclass(frozen=True)
class Message:
    """One message and its expectations."""

    text: str
    tags: frozenset[Tag]


def read_messages(path: Path) -> list[Message]:
    """The messages of a file, one a line; blank lines and lines that begin with # are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_message(line) for line in lines if line.strip() and not line.startswith("#")]


def _message(line: str) -> Message:
    tags = (tag for _, written in TAGGED.findall(line) for tag in written.split())
    return Message(TAGGED.sub(r"\1", line), frozenset(_tag(tag) for tag in tags))


def _tag(written: str) -> Tag:
    finding, _, value = written[1:].partition("=")
    return Tag(SIGNS[written[0]], finding, value)
