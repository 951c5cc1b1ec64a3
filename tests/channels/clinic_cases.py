"""Cases for the pages of the clinic: real conversations, and words that try to be code."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.engine import Engine

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import Talker, finished, keep_all

CODE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>{{ 7*7 }}"
EMERGENCY = ["Deep ache in my left groin, no fever, my mum had cancer.", "I am numb between my legs and I can't pee"]


def talked(engine: Engine, knowledge: Knowledge, reader: Reader, lines: list[str], name: str = "somebody") -> str:
    """Somebody says these lines; the id of their case."""
    talker = Talker(knowledge, reader, name)
    keep_all(engine, [talker.say(line) for line in lines])
    return case_id(engine, name)


def told(engine: Engine, knowledge: Knowledge, name: str, text: str = "no", number: int = 1, **findings: object) -> str:
    """Somebody is told the result of these findings; the id of their case."""
    turn = finished({"sitting_hours": 8, **findings}, knowledge, name, number)
    keep_all(engine, [replace(turn, text=text)])
    return case_id(engine, name)


def name_person(engine: Engine, conversation: str, name: str) -> None:
    with engine.begin() as connection:
        ledger.know_as(connection, conversation, "web", name, 1.0)


def case_id(engine: Engine, conversation: str) -> str:
    wanted = select(t.CASES.c.id).join(t.TALKS).where(t.TALKS.c.conversation == conversation)
    with ledger.reading(engine) as connection:
        return str(connection.execute(wanted).scalar_one())
