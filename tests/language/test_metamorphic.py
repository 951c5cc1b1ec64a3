"""What does not change the meaning of a message does not change its reading; what turns it round turns it round."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from assistant.language.reading import Reader, Reading
from assistant.language.spelling import ordinary_words
from tests.messages.tagged import Message, read_messages

MESSAGES = Path(__file__).parents[1] / "messages"
HARMLESS = (
    "Thanks for any advice.",
    "Sorry for the long post.",
    "The weather is lovely today.",
    "Hello there everyone.",
)
CONTRACTIONS = ("can't", "don't", "doesn't", "isn't", "it's", "i'm", "i've", "won't", "didn't", "haven't", "that's")
LONG = 9
"""Letters from which on a word is long enough to be mended for certain."""
EXAMPLES = settings(max_examples=60, deadline=None)


@cache
def told(*names: str) -> list[Message]:
    return [m for name in names for m in read_messages(MESSAGES / f"{name}.txt")]


def all_told() -> st.SearchStrategy[Message]:
    return st.sampled_from(told("seen", "scope"))


def what(reading: Reading) -> dict[str, object]:
    """All that a message says, without places."""
    groups = (reading.denied, reading.other_person, reading.past, reading.hypothetical)
    found = {f: sorted(map(str, v)) if isinstance(v, list) else v for f, v in reading.findings.items()}
    return {"findings": found, "not": [sorted(g) for g in groups]}


@given(message=all_told(), change=st.sampled_from([str.upper, str.lower, str.swapcase]))
@EXAMPLES
def test_capitals_change_nothing(reader: Reader, message: Message, change: object) -> None:
    assert callable(change)
    assert what(reader.read(change(message.text))) == what(reader.read(message.text))


@given(message=all_told(), spaces=st.sampled_from(["  ", "   ", "\t", "\u00a0"]))
@EXAMPLES
def test_wide_spaces_change_nothing(reader: Reader, message: Message, spaces: str) -> None:
    assert what(reader.read(message.text.replace(" ", spaces))) == what(reader.read(message.text))


@given(message=all_told(), mark=st.sampled_from(["", "’", "`"]))
@EXAMPLES
def test_contractions_read_alike_with_and_without_apostrophe(reader: Reader, message: Message, mark: str) -> None:
    pattern = re.compile("|".join(rf"\b{word}\b" for word in CONTRACTIONS), re.IGNORECASE)
    changed = pattern.sub(lambda found: found.group().replace("'", mark), message.text)
    assert what(reader.read(changed)) == what(reader.read(message.text))


@given(message=all_told(), sentence=st.sampled_from(HARMLESS), before=st.booleans())
@EXAMPLES
def test_a_harmless_sentence_changes_nothing(reader: Reader, message: Message, sentence: str, before: bool) -> None:
    text = message.text if re.search(r"[.!?]\W*$", message.text) else message.text + "."
    changed = f"{sentence} {text}" if before else f"{text} {sentence}"
    assert what(reader.read(changed)) == what(reader.read(text))


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!])\s+", text) if s]


def _tells_by_itself(sentence: str) -> bool:
    """Whether a sentence leans on no other one: on "it", "she", "now" or a question before it."""
    leaning = (
        r"\b(it|that|this|he|she|her|his|him|they|them|now|then|since|same|else|other|both|too|also|no|nope|yes)\b"
    )
    return not re.search(leaning, sentence.lower())


@given(data=st.data())
@EXAMPLES
def test_sentences_that_lean_on_nothing_may_change_places(reader: Reader, data: st.DataObject) -> None:
    free = [
        parts
        for m in told("seen", "scope")
        if len(parts := _sentences(m.text)) > 1 and all(map(_tells_by_itself, parts)) and m.text[-1] in ".!"
    ]
    parts = data.draw(st.sampled_from(free))
    order = data.draw(st.permutations(parts))
    assert what(reader.read(" ".join(order))) == what(reader.read(" ".join(parts)))


def _slips(word: str) -> list[str]:
    """A word with two letters swapped, one dropped, one doubled, each inside the word."""
    inside = range(2, len(word) - 2)
    swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in inside if word[i] != word[i + 1]]
    return [*swapped, *(word[:i] + word[i + 1 :] for i in inside), *(word[:i] + word[i] + word[i:] for i in inside)]


def _long_words(reader: Reader, text: str) -> list[str]:
    words = [w for w in re.findall("[a-z]+", text) if len(w) >= LONG]
    return [w for w in words if w in reader.lexicon.vocabulary]


def _mistakable(reader: Reader, slip: str, word: str) -> bool:
    """Whether a slip is itself a word, or as near to another word of the lexicon ("remision" to "revision")."""
    others = (other for other in reader.lexicon.vocabulary if other != word)
    return slip in ordinary_words() or any(OSA.distance(slip, other, score_cutoff=1) <= 1 for other in others)


@given(data=st.data())
@EXAMPLES
def test_one_slip_in_a_long_word_changes_nothing(reader: Reader, data: st.DataObject) -> None:
    usable = [m.text for m in told("seen", "scope") if _long_words(reader, m.text)]
    text = data.draw(st.sampled_from(usable))
    word = data.draw(st.sampled_from(_long_words(reader, text)))
    slips = [s for s in _slips(word) if not _mistakable(reader, s, word)]
    assume(slips)
    slip = data.draw(st.sampled_from(slips))
    assert what(reader.read(text.replace(word, slip))) == what(reader.read(text))


THINGS = {
    "fever": "fever_systemic",
    "numbness between my legs": "saddle_numbness",
    "chest pain": "chest_pain_breathless",
    "cancer": "cancer_history",
    "osteoporosis": "osteoporosis_known",
    "night sweats": "fever_systemic",
    "blood clots": "clot_risk",
    "swelling in my calf": "one_leg_swelling",
    "weakness in my left leg": "one_leg_weakness",
}
THING = st.sampled_from(sorted(THINGS))


@given(
    thing=THING,
    denial=st.sampled_from(["I don't have {}", "no {}", "never had {}", "without {}", "{}: none", "{}? no"]),
)
@EXAMPLES
def test_a_denial_turns_a_finding_round(reader: Reader, thing: str, denial: str) -> None:
    assert reader.read(f"I have {thing}").findings.get(THINGS[thing]) is True
    turned = reader.read(denial.format(thing))
    assert THINGS[thing] in turned.denied
    assert not turned.findings


@given(
    thing=THING,
    other=st.sampled_from(["My sister has {}", "my sister had {}", "my brother in law has {}", "the dog has {}"]),
)
@EXAMPLES
def test_another_person_takes_the_finding_over(reader: Reader, thing: str, other: str) -> None:
    reading = reader.read(other.format(thing.replace("my ", "her ")))
    assert THINGS[thing] in reading.other_person
    assert THINGS[thing] not in reading.findings


@given(first=THING, second=THING)
@EXAMPLES
def test_a_denial_before_but_leaves_what_is_behind(reader: Reader, first: str, second: str) -> None:
    if THINGS[first] != THINGS[second]:
        reading = reader.read(f"no {first} but I do have {second}")
        assert THINGS[first] in reading.denied
        assert reading.findings.get(THINGS[second]) is True


@given(
    things=st.lists(THING, min_size=3, max_size=3, unique_by=lambda t: THINGS[t]), joint=st.sampled_from(["or", "nor"])
)
@EXAMPLES
def test_one_no_reaches_over_a_list(reader: Reader, things: list[str], joint: str) -> None:
    reading = reader.read(f"no {things[0]}, {things[1]} {joint} {things[2]}")
    assert {THINGS[t] for t in things} <= set(reading.denied)


@pytest.mark.parametrize("name", ["seen", "scope"])
def test_reading_twice_gives_the_same(name: str, reader: Reader) -> None:
    for message in told(name):
        assert reader.read(message.text) == reader.read(message.text)
