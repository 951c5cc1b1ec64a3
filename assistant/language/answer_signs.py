"""Reads a short answer as signs: yes, no, none, "the second one", "seven", or the words of a value asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from assistant.language.answer_words import AnswerWords, Entry

LONGEST = 600
"""Characters that are read: what is longer is a message for the reader, not a short answer."""
UNKNOWN = frozenset(("unknown", "wary"))
"""Senses of words that are not part of an answer; `wary` ones may speak of a warning sign."""
NEGATIONS = frozenset(("refuse", "refuse_alone", "none", "none_alone", "not"))

_TWICE = re.compile(r"([^\W\d_])\1")
_ENDS = frozenset(",.;!?()\n•-")
_CLOSING = frozenset(("affirm", "unsure", "maybe", "closer"))
_BESIDE = {"affirm": "filler", "refuse": "not"}
_COSTS = {"unknown": 10.0, "wary": 10.0, "mark": 2.0, "end": 0.0}
SILENT = frozenset(
    (
        "more",
        "better",
        "worse",
        "last",
        "week",
        "month",
        "year",
        "day",
        "long",
        "over",
        "that",
        "when",
        "with",
        "makes",
        "being",
    )
)
"""Words of a label that name nothing by themselves."""
Step = tuple[int, str, Any]
"""How many tokens are taken, their sense and value."""


class Sign(NamedTuple):
    """One thing said. `sense` is a group of answers.yml without "_alone", or pick, number, value, name, label, unknown.

    `value`: places of a pick, the number, (finding, value) of a value, the finding of a name, the label's place;
    `part` counts the parts of the message between punctuation marks and "but".
    """

    sense: str
    value: Any
    part: int


def _cost(step: Step) -> float:
    """Few phrases are better than many, a long phrase for a value better than two others."""
    return 1 - step[0] / 10 if step[1] == "value" else _COSTS.get(step[1], 1.0)


@lru_cache(maxsize=200)
def telling(labels: tuple[str, ...]) -> Mapping[str, int]:
    """The words of the labels without a plural s, each with its label's place, -1 where it stands in several."""
    places: dict[str, int] = {}
    for place, label in enumerate(labels):
        for word in {w.rstrip("s") for w in re.findall(r"[^\W\d_]{4,}", label.lower())} - SILENT:
            places[word] = -1 if word in places else place
    return places


class Scan:
    """One pass over a message. `measured`: a quantity is asked, so that amounts and decimal commas count."""

    def __init__(self, words: AnswerWords, asked: Sequence[str], labels: Mapping[str, int], *, measured: bool):
        self._words, self._asked, self._labels, self._measured = words, asked, labels, measured
        self._numbers: Mapping[str, float] = words.written.get("numbers", {})

    def read(self, text: str) -> list[Sign]:
        """The signs of a text: of all ways to cut it into phrases, the one that leaves the fewest words unknown."""
        text = re.sub(r"(?<=\d),(?=\d)", ".", text[:LONGEST]) if self._measured else text[:LONGEST]
        tokens = [self._mended(token) for token in self._words.cut(text)]
        steps = self._steps(tokens)
        signs: list[Sign] = []
        at = part = 0
        while at < len(tokens):
            length, sense, value = steps[at]
            part += sense in ("end", "contrast")
            if sense not in ("end", "mark"):
                signs.append(Sign(sense, value, part))
            at += length
        return _settled(signs)

    def _mended(self, token: str) -> str:
        """ "noope", "yess" and "yepp" without the letters typed twice, where that gives a word."""
        known = self._words.longest
        once = token if token in known or token in self._labels else _TWICE.sub(r"\1", token)
        return once if once in known else token

    def _steps(self, tokens: Sequence[str]) -> list[Step]:
        """The phrase to take at every place, so that what follows costs least."""
        costs = [0.0] * (len(tokens) + 1)
        steps: list[Step] = [(1, "end", None)] * len(tokens)
        for at in range(len(tokens) - 1, -1, -1):
            ways = [(costs[at + step[0]] + _cost(step), step) for step in self._ways(tokens, at)]
            costs[at], steps[at] = min(ways, key=lambda way: way[0])
        return steps

    def _ways(self, tokens: Sequence[str], at: int) -> Iterator[Step]:
        """What can stand at a place, the longest phrase first."""
        first, alone = tokens[at], False
        for length in range(min(self._words.longest.get(first, 0), len(tokens) - at), 0, -1):
            phrase = first if length == 1 else " ".join(tokens[at : at + length])
            counting = [e for e in self._words.entries.get(phrase, ()) if self._counts(e)]
            if counting:
                entry = min(counting, key=self._rank)
                alone = length == 1
                yield length, entry.sense, entry.value
        length, number = self._number(tokens, at)
        if length:
            yield length, "number", number
        elif not alone:
            yield (1, *self._other(first))

    def _counts(self, entry: Entry) -> bool:
        return entry.finding in self._asked if entry.finding else entry.sense != "amount" or self._measured

    def _rank(self, entry: Entry) -> int:
        """Words of what was asked count before words for any answer."""
        return self._asked.index(entry.finding) if entry.finding else len(self._asked)

    def _number(self, tokens: Sequence[str], at: int) -> tuple[int, float]:
        token = tokens[at]
        if token[-1].isdecimal():
            return 1, float(token)
        value = self._numbers.get(token)
        unit = self._numbers.get(tokens[at + 1], 0) if at + 1 < len(tokens) else 0
        if value is not None and 20 <= value < 100 and 1 <= unit <= 9:
            return 2, float(value + unit)
        return (0, 0.0) if value is None else (1, float(value))

    def _other(self, token: str) -> tuple[str, Any]:
        if not token[0].isalpha():
            return ("end" if token in _ENDS else "mark"), None
        place = self._labels.get(token.rstrip("s")) if len(token) > 3 else None
        return ("unknown", None) if place is None else ("common", None) if place < 0 else ("label", place)


def _settled(signs: Sequence[Sign]) -> list[Sign]:
    """Settles what counts only "alone" or "last": beside unknown words "i have" says nothing and "never" is a mere "not"."""
    signs = list(_wary(signs))
    unclear = {s.part for s in signs if s.sense in UNKNOWN}
    settled: list[Sign] = []
    for sign in reversed(signs):
        settled.insert(0, _standing(sign, settled[:1], sign.part in unclear))
    return settled


def _standing(sign: Sign, after: Sequence[Sign], unclear: bool) -> Sign:
    sense, _, when = sign.sense.partition("_")
    if when == "alone":
        return sign._replace(sense=_BESIDE.get(sense, "unknown") if unclear else sense)
    if when == "last":
        runs_on = bool(after) and after[0].part == sign.part and after[0].sense not in _CLOSING
        return sign._replace(sense="filler" if runs_on else sense)
    return sign


def _wary(signs: Iterable[Sign]) -> Iterator[Sign]:
    """Topics and words of labels become names, but after a "no" they are wary: "no pee" does not deny a bladder sign.

    What is odd ("not normal") is wary too; it is known up to here so that "not" is not read apart from it.
    """
    part = -1
    for sign in signs:
        part = sign.part if sign.sense in NEGATIONS else -1 if sign.sense == "spread" else part
        if sign.sense == "odd" or (sign.sense in ("topic", "label") and sign.part == part):
            sign = sign._replace(sense="wary")
        yield sign._replace(sense="name") if sign.sense == "topic" else sign
