"""Mends misspelt words, never one real word into another.

Only a word that neither the phrases nor ordinary English know is looked at, and only the phrases' own words are offered.
The list of ordinary English comes with symspellpy; the comparing is rapidfuzz's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""A word with fewer letters is never mended: too many real words lie one letter away."""
LONG = 8
"""From this length on two slips are forgiven."""
LONGEST = 24
"""A word with more letters is nobody's slip."""


@lru_cache(maxsize=1)
def ordinary_words() -> dict[str, int]:
    """English words with how often they are written, from the list that symspellpy ships."""
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in listed.splitlines())}


class Speller:
    """Mends single words towards `known`, the words that phrases and cues are made of. `slips` are mended as they say."""

    def __init__(self, known: Iterable[str], slips: Mapping[str, str] | None = None):
        self._slips = dict(slips or {})
        self._known = frozenset(word for word in known if word.isalpha())
        self._by_letter: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(word for word in self._known if len(word) >= SHORTEST):
            self._by_letter.setdefault(word[0], []).append(word)
            self._by_length.setdefault(len(word), []).append(word)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def _mend(self, word: str) -> str:
        if word in self._slips:
            return self._slips[word]
        if not SHORTEST <= len(word) <= LONGEST or not (word.isascii() and word.isalpha()):
            return word
        if word in self._known or word in ordinary_words():
            return word
        return self._nearest(word) or self._unrolled(word)

    def _nearest(self, word: str) -> str:
        """The known word that a slip or two away, "" where none is. Two slips need the same first letter."""
        allowed = 2 if len(word) >= LONG else 1
        near = _within(word, self._by_letter.get(word[0], ()), allowed)
        if len(word) > SHORTEST and (not near or near[0][1] > 1):
            like = [w for length in (-1, 0, 1) for w in self._by_length.get(len(word) + length, ())]
            near = _within(word, like, 1) or near
        best = [name for name, distance in near if distance == near[0][1]]
        return min(best, key=lambda name: (name[0] != word[0], -ordinary_words().get(name, 0), name), default="")

    def _unrolled(self, word: str) -> str:
        """ "sooooo" and "painnn": letters held down are let go."""
        short = "".join(c for i, c in enumerate(word) if word[i - 2 : i] != c * 2 or i < 2)
        single = "".join(c for i, c in enumerate(word) if i == 0 or word[i - 1] != c)
        return next((w for w in (short, single) if w != word and w in self._known), word)


def _within(word: str, names: Sequence[str], allowed: int) -> list[tuple[str, int]]:
    """The names at most so many slips away, nearest first."""
    found = process.extract(word, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(name, int(distance)) for name, distance, _ in found]
