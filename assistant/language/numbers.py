"""Numbers in a message, in digits or words, alone or as a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

from assistant.language.words import Word

DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
SLIPS = {
    "fourty": "forty",
    "ninty": "ninety",
    "fourtyfive": "forty-five",
    "fiveteen": "fifteen",
    "fivty": "fifty",
    "sixtee": "sixty",
}
"""Numbers as they are often misspelt."""
CLOCK = re.compile(r"([01]?\d):([0-5]\d)")
SEXED = re.compile(r"[fm](\d\d)")
"""An age with the sex before it: "F45"."""
HALVES = (("and", "a", "half"), ("½",), ("1", "/", "2"), ("n", "a", "half"))
"""What makes half more of the number before it."""
RANGE = frozenset((("to",), ("or",), ("till",), ("maybe",), ("or", "maybe"), ("sometimes",)))
"""What may stand between the ends of a range."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the message: its middle where it is a range, and the word positions from `first` to `last`."""

    value: float
    first: int
    last: int


@lru_cache(maxsize=10_000)
def _in_words(norm: str) -> float | None:
    try:
        return float(text2num(" ".join(SLIPS.get(word, word) for word in norm.split()), "en"))
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def _in_digits(norm: str) -> float | None:
    """The value of "8", "7.5", "9:30" (9.5) and "f45"; None for other words."""
    if DIGITS.fullmatch(norm):
        return float(norm.replace(",", "." if len(norm.split(",")[-1]) < 3 else ""))
    if clock := CLOCK.fullmatch(norm):
        return float(clock.group(1)) + float(clock.group(2)) / 60
    sexed = SEXED.fullmatch(norm)
    return float(sexed.group(1)) if sexed else None


@lru_cache(maxsize=10_000)
def _numeric(norm: str) -> bool:
    """Whether a number can begin with a word."""
    return _in_digits(norm) is not None or (norm != "a" and _in_words(norm) is not None)


def find_numbers(words: Sequence[Word]) -> list[Number]:
    """The numbers in order; "8-10", "8 to 10", "six or seven" and "between 6 and 8" are one number, their middle."""
    single: list[Number] = []
    at = 0
    while at < len(words):
        number = _number_at(words, at) if _numeric(words[at].norm) else None
        if number is not None:
            single.append(number)
            at = number.last
        at += 1
    return _ranges(words, single)


def _number_at(words: Sequence[Word], at: int) -> Number | None:
    written = _in_digits(words[at].norm)
    if written is not None:
        return _with_half(words, written, at, at)
    last = at
    while last < len(words) and words[last].norm != "a" and _in_words(words[last].norm) is not None:
        last += 1
    for end in range(last, at, -1):
        value_in_words = _in_words(" ".join(w.norm for w in words[at:end]))
        if value_in_words is not None:
            return _with_half(words, value_in_words, at, end - 1)
    return None


def _with_half(words: Sequence[Word], value: float, first: int, last: int) -> Number:
    tail = tuple(w.norm for w in words[last + 1 : last + 4])
    for half in HALVES:
        if tail[: len(half)] == half:
            return Number(value + 0.5, first, last + len(half))
    return Number(value, first, last)


def _ranges(words: Sequence[Word], single: Sequence[Number]) -> list[Number]:
    numbers: list[Number] = []
    for number in single:
        before = numbers[-1] if numbers else None
        if before is not None and _one_range(words, before, number):
            numbers[-1] = Number((before.value + number.value) / 2, before.first, number.last)
        else:
            numbers.append(number)
    return numbers


def _one_range(words: Sequence[Word], low: Number, high: Number) -> bool:
    between = tuple(w.norm for w in words[low.last + 1 : high.first])
    apart = words[high.first].start - words[low.last].end
    started = low.first > 0 and words[low.first - 1].norm == "between"
    joined = between in RANGE or (between == ("and",) and started)
    joined = joined or (not between and 0 < apart <= 3 and not words[high.first].after_comma)
    return joined and low.value < high.value and words[low.first].clause == words[high.first].clause
