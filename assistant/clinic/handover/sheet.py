"""A sheet of a hand-over's PDF: its letters, its paper, its number at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF

from assistant.clinic.handover.fonts import Fonts

MARGIN = 10.5
"""Millimetres on every side."""
LEADING = 0.435
"""Millimetres from line to line for each point of the letters."""
SIMPLE = re.compile(
    "[\\x00-\u02ff\u0370-\u0482\u048a-\u0530\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u218f]*"
)
"""Letters and signs of Latin, Greek and Cyrillic writing, which stand one after the other as they are."""
INDENT = 3.5
"""Millimetres that the lines of an entry stand to the right of its mark."""


class Sheet(FPDF):
    """`points`: size of the letters; `foot`: the line at the foot, with places for {page} and {pages}."""

    def __init__(self, paper: str, fonts: Fonts, points: float, foot: str) -> None:
        super().__init__(format=paper)
        self.lettering, self.points, self.foot = fonts, points, foot
        for style, path in fonts.own.items():
            self.add_font("own", style, path)
        for name, path in fonts.others.items():
            self.add_font(name, "", path)
        if fonts.others:
            self.set_fallback_fonts(list(fonts.others), exact_match=False)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN + 2)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font("own", "", 7)
        self.shape("")
        self.cell(0, 4, self.foot.replace("{page}", str(self.page_no())).replace("{pages}", "{nb}"), align="R")

    def height(self, size: float = 1.0) -> float:
        """Millimetres from line to line for letters of that size, relative to the sheet's."""
        return self.points * LEADING * size

    def shape(self, *texts: str) -> None:
        """Letters that join, stack or run from right to left are put into form; for all others that takes time for nothing."""
        self.set_text_shaping(use_shaping_engine=not all(map(SIMPLE.fullmatch, texts)))

    def put(self, text: str, style: str = "", size: float = 1.0) -> None:
        """Go on writing in the line; a word that is too long for a line is broken."""
        self.set_font("own", style, self.points * size)
        self.shape(text)
        self.write(self.height(size), self.lettering.shown(text))

    def has_room(self, text: str) -> bool:
        """Whether a text fits into the rest of the line; at the beginning of one it always has."""
        self.set_font("own", "", self.points)
        self.shape(text)
        width = float(self.get_string_width(self.lettering.shown(text)))
        return bool(self.get_x() <= self.l_margin + self.c_margin) or self.get_x() + width <= self.w - self.r_margin

    def down(self, lines: float = 1.0) -> None:
        """To the beginning of the next line, or a part of one down."""
        self.ln(self.height(lines))

    def bar(self, text: str, size: float, *, dark: bool) -> None:
        """A line of bold letters in a frame, white on black where it is an alarm."""
        self.set_font("own", "B", self.points * size)
        self.set_fill_color(0 if dark else 255)
        self.set_text_color(255 if dark else 0)
        self.shape(text)
        height = self.height(size * 1.2)
        self.multi_cell(0, height, self.lettering.shown(text), border=1, fill=True, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(0)

    def across(self, thickness: float) -> None:
        """A line from margin to margin."""
        self.set_line_width(thickness)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self.set_line_width(0.2)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Lines that begin a little to the right."""
        left = self.l_margin
        self.set_left_margin(left + INDENT)
        try:
            yield
        finally:
            self.set_left_margin(left)
