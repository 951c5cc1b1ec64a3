"""Cuts a message into the pieces that intents are recognised by: parts of words, words, and neighbouring words."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

SHORTEST, LONGEST = 2, 4
"""Letters in a part of a word; the blank before and after a word counts as one."""
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_HELD_DOWN = re.compile(r"([^\d\s])\1{2,}")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


def fold(text: str) -> tuple[str, ...]:
    """The words of `text` in the one form they are compared in.

    Lower case, no punctuation, "don't" is "dont", "hellooo" is "hello", every number is "0", an emoji is a word and said
    twice it is still one. Empty for blanks and bare punctuation.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    tokens = _TOKEN.findall(_HELD_DOWN.sub(r"\1", plain))
    words = ["0" if t.isdigit() else t for t in tokens if t[0].isalnum() or unicodedata.category(t[0]) == "So"]
    return tuple(word for word, run in groupby(words) for _ in (run if word.isalnum() else (word,)))


def parts(words: tuple[str, ...]) -> list[str]:
    """Every run of `SHORTEST` to `LONGEST` letters within a word: " ba", "bac", "back", "ack "..."""
    padded = [f" {word} " for word in words]
    return [p[i : i + n] for p in padded for n in range(SHORTEST, LONGEST + 1) for i in range(len(p) - n + 1)]


def phrases(words: tuple[str, ...]) -> list[str]:
    """Every word and every two neighbours, the edges of the message being neighbours too: "=go", "^ go", "go back"..."""
    edged = ("^", *words, "$")
    return [*(f"={word}" for word in words), *(f"{a} {b}" for a, b in zip(edged, edged[1:], strict=False))]
