"""Finds the headings, paragraphs and list items of a plain-text or Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•·▪◦–][ \t]+|\(?(?:\d{1,2}|[a-z])[.)][ \t]+|\|)")
_ANCHOR = re.compile(r"\[([A-Za-z][\w.]+)\][ \t]+")
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*$")
_OPEN_END = re.compile(r"[^.!?;:,…][\"'”’)\]]*$")
_CLOSED_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")

HEADING_LETTERS, HEADING_WORDS, NARROWEST_PAGE = 80, 12, 40


@dataclass(frozen=True)
class Block:
    """A paragraph, or one list item; ``start`` and ``end`` are offsets in the text."""

    section: str
    anchor: str | None
    start: int
    end: int


@dataclass(frozen=True)
class _Line:
    """``words`` is what is left to read of the line; ``width`` that of the widest line near it."""

    start: int
    end: int
    words: str
    item: bool = False
    width: int = NARROWEST_PAGE
    heading: bool = False


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


def blocks(text: str) -> Iterator[Block]:
    """Yield the paragraphs and list items of a masked text, each with the heading above it."""
    section, current = "", None
    previous: _Line | None = None
    for line in _read_lines(text):
        joins = current is not None and previous is not None and _joins(previous, line)
        if current and joins:
            current = replace(current, end=line.end)
        else:
            if current:
                yield current
            current = None
            if line.heading:
                section = line.words
            elif line.words:
                current = _opened(text, line, section)
        previous = line
    if current:
        yield current


def _opened(text: str, line: _Line, section: str) -> Block:
    """Start a block at a line, behind its list mark and its anchor."""
    mark = _ITEM.match(text, line.start) if line.item else None
    start = mark.end() if mark else line.start
    anchor = _ANCHOR.match(text, start) if mark else None
    return Block(section, anchor and anchor.group(1), anchor.end() if anchor else start, line.end)


def _joins(previous: _Line, line: _Line) -> bool:
    """Tell whether a line carries on the paragraph or the item of the line before."""
    if not line.words or line.item or line.heading:
        return False
    indented = line.words != "" and line.end - line.start > len(line.words)
    return indented or not (previous.item and _CLOSED_END.search(previous.words))


def _read_lines(text: str) -> list[_Line]:
    found = [(m.start(), m.group().rstrip("\r\n")) for m in _LINE.finditer(text)]
    lines = [_as_line(start, raw) for start, raw in found]
    return _with_plain_headings(_with_widths(_with_marked_headings(lines, found)))


def _as_line(start: int, raw: str) -> _Line:
    words = raw.replace(DROPPED, "").strip()
    item = bool(words) and _ITEM.match(raw) is not None
    return _Line(start, start + len(raw.rstrip()), words, item)


def _with_marked_headings(lines: list[_Line], found: list[tuple[int, str]]) -> list[_Line]:
    """Mark the headings that Markdown marks: "## Like this", or underlined with = or -."""
    for place, (_, raw) in enumerate(found):
        if hashes := _HASHES.match(raw):
            words = raw[hashes.end() :].replace(DROPPED, "").strip().rstrip("#").rstrip()
            lines[place] = replace(lines[place], words=words, item=False, heading=True)
        elif _UNDERLINE.match(raw) and place and lines[place - 1].words:
            lines[place] = replace(lines[place], words="", item=False)
            lines[place - 1] = replace(lines[place - 1], heading=True)
        elif not any(letter.isalpha() for letter in lines[place].words):
            lines[place] = replace(lines[place], words="", item=False)
    return lines


def _with_widths(lines: list[_Line]) -> list[_Line]:
    """Give every line the width of the widest line of its run of lines without a blank one."""
    run: list[int] = []
    for place, line in enumerate([*lines, _Line(0, 0, "")]):
        if line.words:
            run.append(place)
            continue
        width = max((len(lines[one].words) for one in run), default=0)
        for one in run:
            lines[one] = replace(lines[one], width=max(width, NARROWEST_PAGE))
        run = []
    return lines


def _with_plain_headings(lines: list[_Line]) -> list[_Line]:
    """Mark short lines that stand alone; three or more in a row are a list under the first."""
    blank = _Line(0, 0, "")
    run = 0
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else blank
        after = lines[place + 1] if place + 1 < len(lines) else blank
        alone = not line.heading and _stands_alone(before, line, after)
        run = run + 1 if alone else 0
        if alone:
            lines[place] = replace(line, heading=True)
        if run >= 3:
            lines[place] = replace(line, item=True, heading=False)
            lines[place - 1] = replace(lines[place - 1], item=True, heading=False)
    return lines


def _stands_alone(before: _Line, line: _Line, after: _Line) -> bool:
    """Tell whether a line was ended by its writer, without the mark that ends a sentence."""
    words = line.words
    if not words or line.item or len(words) > HEADING_LETTERS:
        return False
    if len(words.split()) > HEADING_WORDS or words[0].islower():
        return False
    if not (_OPEN_END.search(words) or words.endswith("?")):
        return False
    opens = not before.words or before.heading or _ended(before, words)
    return opens and (not after.words or after.item or after.heading or _ended(line, after.words))


def _ended(line: _Line, following: str) -> bool:
    """Tell whether the writer ended a line, though the next word would have fitted on it."""
    if _CLOSED_END.search(line.words):
        return True
    fits = len(line.words) + 1 + len(following.split()[0]) <= line.width
    return fits and not following[0].islower()
