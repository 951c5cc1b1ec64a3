"""Finds the phrases of `knowledge/phrases` in a message. How they are written stands in `phrase_syntax`."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from assistant.errors import InputError
from assistant.language.phrase_syntax import fault_of, steps_of
from assistant.language.phrase_tree import Line, Node, Used, line_of, walk
from assistant.language.words import Word

NEAR = 8
"""Words that may lie between the two sides of `&`."""
WIDEST = 40
"""Words that one side of `&` may stretch over."""

T = TypeVar("T")


class Found(Generic[T]):
    """A phrase found: what it stands for, and the positions in the message's words it used up, in order. Dozens are made for
    every message, which is why it is no dataclass; none is changed."""

    __slots__ = ("first", "last", "used", "what")

    def __init__(self, what: T, used: Used):
        self.what, self.used, self.first, self.last = what, used, used[0], used[-1]


@dataclass(frozen=True)
class Half:
    """One side of an `x & y` phrase."""

    pair: int
    side: int


@dataclass(frozen=True)
class Halves:
    """All sides of `x & y` phrases that end in one state, in order, and the numbers of the pairs that they are a first or a
    second side of. Hundreds end with a word like "pain", so they are looked at one by one only where the other side is
    there too."""

    listed: tuple[Half, ...]
    first: frozenset[int]
    second: frozenset[int]


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hundreds of thousands of states are made and kept: looking for garbage among them takes two fifths of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Patterns(Generic[T]):
    """All phrases in one tree and the word classes (`<numb>`) in another, compiled once."""

    @_nothing_collected()
    def __init__(
        self,
        phrases: Sequence[tuple[str, T]],
        classes: Mapping[str, Sequence[str]],
        forms: Mapping[str, str],
        written: Mapping[str, str] | None = None,
    ):
        """`written` tells the place of a phrase. Raises InputError naming every wrong phrase, its place and a remedy.

        An entry of a class that is nothing but filler words is always there, so it is passed over.
        """
        self._classes: Node[str] = Node()
        self._phrases: Node[T | Half | Halves] = Node()
        self._meant = [what for _, what in phrases]
        entries = [(n, entry) for n, listed in classes.items() for entry in listed if steps_of(entry, forms)]
        faults = [f'word class {name}: "{entry}": {_fault(entry, {}, forms)}' for name, entry in entries]
        places = written or {}
        faults += [f'{places.get(p, "phrase")}: "{p}": {_fault(p, classes, forms)}' for p, _ in phrases]
        if wrong := [fault for fault in faults if not fault.endswith(": ")]:
            raise InputError(*wrong)
        for name, entry in entries:
            self._classes.grow(entry, f"<{name}>", forms)
        self._words = self._classes.take_single()
        for number, (phrase, what) in enumerate(phrases):
            sides = phrase.split("&")
            for side, part in enumerate(sides):
                self._phrases.grow(part, what if len(sides) == 1 else Half(number, side), forms)
        _gather(self._phrases)
        self._symbols = lru_cache(maxsize=20_000)(self._symbols_of)
        self._known = frozenset(self._words) | self._classes.symbols() | self._phrases.symbols()
        self._classes, self._phrases = self._classes.merged({}), self._phrases.merged({})

    def find(self, words: Sequence[Word]) -> list[Found[T]]:
        """Every phrase found in a message, in order of its first word; overlapping ones are all given."""
        line = self._line(words)
        found: list[Found[T]] = []
        sides: list[tuple[Halves, Used]] = []
        for clause in line.clauses:
            for end, _, used in walk(self._phrases, line, clause):
                if isinstance(end, Halves):
                    sides.append((end, used))
                elif not isinstance(end, Half):
                    found.append(Found(end, used))
        found.extend(Found(self._meant[pair], used) for pair, used in _pairs(sides, words))
        return sorted(found, key=lambda f: f.used)

    def _line(self, words: Sequence[Word]) -> Line:
        """The line of a message, with the word classes found in it."""
        line = line_of(words, self._symbols)
        longer = [found for clause in line.clauses for found in walk(self._classes, line, clause)]
        for name, after, used in dict.fromkeys(longer):
            place = line.places[line.place_of[used[0]]]
            place[name] = [*place.get(name, ()), (after, used)]
            line.symbols.add(name)
        return line

    def _symbols_of(self, norm: str, stem: str) -> tuple[str, ...]:
        """What phrases may read a word as: its stem, its exact form, and the classes it is a word of."""
        own = [symbol for symbol in ("=" + norm, stem) if symbol in self._known]
        return tuple(dict.fromkeys([*own, *(name for symbol in own for name in self._words.get(symbol, ()))]))


def _gather(node: Node[T | Half | Halves]) -> None:
    """Put the sides of pairs that end in a state together, in this state and all behind it."""
    halves = tuple(end for end in node.ends if isinstance(end, Half))
    if halves:
        first, second = (frozenset(h.pair for h in halves if h.side == side) for side in (0, 1))
        node.ends = [*(end for end in node.ends if not isinstance(end, Half)), Halves(halves, first, second)]
    for following in (*node.next.values(), *([node.gap] if node.gap else [])):
        _gather(following)


def _pairs(sides: Sequence[tuple[Halves, Used]], words: Sequence[Word]) -> Iterator[tuple[int, Used]]:
    """The `x & y` phrases of which both sides were found close enough to each other, by their numbers."""
    both = set().union(*(end.first for end, _ in sides)).intersection(set().union(*(end.second for end, _ in sides)))
    found: dict[int, tuple[list[Used], list[Used]]] = {}
    for end, used in sides:
        if both.isdisjoint(end.first) and both.isdisjoint(end.second):
            continue
        for half in end.listed:
            if half.pair in both:
                found.setdefault(half.pair, ([], []))[half.side].append(used)
    for pair, (left, right) in found.items():
        for used in _join(left, right, words):
            yield pair, used


def _fault(phrase: str, classes: Iterable[str], forms: Mapping[str, str]) -> str:
    """What is wrong with a phrase, "" where nothing is."""
    sides = phrase.split("&")
    if len(sides) > 2:
        return "only one & is possible; write two phrases"
    named = {part.split(">")[0] for part in phrase.split("<")[1:]} - set(classes)
    if named:
        return f"there is no word class <{min(named)}>; define it under words: or correct the name"
    return next((fault for side in sides if (fault := fault_of(side, forms))), "")


def _join(left: list[Used], right: list[Used], words: Sequence[Word]) -> list[Used]:
    """The pairs of an `x & y` pattern that stand close enough in one clause, nearest first, one for each left side."""
    pairs = []
    right = sorted(right, key=lambda used: used[0])
    firsts = [two[0] for two in right]
    for one in left:
        window = right[bisect_left(firsts, one[0] - WIDEST) : bisect_left(firsts, one[-1] + NEAR + 2)]
        near = [
            (abs(two[0] - one[0]), two)
            for two in window
            if words[two[0]].clause == words[one[0]].clause and _between(one, two) in range(NEAR + 1)
        ]
        if near:
            two = min(near, key=lambda n: n[0])[1]
            pairs.append(tuple(sorted({*one, *two})))
    return pairs


def _between(one: Used, two: Used) -> int:
    first, second = (one, two) if one[0] <= two[0] else (two, one)
    return second[0] - first[-1] - 1
