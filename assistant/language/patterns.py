"""The pattern language of `knowledge/phrases`: how a phrase is written, and how it is found in a message.

A plain word matches by stem, `=word` by exact form, `<class>` any phrase of a word class, `a|b` either, `(a)` optional,
`..` up to four other words, `x & y` both in either order with at most eight words between. Nothing crosses a clause.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assistant.errors import InputError
from assistant.language import words as cutting
from assistant.language.words import Word

GAP = 4
"""Words that `..` may pass over."""
NEAR = 8
"""Words that may lie between the two sides of `&`."""

T = TypeVar("T")


@dataclass(slots=True)
class Node(Generic[T]):
    """One state of the pattern tree: what may come next, what ends here, and what follows after a gap."""

    next: dict[str, Node[T]] = field(default_factory=dict)
    gap: Node[T] | None = None
    ends: list[T] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A pattern found: what it stands for, and the positions in the message's words it used up, in order."""

    what: T
    used: tuple[int, ...]

    @property
    def first(self) -> int:
        return self.used[0]

    @property
    def last(self) -> int:
        return self.used[-1]


@dataclass(frozen=True)
class Half(Generic[T]):
    """One side of an `x & y` pattern."""

    pair: int
    side: int
    what: T


class Patterns(Generic[T]):
    """All phrases of a kind, compiled once into one tree; finding them costs time in the words, not in the phrases."""

    def __init__(self, phrases: Iterable[tuple[str, T]], classes: Mapping[str, Sequence[str]], forms: Mapping[str, str]):
        self._forms = dict(forms)
        self._classes: Node[str] = Node()
        self._root: Node[T | Half[T]] = Node()
        problems: list[str] = []
        for name, entries in classes.items():
            for entry in entries:
                self._add(self._classes, entry, name, (), problems)
        for number, (phrase, what) in enumerate(phrases):
            sides = [side.strip() for side in phrase.split("&")]
            if len(sides) > 2:
                problems.append(f'"{phrase}": only one & is possible')
            for side, part in enumerate(sides):
                end = what if len(sides) == 1 else Half(number, side, what)
                self._add(self._root, part, end, classes, problems)
        if problems:
            raise InputError(*problems)

    def _add(self, root: Node[T], phrase: str, end: T, classes: Iterable[str], problems: list[str]) -> None:
        steps = _steps(phrase, self._forms)
        if not steps:
            problems.append(f'"{phrase}": no word is left once filler words are taken away')
        symbols = {symbol for step in steps for sequence in step for symbol in sequence}
        unknown = sorted(s for s in symbols if s[0] == "<" and s[1:-1] not in classes)
        problems.extend(f'"{phrase}": there is no word class {name}' for name in unknown)
        nodes = [root]
        for step in steps:
            nodes = list({id(n): n for n in itertools.chain.from_iterable(_step(n, step) for n in nodes)}.values())
        for node in nodes:
            if end not in node.ends:
                node.ends.append(end)

    def find(self, words: Sequence[Word]) -> list[Found[T]]:
        """Every phrase found in `words`, in order of its first word; overlapping ones are all given."""
        kept = [i for i, word in enumerate(words) if not word.filler]
        symbols = [self._symbols(words, kept, at) for at in range(len(kept))]
        found: list[Found[T]] = []
        halves: dict[int, tuple[list[Found[T]], list[Found[T]]]] = {}
        for at in range(len(kept)):
            for end, used in _walk(self._root, at, symbols, words, kept):
                if isinstance(end, Half):
                    halves.setdefault(end.pair, ([], []))[end.side].append(Found(end.what, used))
                else:
                    found.append(Found(end, used))
        for left, right in halves.values():
            found.extend(_join(left, right, words))
        return sorted(found, key=lambda f: f.used)

    def _symbols(self, words: Sequence[Word], kept: list[int], at: int) -> list[tuple[str, int]]:
        """What stands at a position: its stem, its exact form, and each word class with the position after it."""
        word = words[kept[at]]
        here = [(word.stem, at + 1), ("=" + word.norm, at + 1)]
        for name, used in _classes_at(self._classes, at, words, kept):
            here.append((f"<{name}>", used))
        return here


