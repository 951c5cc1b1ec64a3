"""What a clinician does at the pages: the inbox, a case, its files, reviewing, noting, deleting, counting."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clinic_cases import EMERGENCY, case_id, name_person, talked, told
from clinic_door import ClinicDoor, Clinician, open_clinic

from assistant.clinic import ledger
from assistant.clinic.case import case_of
from assistant.clinic.formats import FORMATS
from assistant.clinic.staff import audit
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import BEGAN, finished, keep_all

LISTED = re.compile(r'href="\./cases/(c-[0-9a-f]{20})"')
FLAG = {"bladder_dysfunction": True}
URGENT = {"fever_systemic": True}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path, "anna", "bob") as running:
        yield running


@pytest.fixture
def anna(clinic: ClinicDoor) -> Clinician:
    who = Clinician(clinic)
    who.sign_in()
    return who


def _refuse(clinic: ClinicDoor, conversation: str) -> None:
    with clinic.engine.begin() as connection:
        ledger.consent(
            connection, conversation, "web", {"at": 1.0, "wording": "1", "to": ledger.CLINIC, "given": False}
        )


def _deeds(clinic: ClinicDoor, about: str) -> list[tuple[str, str]]:
    with clinic.engine.connect() as connection:
        return [(deed.who, deed.what) for deed in reversed(audit.last(connection, 100, about))]


def test_the_most_urgent_stand_first_and_say_so_in_words(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    calm = told(clinic.engine, knowledge, "calm", number=9)
    urgent = told(clinic.engine, knowledge, "urgent", number=2, **URGENT)
    emergency = told(clinic.engine, knowledge, "emergency", number=1, **FLAG)
    page = anna.get().text
    assert LISTED.findall(page) == [emergency, urgent, calm]
    assert [word in page for word in ("Emergency</span>", "Today</span>")] == [True, True]


def test_filters_and_pages(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    turns = [finished({"sitting_hours": 8, **(FLAG if n == 7 else {})}, knowledge, f"p{n}", 1 + n) for n in range(60)]
    keep_all(clinic.engine, turns)
    first = anna.get().text
    older = re.search(r'href="\./\?([^"]*)" rel="next"', first)
    assert older
    second = anna.get("?" + older[1].replace("&amp;", "&")).text
    both = LISTED.findall(first) + LISTED.findall(second)
    assert len(both) == len(set(both)) == 60
    assert len(LISTED.findall(anna.get("?care=emergency").text)) == 1
    assert len(LISTED.findall(anna.get("?unread=no").text)) == 0
    assert len(LISTED.findall(anna.get("?since=2026-09-21&until=2026-09-21").text)) == 50
    assert LISTED.findall(anna.get("?until=2026-09-20").text) == []
    assert "No case fits" in anna.get("?until=2026-09-20").text
    assert BEGAN == 1_790_000_000.0


def test_a_case_tells_everything_and_marks_what_was_read(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge, reader: Reader
) -> None:
    case = talked(clinic.engine, knowledge, reader, EMERGENCY)
    page = anna.get(f"cases/{case}").text
    assert re.search(
        r"<mark>numb\s+between my legs</mark><a class=\"tag present flag\" href=\"#f-saddle_numbness\">", page
    )
    assert 'id="f-saddle_numbness" class="flag"' in page
    assert re.search(r"<mark>(no )?fever</mark><a class=\"tag denied", page)
    assert "another person" in page
    assert "cauda equina" in page
    for link in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{link}"' in page, link


def test_reviewing_marks_the_case_for_everybody(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    case = told(clinic.engine, knowledge, "somebody")
    seen = re.search(r'name="seen" value="([^"]+)"', anna.get(f"cases/{case}").text)
    assert seen
    anna.post(f"cases/{case}/reviewed", f"cases/{case}", seen=seen[1])
    bob = Clinician(clinic)
    bob.sign_in("bob")
    assert "reviewed by anna" in bob.get(f"cases/{case}").text
    assert "Everything is reviewed" in bob.get().text


def test_a_case_that_changed_in_the_meantime_is_not_marked_as_reviewed(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody")
    seen = re.search(r'name="seen" value="([^"]+)"', anna.get(f"cases/{case}").text)
    assert seen
    told(clinic.engine, knowledge, "somebody", number=2, **FLAG)
    reply = anna.post(f"cases/{case}/reviewed", f"cases/{case}", seen=seen[1])
    assert reply.headers["location"].endswith("?changed=yes")
    assert "Not marked as reviewed" in anna.get(f"cases/{case}?changed=yes").text
    assert "1</strong> emergency" in anna.get().text


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_can_be_had(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge, form: str) -> None:
    case = told(clinic.engine, knowledge, "somebody")
    reply = anna.get(f"cases/{case}/file/{form}")
    assert reply.status_code == 200
    with ledger.reading(clinic.engine) as connection:
        expected = FORMATS[form](case_of(connection, case))
    assert form == "pdf" or reply.content == expected
    assert _deeds(clinic, case) == [("anna", f"downloaded_{form}")]


def test_deleting_asks_first_and_leaves_nothing(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    case = told(clinic.engine, knowledge, "somebody", text="these words must go")
    name_person(clinic.engine, "somebody", "Petra Patient")
    anna.post(f"cases/{case}/note", f"cases/{case}", note="a note about her")
    assert anna.post(f"cases/{case}/delete").status_code == 400
    assert anna.get(f"cases/{case}").status_code == 200
    reply = anna.post(f"cases/{case}/delete", sure="yes")
    assert re.search(r"Receipt <strong>r-[0-9a-f]{20}</strong>", reply.text)
    assert anna.get(f"cases/{case}").status_code == 404
    kept = b"".join(path.read_bytes() for path in clinic.folder.glob("psoas.db*"))
    for words in (b"these words must go", b"Petra Patient", b"a note about her"):
        assert words not in kept
    assert ("anna", "deleted") in _deeds(clinic, case)


def test_what_a_person_keeps_from_the_clinic_is_not_there_for_it(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody", **FLAG)
    _refuse(clinic, "somebody")
    assert LISTED.findall(anna.get().text) == []
    for path in (f"cases/{case}", f"cases/{case}/file/json", f"cases/{case}/delete"):
        assert anna.get(path).status_code == 404, path
    assert anna.post(f"cases/{case}/delete", "account", sure="yes").status_code == 404
    assert case_id(clinic.engine, "somebody") == case


def test_who_saw_what_is_written_down_without_a_word_of_the_patient(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody", text="private words")
    bob = Clinician(clinic)
    bob.sign_in("bob")
    anna.get(f"cases/{case}")
    bob.get(f"cases/{case}")
    anna.post(f"cases/{case}/note", f"cases/{case}", note="private note")
    deeds = _deeds(clinic, case)
    assert deeds == [("anna", "saw"), ("bob", "saw"), ("anna", "saw"), ("anna", "noted")]
    assert "private" not in str(deeds)


def test_news_changes_when_a_case_arrives_or_is_read(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    stamps = [anna.get("news").json()["stamp"]]
    case = told(clinic.engine, knowledge, "somebody")
    stamps.append(anna.get("news").json()["stamp"])
    seen = re.search(r'name="seen" value="([^"]+)"', anna.get(f"cases/{case}").text)
    assert seen
    anna.post(f"cases/{case}/reviewed", f"cases/{case}", seen=seen[1])
    stamps.append(anna.get("news").json()["stamp"])
    assert len(set(stamps)) == 3
    assert f'data-stamp="{stamps[2]}"' in anna.get().text


def test_the_statistics_count_what_there_is(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge, reader: Reader
) -> None:
    assert "No case yet" in anna.get("statistics").text
    turn = finished({"sitting_hours": 8, **FLAG}, knowledge, "now", 1)
    keep_all(clinic.engine, [replace(turn, at=time.time())])
    page = anna.get("statistics").text
    assert "a new change in passing urine" in page
    assert page.count('<svg class="plot"') >= 3
    assert page.count("<table") >= 3
