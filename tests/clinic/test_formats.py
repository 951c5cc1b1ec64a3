"""A case on paper: complete, and harmless whatever a person wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from assistant.clinic.case import Case, case_of
from assistant.clinic.formats import FORMATS
from assistant.clinic.inbox import inbox
from assistant.knowledge_base.reading import Knowledge
from tests.clinic.talking import keep_all, simple

EVIL = "<script>alert(1)</script>\x1b[2Jgone\u202eevil\x00\ud800\nred_flag: nothing"


@pytest.fixture
def case(engine: Engine, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(knowledge.path))
    turn = simple("a", 1, text=EVIL, red_flags=["sitting_hours"])
    keep_all(engine, [replace(turn, channel=EVIL)])
    with engine.connect() as connection:
        found = case_of(connection, inbox(connection)[0].id)
    return replace(found, known_as=EVIL, note=EVIL, reviewed_by=EVIL)


@pytest.mark.parametrize("form", sorted({*FORMATS} - {"pdf"}))
def test_every_form_is_utf8_and_carries_no_sign_that_steers_a_terminal(case: Case, form: str) -> None:
    written = FORMATS[form](case).decode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", written)


def test_the_page_holds_what_was_written_as_text(case: Case) -> None:
    assert "<script" not in FORMATS["html"](case).decode()


def test_a_line_break_in_words_makes_no_line_of_the_hand_over(case: Case) -> None:
    written = FORMATS["text"](case).decode()
    assert [line for line in written.splitlines() if line.startswith("red_flag: nothing")] == []
    assert "\u202e" not in written


def test_the_json_gives_back_every_word_as_it_was(case: Case) -> None:
    written = json.loads(FORMATS["json"](case))
    assert written["transcript"][0]["text"] == EVIL
    assert written["note"] == EVIL
    assert json.loads(json.dumps(written["assessment"])) == case.told
