"""Finds the phrases of `knowledge/phrases` in a message. How they are written stands in `phrase_syntax`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assistant.errors import InputError
from assistant.language.phrase_syntax import GAP_SIGN, steps_of
from assistant.language.words import Word

GAP = 4
"""Words that `..` may pass over."""
NEAR = 8
"""Words that may lie between the two sides of `&`."""

T = TypeVar("T")


@dataclass(slots=True)
class Node(Generic[T]):
    """One state of a phrase tree: what may come next, what ends here, and what follows after a gap."""

    next: dict[str, Node[T]] = field(default_factory=dict)
    gap: Node[T] | None = None
    ends: list[T] = field(default_factory=list)

    def step(self, symbols: Iterable[str]) -> Node[T]:
        """The state after some symbols, made where it is not there yet."""
        node = self
        for symbol in symbols:
            if symbol == GAP_SIGN:
                node.gap = node.gap or Node()
                node = node.gap
            else:
                node = node.next.setdefault(symbol, Node())
        return node


def grow(root: Node[T], phrase: str, end: T, forms: Mapping[str, str]) -> str:
    """Put a phrase into a tree; a sentence that says what is wrong with it, or ""."""
    steps = steps_of(phrase, forms)
    if not steps:
        return f'"{phrase}": no word is left once filler words are taken away'
    nodes = [root]
    for step in steps:
        reached = (node.step(sequence) for node in nodes for sequence in step)
        nodes = list({id(node): node for node in reached}.values())
    if any(node is root or node is root.gap for node in nodes):
        return f'"{phrase}": every word of it may be left out; write at least one that must stand'
    for node in nodes:
        if end not in node.ends:
            node.ends.append(end)
    return ""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase found: what it stands for, and the positions in the message's words it used up, in order."""

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
    """One side of an `x & y` phrase."""

    pair: int
    side: int
    what: T


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a message that phrases look at: their positions, their clauses, and what may be read at each place,
    a symbol with the places after it."""

    kept: list[int]
    clauses: list[int]
    symbols: list[dict[str, list[int]]]


class WordClasses:
    """The word classes (`<numb>`), compiled once; they turn a message's words into a line. An entry
    that is nothing but filler words is always there, so it is passed over."""

    def __init__(self, classes: Mapping[str, Sequence[str]], forms: Mapping[str, str]):
        self.names = frozenset(classes)
        self.forms = dict(forms)
        self._root: Node[str] = Node()
        listed = ((name, phrase) for name, phrases in classes.items() for phrase in phrases)
        spoken = ((name, phrase) for name, phrase in listed if steps_of(phrase, self.forms))
        problems = [grow(self._root, phrase, f"<{name}>", self.forms) for name, phrase in spoken]
        if any(problems):
            raise InputError(*filter(None, problems))

    def line(self, words: Sequence[Word]) -> Line:
        """The line of a message."""
        kept = [i for i, word in enumerate(words) if not word.filler]
        symbols = [{words[i].stem: [at + 1], "=" + words[i].norm: [at + 1]} for at, i in enumerate(kept)]
        line = Line(kept, [words[i].clause for i in kept], symbols)
        places = {i: at + 1 for at, i in enumerate(kept)}
        begins = self._root.next.keys()
        for at, here in enumerate(symbols):
            if not begins.isdisjoint(here):
                named = dict.fromkeys((name, places[used[-1]]) for name, used in walk(self._root, at, line))
                for name, after in named:
                    here.setdefault(name, []).append(after)
        return line


class Patterns(Generic[T]):
    """All phrases of a kind in one tree; finding them costs time in the words, not in the phrases."""

    def __init__(self, phrases: Iterable[tuple[str, T]], classes: WordClasses):
        self._root: Node[T | Half[T]] = Node()
        problems: list[str] = []
        for number, (phrase, what) in enumerate(phrases):
            sides = [side.strip() for side in phrase.split("&")]
            problems += [f'"{phrase}": only one & is possible'] if len(sides) > 2 else []
            problems += _unknown_classes(phrase, classes)
            for side, part in enumerate(sides):
                end: T | Half[T] = what if len(sides) == 1 else Half(number, side, what)
                problems.append(grow(self._root, part, end, classes.forms))
        if any(problems):
            raise InputError(*filter(None, problems))

    def find(self, words: Sequence[Word], line: Line) -> list[Found[T]]:
        """Every phrase found in a message, in order of its first word; overlapping ones are all given."""
        found: list[Found[T]] = []
        halves: dict[int, tuple[list[Found[T]], list[Found[T]]]] = {}
        begins = self._root.next.keys()
        for at, symbols in enumerate(line.symbols):
            if begins.isdisjoint(symbols):
                continue
            for end, used in walk(self._root, at, line):
                if isinstance(end, Half):
                    halves.setdefault(end.pair, ([], []))[end.side].append(Found(end.what, used))
                else:
                    found.append(Found(end, used))
        for left, right in halves.values():
            if left and right:
                found.extend(_join(left, right, words))
        return sorted(found, key=lambda f: f.used)


def _unknown_classes(phrase: str, classes: WordClasses) -> list[str]:
    named = {part.split(">")[0] for part in phrase.split("<")[1:]}
    return [f'"{phrase}": there is no word class <{name}>' for name in sorted(named - classes.names)]


def walk(root: Node[T], at: int, line: Line) -> Iterable[tuple[T, tuple[int, ...]]]:
    """Every end reached from a place of the line, with the word positions used up on the way."""
    clause, length = line.clauses[at], len(line.kept)
    states: list[tuple[Node[T], int, tuple[int, ...]]] = [(root, at, ())]
    while states:
        node, place, used = states.pop()
        for end in node.ends:
            yield end, used
        if node.gap is not None:
            following = node.gap.next.keys()
            for ahead in range(place, min(place + GAP + 1, length)):
                if not following.isdisjoint(line.symbols[ahead]):
                    states.append((node.gap, ahead, used))
        if place >= length or line.clauses[place] != clause or not node.next:
            continue
        here = line.symbols[place]
        for symbol in here.keys() & node.next.keys():
            after_symbol = node.next[symbol]
            states.extend((after_symbol, after, (*used, *line.kept[place:after])) for after in here[symbol])


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
