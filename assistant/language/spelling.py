"""Mends misspelt words, never one real word into another.

Only a word that neither the phrases nor ordinary English know is looked at, and only the phrases' own words are offered.
The list of ordinary English comes with symspellpy; the comparing is rapidfuzz's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
        self._ordinary = ordinary_words()
        self._alike: dict[tuple[str, int], list[str]] = {}
        self._shortened: dict[str, list[str]] = {}
        for word in sorted(word for word in self._known if len(word) >= SHORTEST):
            self._alike.setdefault((word[0], len(word)), []).append(word)
            for short in _shortened(word):
                self._shortened.setdefault(short, []).append(word)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def _mend(self, word: str) -> str:
        if word in self._slips:
            return self._slips[word]
        if not SHORTEST <= len(word) <= LONGEST or not (word.isascii() and word.isalpha()):
            return word
        if word in self._known or word in self._ordinary:
            return word
        near = self._nearest(word) or self._unrolled(word)
        return self._slips.get(near, near)

    def _nearest(self, word: str) -> str:
        """The known word that a slip or two away, "" where none is. Two slips need the same first letter."""
        near = self._one_slip_away(word)
        if len(word) == SHORTEST:
            near = [name for name in near if name[0] == word[0]]
        if not near and len(word) >= LONG:
            near = self._two_slips_away(word)
        return min(near, key=lambda name: (name[0] != word[0], -self._ordinary.get(name, 0), name), default="")

    def _one_slip_away(self, word: str) -> list[str]:
        """The known words that share what is left without one letter, and of these the ones a slip away."""
        near = dict.fromkeys(name for short in _shortened(word) for name in self._shortened.get(short, ()))
        return [name for name in near if OSA.distance(word, name, score_cutoff=1) <= 1]

    def _two_slips_away(self, word: str) -> list[str]:
        alike = [name for more in range(-2, 3) for name in self._alike.get((word[0], len(word) + more), ())]
        return [name for name, _, _ in process.extract(word, alike, scorer=OSA.distance, score_cutoff=2, limit=None)]

    def _unrolled(self, word: str) -> str:
        """ "sooooo" and "painnn": letters held down are let go."""
        short = "".join(c for i, c in enumerate(word) if word[i - 2 : i] != c * 2 or i < 2)
        single = "".join(c for i, c in enumerate(word) if i == 0 or word[i - 1] != c)
        return next((w for w in (short, single) if w != word and w in self._known), word)


def _shortened(word: str) -> list[str]:
    """A word as it is and without each of its letters: two words a slip apart have one of these in common."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]
