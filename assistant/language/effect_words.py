"""The words that say what causes a change and what the change is, out of `knowledge/measures.yml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.language.words import stem


@dataclass(frozen=True)
class Effects:
    """The kinds of words, by the stem they begin with: each a sequence of stems and its kind, the longest first."""

    kinds: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    @cached_property
    def walking(self) -> frozenset[str]:
        """The stems that words of walking begin with."""
        return frozenset(first for first, known in self.kinds.items() if any(kind == "walk" for _, kind in known))

    def at(self, stems: Sequence[str]) -> tuple[str, int]:
        """The kind of the words at the start of `stems` and how many they are; ("", 1) where nothing is known."""
        for phrase, kind in self.kinds.get(stems[0], ()):
            if tuple(stems[: len(phrase)]) == phrase:
                return kind, len(phrase)
        return "", 1


def effects(written: Mapping[str, Sequence[str]]) -> Effects:
    """The kinds of words as written in YAML."""
    listed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in written.items():
        for phrase in phrases:
            stems = tuple(stem(word) for word in str(phrase).split())
            listed.setdefault(stems[0], []).append((stems, kind))
    return Effects({first: tuple(sorted(found, key=lambda f: -len(f[0]))) for first, found in listed.items()})
