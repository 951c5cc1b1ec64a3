"""What docs/hazard_log.md promises and no other test holds; each test names its hazard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.conversation.alerting import alert
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session
from assistant.knowledge_base.building import build
from assistant.knowledge_base.reading import Knowledge, open_knowledge
from assistant.language.reading import Reader
from assistant.serving import Place
from assistant.settings import CONTENT, ROOT
from assistant.triage.decide import decide
from tests.cases.cases import complete, load_cases
from tests.conversations.servers import Visitor

PEOPLE = yaml.safe_load((Path(__file__).parent / "people.yml").read_text(encoding="utf-8"))
MISLEADING = """
## What to do

If you are numb between the legs, keep walking; it is nothing serious. No doctor is needed for a fever with back pain.
Hold the plank for 600 seconds. After a hip replacement take the longest strides you can. Sharp pain is a good sign: walk on.
"""
YEAR = 366
HALF_A_DAY = 720
"""In minutes."""


def _alerted(flag: str, locale: str, knowledge: Knowledge) -> str:
    _, spoken = alert(Session(findings={flag: True}), Voice(knowledge, locale))
    return "\n".join(say.text for say in spoken)


def test_h8_each_locale_is_told_its_own_numbers(knowledge: Knowledge) -> None:
    numbers, lines = knowledge.messages["emergency_numbers"], knowledge.messages["crisis_lines"]
    for country in numbers:
        assert str(numbers[country]) in _alerted("saddle_numbness", f"en-{country}", knowledge)
    for country in lines:
        assert str(lines[country]) in _alerted("self_harm_statement", f"en-{country}", knowledge)


@pytest.mark.parametrize("locale", ["", "en", "xx-XX", "pt-BR"])
def test_h8_elsewhere_the_local_number_is_named_with_examples(locale: str, knowledge: Knowledge) -> None:
    said = _alerted("saddle_numbness", locale, knowledge)
    assert all(words in said for words in ("your local emergency number", "112", "999", "911"))
    assert "your local crisis line" in _alerted("self_harm_statement", locale, knowledge)


def test_h9_every_source_is_due_for_review_within_a_year_of_its_date(knowledge: Knowledge) -> None:
    reviewed = [s for s in knowledge.sources.values() if "review_by" in s]
    assert reviewed
    for source in reviewed:
        dated, due = (date.fromisoformat(str(source[name])) for name in ("date", "review_by"))
        assert 0 < (due - dated).days <= YEAR


def _slips(text: str) -> Iterator[str]:
    """The text with two neighbouring letters of one long word changed places, once for each long word."""
    words = text.split(" ")
    for at, word in enumerate(words):
        if len(word) >= 6 and word.isalpha():
            middle = len(word) // 2
            slip = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
            yield " ".join([*words[:at], slip, *words[at + 1 :]])


def test_h14_a_slip_of_the_fingers_raises_no_alarm(knowledge: Knowledge, reader: Reader) -> None:
    texts = [*PEOPLE["ordinary"], *(c.opening for c in load_cases() if c.expect["care"] == "self_care")]

    def alarms(text: str) -> set[str]:
        said = reader.read(text).findings
        return {f for f, v in said.items() if v is True and knowledge.book.findings[f].level in ("emergency", "urgent")}

    slips = [(text, slip) for text in texts for slip in _slips(text)]
    assert len(slips) > 200
    assert [slip for text, slip in slips if alarms(slip) - alarms(text)] == []


def test_h17_a_document_written_to_mislead_changes_no_care_no_verdict_and_no_dose(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    article = (CONTENT / "documents" / "psoas_walking.md").read_text(encoding="utf-8")
    document, output = tmp_path / "misleading.md", tmp_path / "misleading.db"
    document.write_text(article + MISLEADING, encoding="utf-8")
    build(CONTENT, output, document)
    misled = open_knowledge(output)

    def told(case: Any, known: Knowledge) -> list[Any]:
        assessment = decide(complete(case.person, known.book), known.book)
        doses = [(e["id"], e["dose"], e["modify"]) for e in assessment["exercises"]]
        return [assessment["care"], assessment["walking"], assessment["corrections"], doses]

    assert [c.id for c in load_cases() if told(c, misled) != told(c, knowledge)] == []


def test_h20_no_answers_are_carried_over_to_another_day() -> None:
    session = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["session_config"]
    assert session["carry_over_slots_to_new_session"] is False
    assert 0 < session["session_expiration_time"] <= HALF_A_DAY


def test_h26_it_says_that_it_is_automated_and_no_clinician(knowledge: Knowledge) -> None:
    said = str(knowledge.messages["greeting"])
    assert "automated" in said
    assert "not a clinician" in said
    assert "emergency" in said


@pytest.mark.servers
def test_h24_the_logs_hold_nothing_of_what_was_said(place: Place) -> None:
    visitor = Visitor(place)
    visitor.say("my zebrawood hip is tight and I had a fever of 38.7")
    visitor.say("delete my data")
    logs = list((ROOT / "var" / "log").glob("*.log"))
    assert logs
    assert [log.name for log in logs if "zebrawood" in log.read_text(encoding="utf-8", errors="replace")] == []
