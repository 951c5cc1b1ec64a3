"""Slips are mended; words of English and of the phrases are left alone."""

from __future__ import annotations

import pytest

from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from assistant.language.spelling import Speller, ordinary_words

COMMON = 5_000


@pytest.fixture(scope="module")
def speller(reader: Reader) -> Speller:
    return Speller(reader.lexicon.vocabulary, reader.lexicon.slips)


@pytest.fixture(scope="module")
def common() -> list[str]:
    """The commonest words of English."""
    counted = ordinary_words()
    return sorted(counted, key=lambda word: -counted[word])[:COMMON]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("numbnes", "numbness"),
        ("bladdder", "bladder"),
        ("tingeling", "tingling"),
        ("shoulderr", "shoulder"),
        ("weaknes", "weakness"),
        ("painnnn", "pain"),
        ("siting", "sitting"),
        ("num", "numb"),
        ("predisolone", "prednisolone"),
        ("prendisolone", "prednisolone"),
        ("numnbess", "numbness"),
    ],
)
def test_a_slip_is_mended(slip: str, meant: str, speller: Speller) -> None:
    assert speller.mend(slip) == meant


def test_no_word_of_the_lexicon_becomes_another(speller: Speller, reader: Reader) -> None:
    words = {w for w in reader.lexicon.vocabulary if w.isalpha()} - reader.lexicon.slips.keys()
    assert [w for w in words if speller.mend(w) != w] == []


def test_no_word_of_english_becomes_another_but_the_slips_listed(speller: Speller, reader: Reader) -> None:
    assert {w for w in ordinary_words() if speller.mend(w) != w} <= reader.lexicon.slips.keys()


def test_slips_are_no_words_of_the_phrases(knowledge: Knowledge, reader: Reader) -> None:
    said = {w for phrase, _ in reader.lexicon.phrases for w in phrase.replace("|", " ").split()}
    assert said.isdisjoint(reader.lexicon.slips)


@pytest.mark.parametrize("sentence", ["I like {}", "my {} is fine today"])
def test_an_ordinary_word_raises_no_flag_that_the_word_itself_does_not(
    sentence: str, common: list[str], reader: Reader, knowledge: Knowledge
) -> None:
    """A flag may be raised only by a word that the phrases have."""
    flags = {f["id"] for f in knowledge.findings if f["kind"] == "flag"}
    stems = {w.stem for known in reader.lexicon.vocabulary for w in reader.words(known)}
    raised = {
        word: sorted(flags & reader.read(sentence.format(word)).findings.keys())
        for word in common
        if not any(w.stem in stems for w in reader.words(word))
    }
    assert {word: ids for word, ids in raised.items() if ids} == {}


@pytest.mark.parametrize(
    "word", ["", "a", "x" * 100_000, "é" * 50, "\ud800", "'''", "12345"], ids=lambda w: ascii(w[:8])
)
def test_a_strange_word_stays_as_it_is(word: str, speller: Speller) -> None:
    assert speller.mend(word) == word


def test_capitals_are_mended_like_small_letters(reader: Reader) -> None:
    assert reader.read("NUMBNES DOWN THERE").findings == reader.read("numbnes down there").findings
