"""Cases to hand over: people who talked to the real conversation, and one who writes to do harm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.clinic import ledger
from assistant.clinic.case import Case, case_of
from assistant.clinic.inbox import inbox
from assistant.clinic.turn_kept import Stamp
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.cases.cases import complete, load_cases
from tests.clinic.talking import BEGAN, Talker
from tests.conversations.simulated import answer

CONSENT = {"at": BEGAN, "wording": "2026-11", "to": "storing my answers for the clinic", "given": True}
ARABIC = "محمد بن عبد الله القحطاني"
LONG = "W" * 400
EVIL = f"<script>alert(1)</script>“]]>{{{{7*7}}}}{{page}}\x1b[2J\u202eevil\x00\ud800\n! nothing\t{LONG}"


def talked(
    knowledge: Knowledge,
    reader: Reader,
    folder: Path,
    opening: str,
    person: dict[str, Any],
    tail: Sequence[str] = (),
    consents: Sequence[dict[str, Any]] = (CONSENT,),
) -> Case:
    """The case of a person who says `opening`, answers every question, and then says what is in `tail`."""
    talker, told = Talker(knowledge, reader), complete(person, knowledge.book)
    turns, text = [], opening
    while text:
        turns.append(talker.say(text))
        customs = (said["custom"] for said in turns[-1].said)
        question = next((custom["question"] for custom in customs if "question" in custom), None)
        text = answer(question, told, knowledge.book) if question else ""
    turns += [talker.say(words) for words in tail]
    engine = ledger.ready(f"sqlite:///{folder / 'handed.db'}")
    with engine.begin() as connection:
        for turn in turns:
            ledger.keep(connection, turn, Stamp(knowledge.book.version, knowledge.book.sha256))
        for given in consents:
            ledger.consent(connection, talker.conversation, "web", given)
        return case_of(connection, inbox(connection)[0].id)


def by_name(name: str, knowledge: Knowledge, reader: Reader, folder: Path) -> Case:
    """One of the clinical cases, talked through."""
    case = next(c for c in load_cases() if c.id == name)
    return talked(knowledge, reader, folder, case.opening, case.person)


def alarming(knowledge: Knowledge, reader: Reader, folder: Path) -> Case:
    """Fever, then numbness between the legs; the fever is denied in the end."""
    opening = "My hip is tight and I sit 9 hours a day, pain in my lower back 6 out of 10 for months"
    person = {"pain_location": ["lower_back", "deep_hip"], "fever_systemic": True, "age_band": "50_69"}
    return talked(
        knowledge, reader, folder, opening, person, ["I went numb between my legs yesterday", "no fever at all"]
    )


def evil(case: Case) -> Case:
    """The case with every free text of it replaced by one that is meant to do harm."""
    place = {"turn": 1, "words": EVIL, "start": 0, "end": 4, "asked": None}
    findings = {f: {**origin, "from": [place] * 5} for f, origin in case.findings.items()}
    wrong = {"finding": "fever_systemic", "turn": 1, "words": EVIL, "was": True, "now": False, "kind": "changed"}
    return replace(
        case,
        known_as=EVIL,
        channel=EVIL,
        note=EVIL * 3,
        reviewed_by=EVIL,
        reviewed_at=BEGAN,
        consents=({"at": BEGAN, "wording": EVIL, "to": EVIL, "given": True},),
        findings=findings,
        contradictions=(wrong,),
    )
