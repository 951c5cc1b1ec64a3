"""Mends misspelt words, never one real word into another.

Only a word that neither the phrases nor ordinary English know is looked at, and only the phrases' own words are offered.
The list of ordinary English comes with symspellpy; the comparing is rapidfuzz's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
"""A word with fewer letters is never mended: too many real words lie one letter away."""
LONG = 8
"""From this length on two slips are forgiven."""
RARE = 20_000
"""Below this count in the frequency list a word is not ordinary English but somebody's slip."""


@lru_cache(maxsize=1)
def ordinary_words() -> dict[str, int]:
    """English words with how often they are written, from the list that symspellpy ships."""
    listed = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    return {word: int(count) for word, count in (line.split() for line in listed.splitlines())}


class Speller:
    """Mends single words towards `known`, the words that phrases and cues are made of."""

    def __init__(self, known: Iterable[str]):
        self._known = frozenset(word for word in known if word.isalpha())
        self._targets = sorted(word for word in self._known if len(word) >= SHORTEST)
        self.mend = lru_cache(maxsize=50_000)(self._mend)

    def _mend(self, word: str) -> str:
        if len(word) < SHORTEST or not word.isascii() or not word.isalpha() or word in self._known:
            return word
        ordinary = ordinary_words()
        if ordinary.get(word, 0) >= RARE:
            return word
        allowed = 2 if len(word) >= LONG else 1
        near = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=allowed, limit=3)
        if not near:
            return self._unrolled(word)
        best = [name for name, distance, _ in near if distance == near[0][1]]
        best.sort(key=lambda name: (name[0] != word[0], -ordinary.get(name, 0), name))
        return best[0] if best[0][0] == word[0] or (near[0][1] == 1 and len(word) > SHORTEST) else word

    def _unrolled(self, word: str) -> str:
        """ "sooooo" and "painnn": letters held down are let go."""
        short = "".join(c for i, c in enumerate(word) if word[i - 2 : i] != c * 2 or i < 2)
        single = "".join(c for i, c in enumerate(word) if i == 0 or word[i - 1] != c)
        return next((w for w in (short, single) if w != word and w in self._known), word)
