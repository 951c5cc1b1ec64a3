"""Finds the headings, paragraphs and list items of a plain-text or Markdown file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.knowledge_base.markup import DROPPED

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•·▪◦–][ \t]+|\(?(?:\d{1,2}|[a-z])[.)][ \t]+|[QA]:[ \t]+|\|)")
_ANCHOR = re.compile(r"\[([A-Za-z][\w.]+)\][ \t]+")
_HASHES = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*$")
_UNFINISHED = re.compile(r"(?!.*[.!;…][\"'”’)\]]*\s).*(?:\?|[^.!;:,…])[\"'”’)\]]*")
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
    indented: bool = False
    width: int = NARROWEST_PAGE
    heading: bool = False


_BLANK = _Line(0, 0, "")
_END = _Line(0, 0, "end", heading=True)
"""Stands behind the last line: nothing follows the headings above it."""


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
    return line.indented or not (previous.item and _ended(previous, line.words))


def _read_lines(text: str) -> list[_Line]:
    found = [(m.start(), m.group().rstrip("\r\n")) for m in _LINE.finditer(text)]
    lines = [_as_line(start, raw) for start, raw in found]
    return _with_plain_headings(_with_widths(_with_marked_headings(lines, found)))


def _as_line(start: int, raw: str) -> _Line:
    words = raw.replace(DROPPED, "").strip()
    item = bool(words) and _ITEM.match(raw) is not None
    return _Line(start, start + len(raw.rstrip()), words, item, raw[:1].isspace())


def _with_marked_headings(lines: list[_Line], found: list[tuple[int, str]]) -> list[_Line]:
    """Mark the headings that Markdown marks: "## Like this", or underlined with = or -."""
    for place, (_, raw) in enumerate(found):
        if hashes := _HASHES.match(raw):
            words = raw[hashes.end() :].replace(DROPPED, "").strip().rstrip("#").rstrip()
            lines[place] = replace(lines[place], words=words, item=False, heading=True)
        elif not any(letter.isalpha() for letter in lines[place].words):
            lines[place] = replace(lines[place], words="", item=False)
            if _UNDERLINE.match(raw) and _is_single(lines, place - 1):
                lines[place - 1] = replace(lines[place - 1], heading=True)
    return lines


def _is_single(lines: list[_Line], place: int) -> bool:
    """Tell whether a line has no words above it, and no sentence in it."""
    above = lines[place - 1].words if place > 0 else ""
    return place >= 0 and not above and _UNFINISHED.fullmatch(lines[place].words) is not None


def _with_widths(lines: list[_Line]) -> list[_Line]:
    """Give every line the width of the widest line of its run of lines without a blank one."""
    run: list[int] = []
    for place, line in enumerate([*lines, _BLANK]):
        if line.words:
            run.append(place)
            continue
        width = max((len(lines[one].words) for one in run), default=0)
        for one in run:
            lines[one] = replace(lines[one], width=max(width, NARROWEST_PAGE))
        run = []
    return lines


def _with_plain_headings(lines: list[_Line]) -> list[_Line]:
    """Mark the short lines that stand alone as headings.

    Of several in a row only the first and the last, above a text, are headings; the others, and
    those above nothing, are a list that nobody marked, and no word of it may be lost.
    """
    near = [_BLANK, *lines, _BLANK]
    run: list[int] = []
    for place, line in enumerate([*lines, _END]):
        if not line.words:
            continue
        if place < len(lines) and _stands_alone(near[place], line, near[place + 2]):
            run.append(place)
            continue
        for one in run:
            heading = not line.heading if one == run[-1] else one == run[0]
            lines[one] = replace(lines[one], heading=heading, item=not heading)
        run = []
    return lines


def _stands_alone(before: _Line, line: _Line, after: _Line) -> bool:
    """Tell whether a line was ended by its writer, without the mark that ends a sentence."""
    words = line.words
    if not words or line.item or line.heading or len(words) > HEADING_LETTERS:
        return False
    if len(words.split()) > HEADING_WORDS or words[0].islower():
        return False
    if not _UNFINISHED.fullmatch(words):
        return False
    opens = not before.words or before.heading or _ended(before, words)
    return opens and (not after.words or after.item or after.heading or _ended(line, after.words))


def _ended(line: _Line, following: str) -> bool:
    """Tell whether the writer ended a line, though the next word would have fitted on it."""
    if _CLOSED_END.search(line.words):
        return True
    fits = len(line.words) + 1 + len(following.split()[0]) <= line.width
    return fits and not following[0].islower()
