"""Prints a hand-over as a page of its own, and as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.clinic.case import Case
from assistant.clinic.handover.parts import Entry, Row, Said, Section
from assistant.clinic.handover.sections import HandOver, hand_over

PAGES = Path(__file__).parent / "templates"
WIDTH = 100
"""Characters of a line of plain text; a longer word is broken."""
CROWDED = {"crowded-most": 122, "crowded": 106}
"""Class of a page to the lines of plain text above which it is printed in smaller letters."""


@cache
def pages() -> Environment:
    """The templates of the clinic's pages; whatever is put into one is escaped."""
    return Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def as_html(case: Case) -> bytes:
    """A hand-over as one HTML file without a script or an address in it, to read or to print on A4 or Letter."""
    page = hand_over(case)
    return pages().get_template("handover.html").render(page=page, print_class=_print_class(page)).encode()


def _print_class(page: HandOver) -> str:
    """How small the letters of the printed page are, so that it stays one sheet."""
    lines = sum(1 for _ in text_lines(page))
    return next((name for name, most in CROWDED.items() if lines > most), "")


def as_text(case: Case) -> bytes:
    """A hand-over to read in a terminal."""
    return "".join(f"{line}\n" for line in text_lines(hand_over(case))).encode()


def text_lines(page: HandOver) -> Iterator[str]:
    """The lines of the plain text, none longer than WIDTH."""
    yield from (page.title, "=" * len(page.title), page.verdict.upper() if page.alarm else page.verdict, "")
    for name, value in page.heads:
        yield from _wrapped(f"{name + ':':<12} {value}", 13)
    for section in page.sections:
        yield from ("", section.title.upper() if section.alarm else section.title, "-" * len(section.title))
        yield from _section(section)
    yield ""
    yield from _wrapped(page.made_by, 0)


def _section(section: Section) -> Iterator[str]:
    yield from _wrapped(section.text, 0)
    for entry in section.entries:
        yield from _entry(entry, "! " if section.alarm else "- ")
    for row in section.rows:
        yield from _wrapped(_row(row), 4)


def _entry(entry: Entry, mark: str) -> Iterator[str]:
    parts = (entry.lead, f"({entry.text})" if entry.text else "", _words(entry.said))
    yield from _wrapped(mark + " ".join(filter(None, parts)), 4)
    for line in entry.below:
        yield from _wrapped(f"    {line}", 6)


def _row(row: Row) -> str:
    words = _words(row.said)
    return f"{row.finding}: {row.answer}" + (f" {words}" if words else "")


def _words(said: Sequence[Said]) -> str:
    return " ".join(f"“{one.words}” ({one.where})" for one in said)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=" " * indent, break_on_hyphens=False)
