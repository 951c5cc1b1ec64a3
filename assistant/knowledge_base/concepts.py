"""Finds which concepts a piece of text names, by the stems of its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from snowballstemmer import stemmer

Pattern = tuple[frozenset[str] | None, ...]
"""The stems that may stand at each place of a phrase; None leaves up to `GAP` other words."""

GAP = 4
LEFT_OPEN = ".."

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")
_CLASS = re.compile(r"<(\w+)>")
_STEMMER = stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what all forms of a lower-case word share: "walk" for "walks" and "walking"."""
    return str(_STEMMER.stemWord(word))


def stems_of(text: str, skip: Collection[str] = ()) -> list[str]:
    """Return the stems of the words of a text, without the words (in lower case) to skip."""
    words = _WORD.findall(_APOSTROPHES.sub("", text.lower()))
    return [stem(word) for word in words if word not in skip]


def compile_phrase(phrase: str, classes: Mapping[str, Sequence[str]], skip: Collection[str] = ()) -> Pattern:
    """Return the pattern of a phrase such as ``lift|raise .. <knee>``.

    Raises KeyError with the name of a class that does not exist, and ValueError where a phrase has
    no word at its beginning or its end.
    """
    plain = _CLASS.sub(lambda found: "|".join(classes[found[1]]), phrase.lower())
    places = [_place(part) for part in plain.split() if part not in skip]
    if not places or places[0] is None or places[-1] is None:
        raise ValueError(phrase)
    return tuple(places)


def _place(part: str) -> frozenset[str] | None:
    return None if part == LEFT_OPEN else frozenset(stem(word) for word in part.split("|"))


class Concepts:
    """Names with the phrases that express them, ready to be found in text."""

    def __init__(self, phrases: Mapping[str, Iterable[Pattern]], skip: Collection[str] = ()) -> None:
        self._skip = frozenset(skip)
        self._starting: dict[str, list[tuple[str, Pattern]]] = {}
        for name, patterns in phrases.items():
            for pattern in patterns:
                for first in pattern[0] or ():
                    self._starting.setdefault(first, []).append((name, pattern))

    def named_in(self, text: str) -> frozenset[str]:
        """Return the names of the concepts that a text expresses."""
        stems = stems_of(text, self._skip)
        found: set[str] = set()
        for place, word in enumerate(stems):
            for name, pattern in self._starting.get(word, ()):
                if name not in found and _fits(pattern[1:], stems, place + 1):
                    found.add(name)
        return frozenset(found)


def _fits(pattern: Pattern, stems: Sequence[str], place: int) -> bool:
    """Tell whether the rest of a pattern stands at a place of the text."""
    if not pattern:
        return True
    expected = pattern[0]
    if expected is None:
        return any(_fits(pattern[1:], stems, later) for later in range(place, place + GAP + 1))
    return place < len(stems) and stems[place] in expected and _fits(pattern[1:], stems, place + 1)
