"""Invitations: from the clinic's form over the patient's page back into the inbox."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests
import segno
from clinic_door import LINK, ClinicDoor, Clinician, open_clinic
from sqlalchemy import select, update
from web_visitor import Visitor

from assistant.clinic import ledger
from assistant.clinic import tables as t
from assistant.clinic.staff import tables as s


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path, "anna") as running:
        yield running


@pytest.fixture
def anna(clinic: ClinicDoor) -> Clinician:
    who = Clinician(clinic)
    who.sign_in()
    return who


def _open(clinic: ClinicDoor, token: str, given: bool = True) -> dict[str, Any]:
    """What the patient's page gets for an invitation."""
    body = {"invitation": token, "consent": {"given": given, "wording": "2026-11"}}
    reply = requests.post(f"{clinic.address}/chat/session", json=body, timeout=10)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


def _talks(clinic: ClinicDoor) -> list[Any]:
    with ledger.reading(clinic.engine) as connection:
        return connection.execute(select(t.TALKS).order_by(t.TALKS.c.id)).all()


def _change(clinic: ClinicDoor, **columns: float) -> None:
    with clinic.engine.begin() as connection:
        connection.execute(update(s.INVITATIONS).values(**columns))


def test_a_conversation_is_known_by_its_invitation_with_consent(clinic: ClinicDoor, anna: Clinician) -> None:
    told = _open(clinic, anna.invite("Record 4711"))
    assert told["invitation"] == "shared"
    visitor = Visitor(clinic.address, told["token"])
    assert visitor.say("hello")[-1][0] == "done"
    (talk,) = _talks(clinic)
    assert (talk.known_as, talk.shared, talk.turns) == ("Record 4711", True, 1)
    assert [(c["to"], c["given"], c["wording"]) for c in talk.consents] == [("clinic", True, "2026-11")]
    assert "Used" in anna.get("invitations").text


def test_an_invitation_works_once(clinic: ClinicDoor, anna: Clinician) -> None:
    token = anna.invite()
    assert [_open(clinic, token)["invitation"] for _ in range(3)] == ["shared", "not_valid", "not_valid"]
    assert len(_talks(clinic)) == 1


def test_of_twenty_who_open_it_at_once_one_gets_it(clinic: ClinicDoor, anna: Clinician) -> None:
    token = anna.invite()
    with ThreadPoolExecutor(10) as pool:
        told = list(pool.map(lambda _: _open(clinic, token)["invitation"], range(20)))
    assert sorted(told) == ["not_valid"] * 19 + ["shared"]


@pytest.mark.parametrize("how", ["expired", "revoked", "forged", "empty", "odd", "another"])
def test_an_invitation_that_is_not_good_lets_the_chat_go_on_without_a_clinic(
    clinic: ClinicDoor, anna: Clinician, how: str
) -> None:
    token = anna.invite()
    if how == "expired":
        _change(clinic, expires_at=time.time() - 1)
    if how == "revoked":
        form = anna.get("invitations").text.split("/revoke")[0].rpartition("invitations/")[2]
        assert anna.post(f"invitations/{form}/revoke", "invitations").status_code == 303
    token = {"forged": "A" * 22, "empty": "", "odd": "../../é'\" OR 1=1", "another": token[:-1]}.get(how, token)
    told = _open(clinic, token)
    assert told["invitation"] == "not_valid"
    assert Visitor(clinic.address, told["token"]).say("hello")[-1][0] == "done"
    assert [talk.known_as[:2] for talk in _talks(clinic)] == ["p-"]


def test_who_says_no_keeps_the_conversation_and_may_come_back(clinic: ClinicDoor, anna: Clinician) -> None:
    token = anna.invite("Record 4711")
    told = _open(clinic, token, given=False)
    assert told["invitation"] == "kept"
    Visitor(clinic.address, told["token"]).say("result")
    (talk,) = _talks(clinic)
    assert (talk.shared, talk.known_as[:2]) == (False, "p-")
    assert _open(clinic, token)["invitation"] == "shared"


def test_the_token_is_kept_nowhere_and_the_link_holds_nothing_else(clinic: ClinicDoor, anna: Clinician) -> None:
    token = anna.invite("Petra Patient", reason="groin pain")
    assert len(token) == 22
    kept = b"".join(path.read_bytes() for path in clinic.folder.glob("psoas.db*"))
    assert token.encode() not in kept
    assert token not in anna.get("invitations").text


@pytest.mark.parametrize(
    "body",
    [b"[]", b"nonsense", b'{"invitation": 1, "consent": {}}', b'{"invitation": "x"}', b'{"invitation": "x", "consent": 1}',
     b'{"invitation": "x", "consent": {"given": "yes", "wording": "1"}}', b"[" * 3000,
     b'{"invitation": "x", "consent": {"given": true, "wording": "<b>"}}'],
)  # fmt: skip
def test_a_body_that_is_no_answer_is_refused(clinic: ClinicDoor, body: bytes) -> None:
    reply = requests.post(f"{clinic.address}/chat/session", data=body, timeout=5)
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "unreadable")


def test_without_a_body_a_session_is_as_ever(clinic: ClinicDoor) -> None:
    for body in (b"", b"{}"):
        reply = requests.post(f"{clinic.address}/chat/session", data=body, timeout=5).json()
        assert set(reply) == {"token", "life"}


def test_a_form_with_faults_names_them_and_makes_nothing(clinic: ClinicDoor, anna: Clinician) -> None:
    for wrong in ({"name": ""}, {"name": "x" * 121}, {"days": "0"}, {"days": "99"}, {"days": "-1"}, {"days": "²"},
                  {"reason": "x" * 501}, {"appointment": "soon"}, {"appointment": "9999-99-99T00:00"}):  # fmt: skip
        reply = anna.post("invitations", **{"name": "x", "days": "3", **wrong})
        assert reply.status_code == 400, wrong
        assert 'role="alert"' in reply.text
    with ledger.reading(clinic.engine) as connection:
        assert connection.execute(select(s.INVITATIONS.c.id)).all() == []


def test_deleting_the_conversation_deletes_the_invitation(clinic: ClinicDoor, anna: Clinician) -> None:
    told = _open(clinic, anna.invite("Petra Patient", reason="groin pain"))
    Visitor(clinic.address, told["token"]).request("DELETE", "data")
    kept = b"".join(path.read_bytes() for path in clinic.folder.glob("psoas.db*"))
    assert b"Petra" not in kept
    assert b"groin pain" not in kept


def test_somebody_elses_invitation_cannot_be_withdrawn_by_a_made_up_id(anna: Clinician) -> None:
    for odd in ("i-" + "0" * 20, "..", "%00", "1 OR 1=1"):
        assert anna.post(f"invitations/{odd}/revoke", "account").status_code == 404


def test_the_picture_of_a_link_is_drawn_of_that_link(anna: Clinician) -> None:
    page = anna.post("invitations", name="x", days="1").text
    link = LINK.search(page)
    assert link
    assert (
        segno.make(link[1], error="m").svg_inline(scale=6, border=4, light="#fff", dark="#000", omitsize=False) in page
    )
