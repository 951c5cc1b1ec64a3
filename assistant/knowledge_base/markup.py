"""Takes Markdown's own signs out of a text, with every other character left in its place."""

from __future__ import annotations

import re

DROPPED = "\0"
"""Stands in the masked text for a character that is markup and not text."""

_MARKUP_BLOCKS = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*$"  # front matter
    r"|<!--(?:(?!<!--).)*?-->"
    r"|^[ \t]*(?:>[ \t]?)+"
    r"|^\ufeff",
    re.MULTILINE | re.DOTALL,
)
_MARKUP_WORDS = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)|\[\^?\d+\](?!\()")
_MARKUP_PAIRS = (
    re.compile(r"(?P<open>\[)[^\[\]\n]{1,300}(?P<close>\]\([^()\n]{0,300}\))"),
    re.compile(r"(?P<open>\*{1,3}|`{1,3})(?=[^\s*`])[^\n]{0,300}?(?<=[^\s*`])(?P<close>(?P=open))"),
    re.compile(r"(?<!\w)(?P<open>_{1,3})(?=[^\s_])[^\n]{0,300}?(?<=[^\s_])(?P<close>(?P=open))(?!\w)"),
)
_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_CELL_END = re.compile(r"[ \t]*\|[ \t]*(?=\S)")


def masked(text: str) -> str:
    """Return ``text``, of the same length, with Markdown's own signs taken out."""
    text = _MARKUP_BLOCKS.sub(lambda found: re.sub(r"[^\r\n]", " ", found.group()), text)
    text = _MARKUP_WORDS.sub(lambda found: DROPPED * len(found.group()), text)
    for pair in _MARKUP_PAIRS:
        text = pair.sub(_without_ends, text)
    return _ROW.sub(_with_semicolons, text)


def _with_semicolons(row: re.Match[str]) -> str:
    """Return a table row that keeps its first "|", as the mark of an item, and ends its cells with ";"."""
    cells = row.group().rstrip(" \t|").ljust(len(row.group()))
    first = cells.index("|") + 1
    return cells[:first] + _CELL_END.sub(lambda end: ";".ljust(len(end.group())), cells[first:])


def _without_ends(found: re.Match[str]) -> str:
    opening, closing = len(found["open"]), len(found["close"])
    return DROPPED * opening + found.group()[opening:-closing] + DROPPED * closing
