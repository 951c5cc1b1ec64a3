"""The words around numbers, out of `knowledge/measures.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Terms:
    """Word sets by name, phrases by name (each a tuple of words), the units of time and the loose numbers."""

    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    span: Mapping[str, str]
    loose: Mapping[str, float]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]

    def begins(self, name: str, words: Sequence[str]) -> bool:
        """Whether one of the phrases `name` stands at the start of `words`."""
        return any(tuple(words[: len(phrase)]) == phrase for phrase in self.phrases[name])


def terms(written: Mapping[str, Any]) -> Terms:
    """The terms as written in YAML."""
    listed = {name: [str(w) for w in words] for name, words in written.items() if isinstance(words, list)}
    return Terms(
        sets={name: frozenset(words) for name, words in listed.items()},
        phrases={name: tuple(tuple(w.split()) for w in words) for name, words in listed.items()},
        span=written["span"],
        loose={word: float(number) for word, number in written["loose"].items()},
    )
