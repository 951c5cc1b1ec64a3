"""Reads a plain-text or Markdown document into passages that can be quoted with their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.knowledge_base.blocks import Block, blocks
from assistant.knowledge_base.markup import DROPPED, masked
from assistant.knowledge_base.sentences import sentence_spans

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes."""

_OTHER_FORMATS = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word, OpenDocument, EPUB or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "an RTF file",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
}
"""How files of other formats begin, and what they are."""


@dataclass(frozen=True)
class Passage:
    """A sentence of a source, or one list item that carries an anchor.

    ``start`` and ``end`` are character offsets in the file; ``text`` is what stands there, on one
    line and without Markdown signs. ``section`` is the heading above it, "" where there is none.
    ``anchor`` is the name in brackets at the start of a list item: ``- [R06] Fever ...``.
    """

    id: str
    source: str
    section: str
    start: int
    end: int
    text: str
    anchor: str | None = None


def read_document(path: Path, source: str) -> tuple[Passage, ...]:
    """Return the passages of a file in order; ``source`` is the name they are quoted under.

    Raises InputError where the file is missing, empty, too large or not UTF-8 text.
    """
    passages = split_passages(read_text(path), source)
    if not passages:
        raise InputError(f"{path}: the file has no sentence in it; give a document with running text")
    return passages


def read_text(path: Path) -> str:
    """Return the text of a file, every line end and a byte order mark included, so that offsets hold."""
    content = _read_bytes(path)
    if not content.strip():
        raise InputError(f"{path}: the file is empty; give a document with running text")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{path}: byte 0: the text is UTF-16, not UTF-8; save it as UTF-8")
    _refuse_other_formats(path, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        place = f"byte {error.start} (line {line})"
        raise InputError(f"{path}: {place}: the text is not UTF-8; save it as UTF-8") from error


def split_passages(text: str, source: str) -> tuple[Passage, ...]:
    """Return the passages of a text in order; a text without a sentence gives none."""
    hidden = masked(text)
    found = ((block, *span) for block in blocks(hidden) for span in _sentences(hidden, block))
    return tuple(
        Passage(f"{source}:{number}", source, block.section, start, end, words, block.anchor)
        for number, (block, start, end, words) in enumerate(found, start=1)
    )


def _read_bytes(path: Path) -> bytes:
    if not path.exists():
        raise InputError(f"{path}: there is no such file; check the name and the folder")
    if not path.is_file():
        raise InputError(f"{path}: this is not a file; give a plain-text or Markdown file")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"{path}: the file cannot be opened ({error.strerror}); check who may read it") from error
    if len(content) > LARGEST_FILE:
        raise InputError(f"{path}: the file is larger than 2 MB; give the document alone, without its pictures")
    return content


def _refuse_other_formats(path: Path, content: bytes) -> None:
    beginning = content.lstrip()[:16]
    for signature, name in _OTHER_FORMATS.items():
        if beginning.startswith(signature) or beginning.lower().startswith(signature):
            raise InputError(f"{path}: this is {name}, not plain text; save it as plain text or Markdown in UTF-8")
    if b"\0" in content:
        place = content.index(b"\0")
        raise InputError(f"{path}: byte {place}: this is a binary file, not plain text; save it as plain text in UTF-8")


def _sentences(hidden: str, block: Block) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, words)`` of each sentence of a block, with its offsets in the text."""
    words, places = _on_one_line(hidden, block)
    spans = [(0, len(words))] if block.anchor else sentence_spans(words)
    for first, last in spans:
        if any(letter.isalpha() for letter in words[first:last]):
            yield places[first], places[last - 1] + 1, words[first:last]


def _on_one_line(hidden: str, block: Block) -> tuple[str, list[int]]:
    """Return the block's text with single blanks, and the place in the text of each of its letters."""
    letters: list[str] = []
    places: list[int] = []
    for place in range(block.start, block.end):
        letter = " " if hidden[place].isspace() else hidden[place]
        if letter != DROPPED and (letter != " " or (letters and letters[-1] != " ")):
            letters.append(letter)
            places.append(place)
    if letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return "".join(letters), places
