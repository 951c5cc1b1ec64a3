"""Words that try to be code, in every place where somebody may write, stay words on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import requests
from clinic_cases import CODE, case_id, name_person, talked, told
from clinic_door import ClinicDoor, Clinician, open_clinic
from sqlalchemy import select
from web_visitor import Visitor

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.knowledge_base.reading import Knowledge
from assistant.language.reading import Reader
from tests.clinic.talking import finished, keep_all

HARMLESS = {"src": re.compile(r"[./]*files/[0-9a-f]{16}/inbox\.js"), "type": re.compile("module")}


class Elements(HTMLParser):
    """Collects what a browser would make of a page: scripts, images, event attributes, frames."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.live: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        ours = tag == "script" and all(
            name in HARMLESS and HARMLESS[name].fullmatch(value or "") for name, value in attributes
        )
        if tag in ("script", "img", "iframe", "object", "embed", "base", "math") and not ours:
            self.live.append(tag)
        self.live += [
            name for name, value in attributes if name.startswith("on") or (value or "").startswith("javascript:")
        ]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path, "anna") as running:
        yield running


@pytest.fixture
def anna(clinic: ClinicDoor) -> Clinician:
    who = Clinician(clinic)
    who.sign_in()
    return who


def test_the_words_of_a_patient(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge, reader: Reader) -> None:
    lines = [f"Deep ache in my groin {CODE}", f"{CODE} I can't pee {CODE}", CODE]
    case = talked(clinic.engine, knowledge, reader, lines)
    name_person(clinic.engine, "somebody", CODE)
    page = anna.get(f"cases/{case}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page
    for path in ("", f"cases/{case}", f"cases/{case}/delete"):
        assert Elements(anna.get(path).text).live == [], path


def test_a_note_comes_back_as_it_was_written(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    case = told(clinic.engine, knowledge, "somebody")
    note = f"\nfirst line\n\n{CODE}</textarea><b>x"
    anna.post(f"cases/{case}/note", f"cases/{case}", note=note)
    page = anna.get(f"cases/{case}").text
    assert Elements(page).live == []
    assert "<b>x" not in page
    assert page.count("</textarea>") == 1


def test_the_fields_of_an_invitation(clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge) -> None:
    token = anna.invite(CODE, reason=CODE)
    reply = anna.post("invitations", name=CODE, reason=CODE, days="1", appointment="2027-03-01T10:00")
    assert Elements(reply.text).live == []
    assert Elements(anna.get("invitations").text).live == []
    body = {"invitation": token, "consent": {"given": True, "wording": "1"}}
    visitor = Visitor(
        clinic.address, requests.post(f"{clinic.address}/chat/session", json=body, timeout=5).json()["token"]
    )
    visitor.say("hello")
    keep_all(clinic.engine, [replace(finished({"sitting_hours": 8}, knowledge, _only_talk(clinic), 1), message_id="x")])
    case = case_id(clinic.engine, _only_talk(clinic))
    assert "Reason" in anna.get(f"cases/{case}").text
    for path in ("", f"cases/{case}"):
        assert Elements(anna.get(path).text).live == [], path


def _only_talk(clinic: ClinicDoor) -> str:
    with ledger.reading(clinic.engine) as connection:
        return str(connection.execute(select(t.TALKS.c.conversation)).scalar_one())


def test_what_comes_back_in_a_form_that_was_refused(anna: Clinician) -> None:
    reply = anna.post("invitations", name=CODE + "x" * 200, reason=CODE, days=CODE, appointment=CODE)
    assert reply.status_code == 400
    assert Elements(reply.text).live == []
    assert Elements(Clinician(anna.door).sign_in(CODE, CODE).text).live == []


@pytest.mark.parametrize("name", ["care", "walking", "unread", "since", "until", "after", "changed"])
def test_the_filters_in_the_address(anna: Clinician, name: str) -> None:
    reply = anna.get("", params={name: CODE})
    assert reply.status_code == 200
    assert Elements(reply.text).live == []


def test_signs_that_turn_a_line_around_or_cannot_be_sent_are_shown_as_their_number(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody", text="safe\u202egnp.exe \ud800 \x00 \x1b[31m")
    name_person(clinic.engine, "somebody", "a\u202eb\ud800\x00")
    for path in ("", f"cases/{case}"):
        page = anna.get(path)
        assert page.status_code == 200
        assert not re.search("[\u202a-\u202e\x00\x1b]", page.text), path


def test_names_of_other_scripts_and_very_long_words_are_kept(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody", text="x" * 5000)
    name_person(clinic.engine, "somebody", "محمد عبد الله")
    assert "<bdi>محمد عبد الله</bdi>" in anna.get("").text
    assert "x" * 5000 in anna.get(f"cases/{case}").text


def test_a_file_is_handed_over_for_keeping_and_never_shown_in_our_name(
    clinic: ClinicDoor, anna: Clinician, knowledge: Knowledge
) -> None:
    case = told(clinic.engine, knowledge, "somebody", text=CODE)
    name_person(clinic.engine, "somebody", CODE)
    for form in ("json", "text", "html"):
        headers = anna.get(f"cases/{case}/file/{form}").headers
        assert headers["content-disposition"].startswith(f'attachment; filename="{case}.')
        assert "sandbox" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