def _classes_at(root: Node[str], at: int, words: Sequence[Word], kept: list[int]) -> list[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    states = [(root, at)]
    while states:
        node, position = states.pop()
        found.update((name, position) for name in node.ends)
        if position == len(kept) or position > at and words[kept[position]].clause != words[kept[at]].clause:
            continue
        word = words[kept[position]]
        for symbol in (word.stem, "=" + word.norm):
            if symbol in node.next:
                states.append((node.next[symbol], position + 1))
    return sorted(found)


def _walk(
    root: Node[T], at: int, symbols: list[list[tuple[str, int]]], words: Sequence[Word], kept: list[int]
) -> Iterable[tuple[T, tuple[int, ...]]]:
    """Every end reached from position `at`, with the word positions used up on the way."""
    clause = words[kept[at]].clause
    states: list[tuple[Node[T], int, tuple[int, ...]]] = [(root, at, ())]
    while states:
        node, position, used = states.pop()
        for end in node.ends:
            yield end, used
        if node.gap is not None:
            for ahead in range(position, min(position + GAP, len(kept) - 1) + 1):
                states.append((node.gap, ahead, used))
        if position >= len(kept) or words[kept[position]].clause != clause:
            continue
        for symbol, after in symbols[position]:
            child = node.next.get(symbol)
            if child is not None:
                states.append((child, after, used + tuple(kept[position:after])))


def _join(left: list[Found[T]], right: list[Found[T]], words: Sequence[Word]) -> list[Found[T]]:
    """The pairs of an `x & y` pattern that stand close enough in one clause, nearest first, one for each left side."""
    pairs = []
    for one in left:
        near = [
            (abs(two.first - one.first), two)
            for two in right
            if words[two.first].clause == words[one.first].clause and _between(one, two) in range(NEAR + 1)
        ]
        if near:
            two = min(near, key=lambda n: n[0])[1]
            pairs.append(Found(one.what, tuple(sorted({*one.used, *two.used}))))
    return pairs


def _between(one: Found[T], two: Found[T]) -> int:
    first, second = (one, two) if one.first <= two.first else (two, one)
    return second.first - first.last - 1


Step = list[tuple[str, ...]]
"""One step of a phrase: the symbol sequences any of which takes it; the empty sequence lets it be left out."""


def _step(node: Node[T], step: Step) -> list[Node[T]]:
    """The nodes reached from `node` by any sequence of the step."""
    return [_follow(node, sequence) for sequence in step]


def _follow(node: Node[T], sequence: tuple[str, ...]) -> Node[T]:
    for symbol in sequence:
        if symbol == "..":
            node.gap = node.gap or Node()
            node = node.gap
        else:
            node = node.next.setdefault(symbol, Node())
    return node


def _steps(phrase: str, forms: Mapping[str, str]) -> list[Step]:
    steps = [_step_of(piece, forms) for piece in _pieces(phrase)]
    return [step for step in steps if any(step)]


def _step_of(piece: str, forms: Mapping[str, str]) -> Step:
    if piece == "..":
        return [("..",)]
    optional: Step = [()] if piece.startswith("(") else []
    return [_symbols_of(option, forms) for option in piece.strip("()").split("|")] + optional


def _pieces(phrase: str) -> list[str]:
    """The phrase split at spaces outside brackets; "(on the)" as a whole may be left out."""
    return re.findall(r"\([^)]*\)|[^\s()]+", phrase)


def _symbols_of(option: str, forms: Mapping[str, str]) -> tuple[str, ...]:
    if option.startswith("<"):
        return (option,)
    if option.startswith("="):
        return ("=" + option[1:].lower(),)
    return tuple(word.stem for word in cutting.cut(option, forms=dict(forms)) if not word.filler)
