"""The words of answers.yml made ready, and messages cut the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LED = frozenset(("refuse", "unsure", "odd"))
"""Senses whose phrases may be led by "i am", "it is" ..."""
NAMES = ("name", "topic")
"""Keys beside the values of a finding: what it is called, and what it is about."""

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
_NUMBER_SIGN = re.compile(r"^no\.\s*(?=\d)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|\.\d+|[^\W\d_]+|\n|[^\w\s]")


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
    text = _NUMBER_SIGN.sub("number ", _RANGE.sub(" to ", text))
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
    leads = [words.cut(lead) for lead in block.get("led_by", ())]
    for phrase, sense, value, finding in _phrases(block):
        led_by = leads if sense.removesuffix("_alone") in LED else []
        for led in [lead + words.cut(phrase) for lead in ([], *led_by)]:
            entries.setdefault(" ".join(led), []).append(Entry(sense, value, finding))
            longest[led[0]] = max(len(led), longest.get(led[0], 0))
    return AnswerWords(block, entries, longest)


def _phrases(block: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, str]]:
    for finding, values in block.get("values", {}).items():
        for value, phrases in values.items():
            sense, meant = (value, finding) if value in NAMES else ("value", (finding, value))
            yield from ((phrase, sense, meant, finding) for phrase in phrases)
    yield from ((phrase, "pick", tuple(places), "") for phrase, places in block.get("ordinals", {}).items())
    yield from ((phrase, "amount", float(amount), "") for phrase, amount in block.get("amounts", {}).items())
    for sense, phrases in block.get("senses", {}).items():
        yield from ((phrase, sense, None, "") for phrase in phrases)
