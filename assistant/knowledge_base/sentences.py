"""Splits running English text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_ABBREVIATED = re.compile(
    r"\b(?:approx|ca|cf|dr|e\.?g|etc|figs?|hrs?|i\.?e|incl|max|mins?|nos?|pp?|prof|resp|secs?|st|vs|wks?)"
    r"\.[\"'”’)\]]*\s*$",
    re.IGNORECASE,
)
"""A word that may end in a full stop in the middle of a sentence."""

_NUMBERING = re.compile(r"(?:^|[.:;!?]\s+)\(?\d{1,2}\.\s*$")
_OPENING = re.compile(r"(?<=\s)[\"'“‘(\[]{1,3}$")
_SPOKEN = re.compile(r"[.!?][\"'”’]\s*$")


@lru_cache(maxsize=1)
def _splitter() -> Language:
    """spaCy's English words and sentence marks, without a trained model."""
    import spacy

    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    rules = splitter.tokenizer.rules
    splitter.tokenizer.rules = {word: parts for word, parts in rules.items() if word not in ("s.", "h.")}  # units
    splitter.tokenizer.url_match = None  # takes minutes on a word of a million letters
    splitter.max_length = 10_000_000
    return splitter


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of every sentence of ``text``, in order, without outer blanks."""
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        if spans and _goes_on(text[spans[-1][0] : spans[-1][1]], text[start:end]):
            start = spans.pop()[0]
        spans.append((start, end))
    return [span for span in (_trimmed(text, *span) for span in spans) if span[0] < span[1]]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between sentence marks; an opening quote or bracket belongs to what follows."""
    start = 0
    for sentence in _splitter()(text).sents:
        end = sentence.end_char
        opening = _OPENING.search(text, start, end) if end < len(text) else None
        yield start, opening.start() if opening else end
        start = opening.start() if opening else end


def _goes_on(before: str, after: str) -> bool:
    """Tell whether two pieces belong to one sentence: "1. Kneel", "30 sec. on each side", "“Stop!” she said"."""
    if _NUMBERING.search(before) or not any(letter.isalpha() for letter in before):
        return True
    following = after.lstrip()
    if _ABBREVIATED.search(before):
        return following[:1].islower() or following[:1].isdigit()
    return following[:1].islower() and _SPOKEN.search(before) is not None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())
