"""The bot's few marks as Telegram's HTML, cut into pieces that Telegram takes."""

import html
import re
import textwrap

MOST = 4000
"""UTF-16 units of one message; Telegram takes 4,096."""
BOLD = re.compile(r"\*\*(?=\S)(.+?)\*\*")
TAG = re.compile(r"<[^>]*>")
ITEM, QUOTE = "- ", "> "


def pieces(text: str, most: int = MOST) -> list[str]:
    """The text as HTML in pieces of at most ``most`` units, cut at line ends; no tag and no entity is ever cut."""
    cut: list[str] = []
    for line in (fitting for written in text.split("\n") for fitting in _fitting(written, most)):
        longer = f"{cut[-1]}\n{line}" if cut else line
        if cut and size(longer) <= most:
            cut[-1] = longer
        else:
            cut.append(line)
    return [piece.strip() for piece in cut if plain(piece).strip()]


def plain(piece: str) -> str:
    """A piece without its tags."""
    return html.unescape(TAG.sub("", piece))


def size(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le", "replace")) // 2


def _fitting(line: str, most: int) -> list[str]:
    """The line, or where it is too long shorter ones: an escaped character takes up to five places."""
    mark = line[:2] if line.startswith((ITEM, QUOTE)) else ""
    words = line[len(mark) :]
    whole = _line(mark, words)
    if size(whole) <= most:
        return [whole]
    return [_line(mark, part) for part in textwrap.wrap(words.replace("**", ""), most // 8)]


def _line(mark: str, words: str) -> str:
    marked = BOLD.sub(r"<b>\1</b>", html.escape(words, quote=False))
    if mark == QUOTE:
        return f"<blockquote>{marked}</blockquote>"
    return f"• {marked}" if mark == ITEM else marked
