"""Reads how long something is held or done from a sentence: "20 to 30 seconds", "half a minute"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from text_to_num import alpha2digit

Range = tuple[int, int]
"""The least and the most, in seconds; equal where the sentence gives one number."""

_UNITS = {"s": 1, "min": 60, "h": 3600}
_SPELLINGS = (
    (re.compile(r"½"), ".5"),
    (re.compile(r"(?:(?<=\d)|\b)(?:seconds?|secs?|s)\b"), " s"),
    (re.compile(r"(?:(?<=\d)|\b)(?:minutes?|mins?)\b"), " min"),
    (re.compile(r"(?:(?<=\d)|\b)(?:hours?|hrs?|h)\b"), " h"),
    (re.compile(r"[–—−]"), " to "),
    (re.compile(r"(\d)(\s*(?:s|min|h))?\s*-\s*(?=\d)"), r"\1\2 to "),
    (re.compile(r"(\d)\s*[x×]\s*(?=\d)"), r"\1 times "),
    (re.compile(r"[-\s]+"), " "),
    (re.compile(r"\b(?:full|whole|good|solid|slow|more) (?=(?:s|min|h)\b)"), ""),
)
"""Every unit becomes s, min or h first: "thirty-second" would else be read as the ordinal."""

_FRACTIONS = (
    (re.compile(r"\b(?:an?|one|1) (min|h) and a half\b"), r"1.5 \1"),
    (re.compile(r"\b(\d+) and a half\b"), r"\1.5"),
    (re.compile(r"\bhalf (?:a |an )?(?=(?:s|min|h)\b)"), "0.5 "),
    (re.compile(r"\bquarter (?:of )?(?:a |an )?(?=(?:s|min|h)\b)"), "0.25 "),
    (re.compile(r"\bcouple (?:of )?(?=(?:s|min|h)\b)"), "2 "),
    (re.compile(r"\b(?:an?|one) (s|min|h) or (?:two|2)\b"), r"1 to 2 \1"),
    (re.compile(r"\b(\d+) min (?:and )?(\d+) s\b"), lambda m: f"{int(m[1]) * 60 + int(m[2])} s"),
    (re.compile(r"\b(?:a|an) (?=(?:s|min|h)\b)"), "1 "),
)
_NUMBER = r"(?<![\w.])(\d*\.?\d+)"
_DURATION = re.compile(
    rf"{_NUMBER}\s*(?P<first>s|min|h)?\s*(?:to|or|through|and|up to)\s*(\d*\.?\d+)\s*(?P<second>s|min|h)\b"
    rf"|{_NUMBER}\s*(?P<only>s|min|h)\b"
)
_WORD = re.compile(r"[a-z]+")

_HOLDING = re.compile(
    r"hold|held|holds|holding|stay(s|ing)?|keep(s|ing)?|maintain(s|ed|ing)?|sustain(s|ed|ing)?|remain(s|ing)?"
    r"|pause|linger|settle|stretch(es|ing)?|lunge|breathe"
)
_DOING_ELSE = re.compile(
    r"rest(s|ing)?|walk(s|ing)?|sit(s|ting)?|sat|stand(ing)?|wait|planks?|bridges?|every|lie|lying|march|warm|per"
)
"""Words that tell what a duration measures; the nearest one before it counts."""


@dataclass(frozen=True)
class _Duration:
    start: int
    end: int
    seconds: Range


def read_durations(sentence: str) -> tuple[Range, ...]:
    """Return every stretch of time that a sentence states, in order."""
    return tuple(found.seconds for found in _durations(_in_digits(sentence)))


def read_hold(sentence: str) -> Range | None:
    """Return for how long a position is held, or None where the sentence does not say.

    A time that measures something else ("rest for 10 seconds") is passed over. A time about which
    the sentence says nothing is taken where there is no better one.
    """
    plain = _in_digits(sentence)
    unclear: Range | None = None
    for found in _durations(plain):
        measured = _measured(plain, found)
        if _HOLDING.fullmatch(measured):
            return found.seconds
        if not measured and unclear is None:
            unclear = found.seconds
    return unclear


def _measured(plain: str, found: _Duration) -> str:
    """Return the word that tells what a duration measures, the last before it, else the first after it; or ""."""
    before: list[str] = _WORD.findall(plain[: found.start])
    after: list[str] = _WORD.findall(plain[found.end :])[:3]
    words = [*reversed(before), *after]
    return next((word for word in words if _HOLDING.fullmatch(word) or _DOING_ELSE.fullmatch(word)), "")


def _in_digits(sentence: str) -> str:
    """Return the sentence in lower case with its numbers in digits and its units as s, min and h."""
    plain = sentence.lower()
    for spelling, short in _SPELLINGS:
        plain = spelling.sub(short, plain)
    plain = str(alpha2digit(plain, "en", 0))
    for fraction, digits in _FRACTIONS:
        plain = fraction.sub(digits, plain)
    return plain


def _durations(plain: str) -> Iterator[_Duration]:
    for found in _DURATION.finditer(plain):
        low, high, only = found[1], found[3], found[5]
        unit = _UNITS[found["second"] or found["only"]]
        first = _UNITS[found["first"]] if found["first"] else unit
        least = float(low or only) * first
        most = float(high or only) * unit
        yield _Duration(found.start(), found.end(), (round(min(least, most)), round(max(least, most))))
