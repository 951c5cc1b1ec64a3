"""Cuts a message into the pieces that intents are recognised by: parts of words, words, and neighbouring words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby, pairwise

SHORTEST, LONGEST = 2, 4
"""Letters in a part of a word; the blank before and after a word counts as one."""
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_HELD_DOWN = re.compile(r"([^\d\s])\1{2,}")
_EMOJI = ("So", "Cn")  # Cn: newer than this Python's table of characters
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


def fold(text: str) -> tuple[str, ...]:
    """The words of `text` in the one form they are compared in.

    Lower case, no punctuation, "don't" is "dont", "hellooo" is "hello", every number is "0", an emoji is a word and said
    twice it is still one. Empty for blanks and bare punctuation.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).lower()
    tokens = _TOKEN.findall(_HELD_DOWN.sub(r"\1", plain))
    words = ["0" if t.isdigit() else t for t in tokens if t[0].isalnum() or _speaks(t)]
    return tuple(word for word, run in groupby(words) for _ in (run if word.isalnum() else (word,)))


def _speaks(sign: str) -> bool:
    return sign == "%" or unicodedata.category(sign) in _EMOJI


def parts(words: tuple[str, ...]) -> list[str]:
    """Every run of `SHORTEST` to `LONGEST` letters within a word: " ba", "bac", "back", "ack "..."""
    padded = [f" {word} " for word in words]
    return [p[i : i + n] for p in padded for n in range(SHORTEST, LONGEST + 1) for i in range(len(p) - n + 1)]


def phrases(words: tuple[str, ...]) -> list[str]:
    """Every word and every two neighbours, the edges of the message being neighbours too: "=go", "^ go", "go back"..."""
    return [*map(word_alone, words), *(f"{a} {b}" for a, b in pairwise(("^", *words, "$")))]


def word_alone(word: str) -> str:
    """The n-gram that a single word is."""
    return f"={word}"


def words_of(ngrams: Iterable[str]) -> list[str]:
    """The words among `ngrams`."""
    return [ngram[1:] for ngram in ngrams if ngram.startswith("=")]
