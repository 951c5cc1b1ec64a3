"""Phrases in one tree, and the walk through it along a message: time goes with the words, not with the phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assistant.language.phrase_syntax import GAP_SIGN, steps_of
from assistant.language.words import Word

GAP = 4
"""Words that `..` may pass over."""

T = TypeVar("T")
Used = tuple[int, ...]
"""Positions in the message's words, in order."""
Place = dict[str, list[tuple[int, Used]]]
"""What may be read at a place of a message: each symbol with the places after it and the words it takes."""


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
                after = node.next.get(symbol)
                if after is None:
                    after = node.next[symbol] = Node()
                node = after
        return node

    def grow(self, phrase: str, end: T, forms: Mapping[str, str]) -> None:
        """Put a phrase into the tree below this state."""
        nodes = [self]
        for step in steps_of(phrase, forms):
            reached = {id(node): node for before in nodes for node in map(before.step, step)}
            nodes = list(reached.values())
        for node in nodes:
            if end not in node.ends:
                node.ends.append(end)

    def take_single(self) -> dict[str, list[T]]:
        """What single words stand for, taken out of the tree."""
        single = {symbol: node.ends for symbol, node in self.next.items() if node.ends}
        for symbol in single:
            node = self.next[symbol]
            if node.next or node.gap:
                self.next[symbol] = Node(node.next, node.gap)
            else:
                del self.next[symbol]
        return single

    def merged(self, known: dict[object, Node[T]]) -> Node[T]:
        """This state, or one of the `known` that goes on just like it: "a|b c" leads to the same rest in two ways."""
        for symbol, node in self.next.items():
            self.next[symbol] = node.merged(known)
        self.gap = self.gap.merged(known) if self.gap else None
        rest = tuple((symbol, id(node)) for symbol, node in self.next.items())
        return known.setdefault((tuple(self.ends), rest, id(self.gap)), self)

    def symbols(self) -> set[str]:
        """Every symbol of the tree."""
        found: set[str] = set()
        waiting = [self]
        while waiting:
            node = waiting.pop()
            found.update(node.next)
            waiting.extend(node.next.values())
            waiting.extend([node.gap] if node.gap else [])
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """A message as phrases look at it: its places, the range of places of each clause, the place of each word, and all
    symbols that can be read anywhere. A filler word has no place of its own but at the end of a clause; it can be read
    by its exact form at the place after it."""

    places: list[Place]
    clauses: list[range]
    place_of: dict[int, int]
    symbols: set[str]


def line_of(words: Sequence[Word], symbols_of: Callable[[str, str], Sequence[str]]) -> Line:
    """The line of a message. `symbols_of` gives what a word may be read as, out of its norm and stem."""
    line = Line([], [], {}, set())
    waiting: list[int] = []
    begin = 0
    for at, word in enumerate(words):
        ends = at + 1 == len(words) or words[at + 1].clause != word.clause
        here = len(line.places)
        line.place_of[at] = here
        if word.filler and not ends:
            waiting.append(at)
            continue
        taken: list[tuple[int, Used]] = [(here + 1, (at,))]
        place: Place = dict.fromkeys(symbols_of(word.norm, "" if word.filler else word.stem), taken)
        for i in waiting:
            lone: list[tuple[int, Used]] = [(here, (i,))]
            place.update(dict.fromkeys(symbols_of(words[i].norm, ""), lone))
        waiting.clear()
        line.places.append(place)
        line.symbols.update(place)
        if ends:
            line.clauses.append(range(begin, here + 1))
            begin = here + 1
    return line


def walk(root: Node[T], line: Line, clause: range) -> list[tuple[T, int, Used]]:
    """Every end reached within a clause, with the place after it and the words used up on the way."""
    places, symbols, stop = line.places, line.symbols, clause.stop
    found: list[tuple[T, int, Used]] = []
    tasks: list[tuple[dict[str, Node[T]], Place, Used]] = [(root.next, places[at], ()) for at in clause]
    while tasks:
        following, here, used = tasks.pop()
        fewer, more = (following, here) if len(following) < len(here) else (here, following)
        for symbol in fewer:
            if symbol not in more:
                continue
            node = following[symbol]
            direct, gap = node.next, node.gap
            for after, taken in here[symbol]:
                now = used + taken if used else taken
                for end in node.ends:
                    found.append((end, after, now))
                if after < stop and direct and not direct.keys().isdisjoint(places[after]):
                    tasks.append((direct, places[after], now))
                if after < stop and gap is not None and not gap.next.keys().isdisjoint(symbols):
                    for place in places[after : min(after + GAP + 1, stop)]:
                        if not gap.next.keys().isdisjoint(place):
                            tasks.append((gap.next, place, now))
    return found
