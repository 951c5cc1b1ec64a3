"""The words around numbers, out of `knowledge/measures.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.language.effect_words import Effects, effects

Phrases = Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
"""Phrases by the name of their list, then by the word they are looked up with."""


@dataclass(frozen=True)
class Terms:
    """Word sets by name, phrases by name (each a tuple of words) and first or last word, the units of time, the loose numbers,
    and the words that say what walking does."""

    sets: Mapping[str, frozenset[str]]
    by_first: Phrases
    by_last: Phrases
    span: Mapping[str, str]
    loose: Mapping[str, float]
    effects: Effects

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]

    def begins(self, name: str, words: Sequence[str]) -> int:
        """How many words the longest phrase of `name` takes at the start of `words`; 0 where none stands there."""
        known = self.by_first[name].get(words[0], ()) if words else ()
        return max((len(p) for p in known if tuple(words[: len(p)]) == p), default=0)

    def ends(self, name: str, words: Sequence[str]) -> int:
        """How many words the longest phrase of `name` takes at the end of `words`; 0 where none stands there."""
        known = self.by_last[name].get(words[-1], ()) if words else ()
        return max((len(p) for p in known if tuple(words[-len(p) :]) == p), default=0)


def terms(written: Mapping[str, Any]) -> Terms:
    """The terms as written in YAML."""
    listed = {name: [str(w) for w in words] for name, words in written.items() if isinstance(words, list)}
    return Terms(
        sets={name: frozenset(words) for name, words in listed.items()},
        by_first={name: _looked_up(words, 0) for name, words in listed.items()},
        by_last={name: _looked_up(words, -1) for name, words in listed.items()},
        span=written["span"],
        loose={word: float(number) for word, number in written["loose"].items()},
        effects=effects(written["effects"]),
    )


def _looked_up(phrases: Sequence[str], at: int) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases by their first (0) or last (-1) word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[at], []).append(words)
    return {word: tuple(known) for word, known in found.items()}
