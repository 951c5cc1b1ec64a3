"""Prints a hand-over as a PDF: one sheet where it fits, else as many as it takes, each with its number."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timezone

from fpdf.fonts import FontFace

from assistant.clinic.case import Case
from assistant.clinic.handover.fonts import Fonts, fonts_for
from assistant.clinic.handover.pages import text_lines
from assistant.clinic.handover.parts import Entry, Row, Said, Section
from assistant.clinic.handover.sections import HandOver, hand_over
from assistant.clinic.handover.sheet import Sheet
from assistant.errors import InputError

PAPER = "PSOAS_PAPER"
PAPERS = ("a4", "letter")
SIZES = (8.6, 8, 7.4, 7, 6.6)
"""Sizes of the letters in points: the first with which all fits on one sheet, else the last."""
COLUMNS = (32, 24, 44)
"""Shares of the table's width."""
CELL = 1500
"""Characters of one cell of the table; what is longer goes on in the next row, so that a row fits on a sheet."""


def as_pdf(case: Case) -> bytes:
    """A hand-over as a PDF; the paper is that of PSOAS_PAPER, a4 unless it says letter. Raises InputError for any other."""
    return print_on(case, os.environ.get(PAPER, PAPERS[0]).lower())


def print_on(case: Case, paper: str) -> bytes:
    """The PDF of a case on that paper; the same case, knowledge and fonts give the same bytes."""
    if paper not in PAPERS:
        raise InputError(f"{PAPER}={paper}: give one of {', '.join(PAPERS)}")
    page = hand_over(case)
    fonts = fonts_for(text_lines(page))
    for points in SIZES:
        sheet = _printed(page, fonts, Sheet(paper, fonts, points, page.page))
        if sheet.page_no() == 1:
            break
    sheet.set_creation_date(datetime.fromtimestamp(case.updated_at, timezone.utc))
    return bytes(sheet.output())


def _printed(page: HandOver, fonts: Fonts, sheet: Sheet) -> Sheet:
    sheet.set_title(f"{page.title}: {page.case}")
    sheet.set_lang("en-GB")
    _head(page, sheet)
    for section in page.sections:
        _section(section, sheet)
    sheet.down(0.5)
    sheet.put(page.made_by, size=0.92)
    return sheet


def _head(page: HandOver, sheet: Sheet) -> None:
    sheet.put(page.title, "B", 1.5)
    sheet.down(1.7)
    sheet.bar(page.verdict, 1.2, dark=page.alarm)
    sheet.down(0.2)
    for name, value in page.heads:
        if not sheet.has_room(f"{name}: {value}"):
            sheet.down()
        sheet.put(f"{name}: ", "I")
        sheet.put(value)
        sheet.put("    ")
    sheet.down()


def _section(section: Section, sheet: Sheet) -> None:
    _title(section, sheet)
    size = 1.12 if section.alarm else 1.0
    if section.text:
        sheet.put(section.text)
        sheet.down()
    for entry in section.entries:
        _entry(entry, sheet, "!" if section.alarm else "–", size)
    if section.alarm:
        sheet.down(0.15)
        sheet.across(0.8)
    if section.rows:
        _table(section, sheet)


def _title(section: Section, sheet: Sheet) -> None:
    sheet.down(0.35)
    if sheet.will_page_break(sheet.height(3)):
        sheet.add_page()
    if section.alarm:
        sheet.bar(f"! {section.title.upper()}", 1.2, dark=True)
        sheet.down(0.2)
        return
    sheet.put(section.title, "B", 1.08)
    sheet.down(1.08)
    sheet.across(0.3)
    sheet.down(0.1)


def _entry(entry: Entry, sheet: Sheet, mark: str, size: float) -> None:
    sheet.put(f"{mark} ", "B" if mark == "!" else "", size)
    with sheet.indented():
        sheet.put(entry.lead, "B", size)
        if entry.text:
            sheet.put(f"  {entry.text}", "", size)
        for said in entry.said:
            sheet.put("  ", "", size)
            sheet.put(f"“{said.words}”", "I", size)
            sheet.put(f" ({said.where})", "", size)
        for line in entry.below:
            sheet.down(size)
            sheet.put(line, "", size)
    sheet.down(size)


def _table(section: Section, sheet: Sheet) -> None:
    sheet.set_font("own", "", sheet.points)
    sheet.shape(
        *section.columns, *(text for row in section.rows for text in (row.finding, row.answer, _words(row.said)))
    )
    bold = FontFace(emphasis="BOLD")
    options = {"col_widths": COLUMNS, "line_height": sheet.height(), "padding": (0.25, 1)}
    with sheet.table(headings_style=bold, text_align="LEFT", v_align="TOP", **options) as table:
        table.row(section.columns)
        for row in section.rows:
            for cells in _cells(row, sheet.lettering) if row.said else ():
                table.row(cells)
    for row in section.rows:
        if not row.said:
            _spanning(row, sheet)


def _spanning(row: Row, sheet: Sheet) -> None:
    """A row without words of its own: a paragraph below the table."""
    sheet.down(0.15)
    sheet.put(f"{row.finding}: ", "B")
    sheet.put(row.answer)
    sheet.down(1.15)
    sheet.across(0.1)


def _cells(row: Row, fonts: Fonts) -> Iterator[tuple[str, ...]]:
    """A row as one or more rows of the table, none higher than a sheet."""
    shown = [fonts.shown(part) for part in (row.finding, row.answer, _words(row.said))]
    for start in range(0, max(map(len, shown)), CELL):
        yield tuple(part[start : start + CELL] for part in shown)


def _words(said: tuple[Said, ...]) -> str:
    return " ".join(f"“{one.words}” ({one.where})" for one in said)
