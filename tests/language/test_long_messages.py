"""Messages made to be hard: very long, endless repetition, strange characters. Each is read or refused in plain words."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.conversation.extracting import extractor
from assistant.errors import InputError
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import LONGEST, Reader
from assistant.language.windows import WIDEST, windows, without_repetitions
from assistant.language.words import cut


@pytest.fixture(scope="module")
def extract(knowledge: Knowledge) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return extractor(knowledge)


@pytest.mark.parametrize(
    "unit", ["no ", "no fever ", "walking makes it worse and better ", "3 7/10 2 weeks ", "my mum had "]
)
def test_what_is_said_over_and_over_counts_twice(unit: str) -> None:
    assert len(without_repetitions(cut(unit * 500))) <= 3 * len(cut(unit))


def test_a_message_of_a_megabyte_is_refused_in_plain_words(extract: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    with pytest.raises(InputError, match=f"at most {LONGEST} are read"):
        extract({"text": "no " * 1_000_000})


@pytest.mark.parametrize(
    "text",
    ["no " * 1_000_000, "a" * 1_000_000, "\x00\x01\x1b" * 300_000, "\u202eכואב לי הגב " * 80_000, "(" * 50_000],
)
def test_the_reader_takes_anything_and_says_that_it_stopped(text: str, reader: Reader) -> None:
    reading = reader.read(text)
    assert reading.cut_short
    assert reading.findings == {}


def test_a_warning_sign_at_the_end_of_a_long_story_is_read(reader: Reader) -> None:
    chance = random.Random(2)
    words = "we went walk garden table window letter music paper river mountain orange yellow number under over".split()
    story = " ".join(" ".join(chance.choices(words, k=9)) + "." for _ in range(200))
    reading = reader.read(f"{story} And I am numb when I wipe.")
    assert reading.findings.get("saddle_numbness") is True


def test_the_parts_of_a_message_are_the_message() -> None:
    words = cut(" ".join(f"word{i}x" for i in range(2_000)))
    parts = list(windows(words))
    assert [w for part in parts for w in part] == words
    assert max(map(len, parts)) <= WIDEST


def test_spans_of_later_parts_are_places_of_the_message(reader: Reader) -> None:
    text = " ".join(f"Sentence {i} tells nothing." for i in range(150)) + " no fever"
    span = next(s for s in reader.read(text).spans if s.finding == "fever_systemic")
    assert text[span.start : span.end] == "fever"


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(reader: Reader, text: str) -> None:
    for span in reader.read(text).spans:
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("asked", [5, {"a": 1}, [[1]], "no_such_finding"])
def test_a_wrong_question_is_refused_in_plain_words(
    asked: object, extract: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    with pytest.raises(InputError, match='"asked"'):
        extract({"text": "yes", "asked": asked})
