"""The reader over the tagged messages: what it finds, where, and how seldom it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.knowledge_base.reading import Knowledge
from assistant.language.context import Standing
from assistant.language.reading import Reader
from benchmarks.reading import measure, score
from tests.messages.tagged import read_messages

SEEN = Path(__file__).parents[1] / "messages" / "seen.txt"


@pytest.fixture(scope="module")
def flags(knowledge: Knowledge) -> set[str]:
    return {f["id"] for f in knowledge.findings if f["kind"] == "flag"}


def test_the_seen_messages_are_read_well(reader: Reader, flags: set[str]) -> None:
    counts = measure(read_messages(SEEN), reader, flags, mistakes=False)
    total = score(*(sum(counts[k].values()) for k in ("right", "missed", "wrong")))
    flagged = score(*(sum(n for f, n in counts[k].items() if f in flags) for k in ("right", "missed", "wrong")))
    assert total[2] >= 0.95
    assert flagged[1] >= 0.97
    assert counts["alarms"] <= len(read_messages(SEEN)) / 100
    assert counts["denied_present"] == 0


def test_a_span_is_the_place_of_the_words(reader: Reader) -> None:
    text = "İ’m fine, but NUMB when I WIPE – no fever"
    spans = {s.finding: text[s.start : s.end] for s in reader.read(text).spans}
    assert spans["saddle_numbness"] == "NUMB when I WIPE"
    assert spans["fever_systemic"] == "fever"


def test_a_word_in_brackets_does_not_end_the_clause(reader: Reader) -> None:
    assert reader.read("my left calf (13) is swollen").findings.get("one_leg_swelling") is True


def test_history_counts_where_the_vocabulary_says_so(reader: Reader) -> None:
    reading = reader.read("I had breast cancer in 2009 and a fever in 2009")
    assert reading.findings.get("cancer_history") is True
    assert "fever_systemic" in reading.past


def test_a_finding_both_denied_and_reported_is_reported(reader: Reader) -> None:
    reading = reader.read("no chest pain when I sit. I get chest pain when I climb the stairs")
    assert reading.findings.get("chest_pain_breathless") is True
    assert "chest_pain_breathless" not in reading.denied


def test_a_word_that_only_names_a_finding_says_nothing_by_itself(reader: Reader) -> None:
    assert reader.read("trauma").spans == ()
    assert "major_trauma" in reader.read("no trauma").denied


def test_an_unclear_mention_has_no_span(reader: Reader) -> None:
    assert all(s.standing is not Standing.UNCLEAR for s in reader.read("I don't pee much, no fever").spans)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "😀", "...", "?!", "0"])
def test_nothing_is_read_where_nothing_is_said(text: str, reader: Reader) -> None:
    reading = reader.read(text)
    assert (reading.findings, reading.denied, reading.spans) == ({}, (), ())
