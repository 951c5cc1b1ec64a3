"""Cuts a short answer into signs: yes, no, none, "the second one", "seven", or the words of a value asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

LED = frozenset(("refuse", "unsure"))
"""Senses whose phrases may be led by "i am", "it is" ..."""
LONGEST = 600
"""Characters that are read: what is longer is a message for the reader, not a short answer."""
UNKNOWN = frozenset(("unknown", "wary"))
"""Senses of words that are not part of an answer; `wary` ones may speak of a warning sign."""

_SOFT = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": " - ", "…": ".", "\u00a0": " "})
_HALF = re.compile(r"\s?½")
_DRESSING = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d[\u2640\u2642]?")
_CONTRACTIONS = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'s\b"), " is"),
)
_RANGE = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\.\d+|[^\W\d_]+|\n|[^\w\s]")
_ENDS = frozenset(",.;:!?()\n•-")


NAMES = ("name", "topic")
NEGATIONS = frozenset(("refuse", "refuse_alone", "none", "none_alone", "not"))
_COSTS = {"unknown": 10, "wary": 10, "mark": 2, "value": 0.9, "end": 0}
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


@dataclass(frozen=True)
class Entry:
    """One phrase of answers.yml. With a `finding` it counts only where that finding was asked."""

    sense: str
    value: Any = None
    finding: str = ""


@dataclass(frozen=True)
class AnswerWords:
    """answers.yml made ready: `written` as it is in the file, `entries` by phrase, and by first word how many words the
    `longest` phrase has."""

    written: Mapping[str, Any]
    entries: Mapping[str, Sequence[Entry]]
    longest: Mapping[str, int]

    def cut(self, text: str) -> list[str]:
        """The words and punctuation marks of a text, lower case, contractions opened, articles left out."""
        opened, skipped = self.written.get("opened", {}), self.written.get("skipped", ())
        tokens = [opened.get(t, t) for t in _TOKEN.findall(_plain(text))]
        return [word for token in tokens for word in token.split(" ") if word not in skipped]


def _plain(text: str) -> str:
    text = _HALF.sub(".5", _DRESSING.sub("", text.lower().translate(_SOFT)))
    for pattern, opened in _CONTRACTIONS:
        text = pattern.sub(opened, text) if "'" in text else text
    text = _RANGE.sub(" to ", text)
    return _DRAWN_OUT.sub(r"\1", re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text))


_MADE: list[AnswerWords] = []


def answer_words(written: Mapping[str, Any]) -> AnswerWords:
    """The words of answers.yml, given as the file or as its `answers` block; made once for each block."""
    block = written.get("answers", written)
    for made in _MADE:
        if made.written is block:
            return made
    made = _make(block)
    _MADE[:] = [*_MADE[-3:], made]
    return made


def _make(block: Mapping[str, Any]) -> AnswerWords:
    words = AnswerWords(block, {}, {})
    entries: dict[str, list[Entry]] = {}
    longest: dict[str, int] = {}
    for phrase, sense, value, finding in _phrases(block):
        cut = words.cut(phrase)
        entries.setdefault(" ".join(cut), []).append(Entry(sense, value, finding))
        longest[cut[0]] = max(len(cut), longest.get(cut[0], 0))
    return AnswerWords(block, entries, longest)


def _phrases(block: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, str]]:
    for finding, values in block.get("values", {}).items():
        for value, phrases in values.items():
            sense, meant = (value, finding) if value in NAMES else ("value", (finding, value))
            yield from ((phrase, sense, meant, finding) for phrase in phrases)
    yield from ((phrase, "pick", tuple(places), "") for phrase, places in block.get("ordinals", {}).items())
    yield from ((phrase, "amount", float(amount), "") for phrase, amount in block.get("amounts", {}).items())
    for sense, phrases in block.get("senses", {}).items():
        for led in ("", *(block.get("led_by", ()) if sense.removesuffix("_alone") in LED else ())):
            yield from ((f"{led} {phrase}", sense, None, "") for phrase in phrases)


@lru_cache(maxsize=2_000)
def _label_words(label: str) -> frozenset[str]:
    """The telling words of a label, each without a plural s."""
    return frozenset(w.rstrip("s") for w in re.findall(r"[^\W\d_]{4,}", label.lower()))


def telling(labels: Iterable[str]) -> dict[str, int]:
    """The words of the labels, each with its label's place, -1 where it stands in several."""
    places: dict[str, int] = {}
    for place, label in enumerate(labels):
        for word in _label_words(label):
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
        tokens = self._words.cut(text)
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

    def _steps(self, tokens: Sequence[str]) -> list[Step]:
        """The phrase to take at every place, so that what follows costs least."""
        costs = [0.0] * (len(tokens) + 1)
        steps: list[Step] = [(1, "end", None)] * len(tokens)
        for at in range(len(tokens) - 1, -1, -1):
            ways = [(costs[at + step[0]] + _COSTS.get(step[1], 1), step) for step in self._ways(tokens, at)]
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
        if token[-1].isdigit():
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
    """Settles what counts only "alone": beside unknown words "i have" says nothing and "never" is unknown too."""
    signs = list(_wary(signs))
    unclear = {s.part for s in signs if s.sense in UNKNOWN}
    settled: list[Sign] = []
    for sign in signs:
        if sign.sense.endswith("_alone"):
            sense = sign.sense.removesuffix("_alone")
            beside = "filler" if sense == "affirm" else "unknown"
            sign = sign._replace(sense=beside if sign.part in unclear else sense)
        settled.append(sign)
    return settled


def _wary(signs: Iterable[Sign]) -> Iterator[Sign]:
    """Topics and words of labels become names, but after a "no" they are wary: "no pee" does not deny a bladder sign."""
    part = -1
    for sign in signs:
        part = sign.part if sign.sense in NEGATIONS else part
        if sign.sense in ("topic", "label") and sign.part == part:
            sign = sign._replace(sense="wary")
        yield sign._replace(sense="name") if sign.sense == "topic" else sign
