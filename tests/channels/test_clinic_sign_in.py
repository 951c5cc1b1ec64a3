"""Signing in at the pages of the clinic: who may, for how long, and what somebody learns who may not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from clinic_door import PASSWORD, ClinicDoor, Clinician, open_clinic
from sqlalchemy import select, update

from assistant.channels.clinic_pages.gate import form_token
from assistant.clinic.staff import audit, clinicians, passwords, sign_ins, tries
from assistant.clinic.staff import tables as s

PAGES = [
    "",
    "news",
    "cases/c-00000000000000000000",
    "cases/c-00000000000000000000/file/json",
    "invitations",
    "statistics",
]
FORMS = ["sign-out", "invitations", "cases/c-00000000000000000000/note", "cases/c-00000000000000000000/delete"]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path, "anna", "bob") as running:
        yield running


@pytest.fixture
def anna(clinic: ClinicDoor) -> Clinician:
    return Clinician(clinic)


def _age(clinic: ClinicDoor, **columns: float) -> None:
    with clinic.engine.begin() as connection:
        connection.execute(update(s.SIGN_INS).values(**columns))


def _audited(clinic: ClinicDoor) -> list[tuple[str, str]]:
    with clinic.engine.connect() as connection:
        return [(deed.who, deed.what) for deed in reversed(audit.last(connection, 100))]


@pytest.mark.parametrize("path", ["", "sign-in", "invitations", "files/x/clinic.css", "anything"])
def test_without_a_user_there_are_no_pages(tmp_path: Path, path: str) -> None:
    with open_clinic(tmp_path) as closed:
        replies = [Clinician(closed).get(path), requests.post(f"{closed.address}/clinic/{path}", timeout=5)]
        assert [reply.status_code for reply in replies] == [404, 404]
        assert "sign" not in replies[0].text.lower()
        closed.add("anna")
        assert Clinician(closed).sign_in().status_code == 303


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_signing_in(anna: Clinician, path: str) -> None:
    reply = anna.get(path, allow_redirects=False)
    assert reply.status_code in (303, 401)
    assert "sign-in" in reply.headers.get("location", "sign-in")


@pytest.mark.parametrize("path", FORMS)
def test_nobody_sends_a_form_without_signing_in(anna: Clinician, path: str) -> None:
    assert anna.post(path, csrf="0" * 64).status_code == 401


def test_a_session_made_up_or_of_another_kind_is_none(anna: Clinician) -> None:
    for value in ("x", "0" * 43, "' OR 1=1 --", "\u00e9".encode().decode("latin-1"), "a" * 5000):
        reply = anna.get(allow_redirects=False, headers={"Cookie": f"psoas-clinic={value}"})
        assert reply.status_code in (303, 400), value


def test_signing_in_and_out(clinic: ClinicDoor, anna: Clinician) -> None:
    assert anna.sign_in("ANNA").headers["location"] == "./"
    assert anna.get().status_code == 200
    assert anna.post("sign-out", "account").headers["location"] == "./sign-in"
    assert anna.get(allow_redirects=False).status_code == 303
    assert _audited(clinic) == [("anna", "signed_in"), ("anna", "signed_out")]


def test_only_the_hash_of_a_session_and_of_a_password_is_kept(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in()
    kept = b"".join(path.read_bytes() for path in clinic.folder.glob("psoas.db*"))
    assert anna.cookie().encode() not in kept
    assert PASSWORD.encode() not in kept
    assert b"$argon2id$" in kept


def test_a_sign_in_ends_when_it_is_not_used(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in()
    _age(clinic, used_at=time.time() - sign_ins.IDLE - 1)
    assert anna.get(allow_redirects=False).status_code == 303


def test_a_sign_in_ends_after_a_day_of_work_however_much_it_is_used(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in()
    _age(clinic, began_at=time.time() - sign_ins.LONGEST - 1)
    assert anna.get(allow_redirects=False).status_code == 303


def test_a_page_that_looks_for_news_by_itself_does_not_keep_anybody_signed_in(
    clinic: ClinicDoor, anna: Clinician
) -> None:
    anna.sign_in()
    then = time.time() - 600
    _age(clinic, used_at=then)
    anna.get("news", headers={"X-Watching": "yes"})
    with clinic.engine.connect() as connection:
        assert connection.execute(select(s.SIGN_INS.c.used_at)).scalar_one() == then
    anna.get()
    with clinic.engine.connect() as connection:
        assert connection.execute(select(s.SIGN_INS.c.used_at)).scalar_one() > then


def test_signing_out_everywhere_ends_the_other_browsers_and_nobody_elses(clinic: ClinicDoor, anna: Clinician) -> None:
    phone, bob = Clinician(clinic), Clinician(clinic)
    for who, name in ((anna, "anna"), (phone, "anna"), (bob, "bob")):
        who.sign_in(name)
    anna.post("sign-out", "account", everywhere="yes")
    assert [who.get(allow_redirects=False).status_code for who in (anna, phone, bob)] == [303, 303, 200]


def test_a_removed_user_is_out_at_once(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in()
    with clinic.engine.begin() as connection:
        clinicians.remove(connection, "anna")
    assert anna.get(allow_redirects=False).status_code == 303
    assert anna.sign_in().status_code == 403


def test_a_new_password_ends_all_sign_ins(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in()
    with clinic.engine.begin() as connection:
        clinicians.set_password(connection, "anna", "another long secret")
    assert anna.get(allow_redirects=False).status_code == 303
    assert anna.sign_in().status_code == 403
    assert anna.sign_in(password="another long secret").status_code == 303


def test_a_sign_in_begins_a_session_of_its_own(anna: Clinician) -> None:
    planted = "planted-by-somebody-else-0000000000000000000"
    anna.web.cookies.set("psoas-clinic", planted, domain="127.0.0.1", path="/")
    anna.sign_in()
    first = anna.cookie()
    assert first != planted
    anna.post("sign-in", csrf=_form_token(anna), name="anna", password=PASSWORD)
    assert anna.cookie() != first
    assert anna.get(allow_redirects=False, headers={"Cookie": f"psoas-clinic={first}"}).status_code == 303


def _form_token(anna: Clinician) -> str:
    return form_token(str(anna.web.cookies["psoas-clinic-form"]))


def test_wrong_name_and_wrong_password_are_told_alike(anna: Clinician) -> None:
    replies = [anna.sign_in("anna", "x"), anna.sign_in("nobody", "x"), anna.sign_in("<b>", "x"), anna.sign_in("", "")]
    assert [reply.status_code for reply in replies] == [403] * 4
    texts = {
        reply.text.split("<main")[1].replace('value="anna"', "").replace('value="nobody"', "") for reply in replies[:2]
    }
    assert len({text.replace('value=""', "") for text in texts}) == 1


def test_a_name_that_nobody_has_costs_as_much_time(
    clinic: ClinicDoor, anna: Clinician, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept[:9])
            return bool(super().verify(kept, password))

    monkeypatch.setattr(passwords, "HASHER", Counting(time_cost=1, memory_cost=64, parallelism=1))
    anna.sign_in("anna", "x")
    anna.sign_in("nobody", "x")
    assert compared == ["$argon2id"] * 2


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_after_some_failures_even_the_right_password_waits(clinic: ClinicDoor, anna: Clinician, name: str) -> None:
    codes = [anna.sign_in(name, "wrong").status_code for _ in range(tries.MOST["both"] + 1)]
    assert codes == [403] * tries.MOST["both"] + [429]
    assert anna.sign_in(name).status_code == 429
    with clinic.engine.begin() as connection:
        connection.execute(update(s.TRIES).values(since=time.time() - tries.WINDOW - 1))
    assert anna.sign_in(name).status_code == (303 if name == "anna" else 403)


def test_an_address_that_tries_many_names_waits(anna: Clinician) -> None:
    codes = [anna.sign_in(f"name{number}", "wrong").status_code for number in range(tries.MOST["address"] + 1)]
    assert codes[-1] == 429
    assert anna.sign_in().status_code == 429


def test_many_who_sign_in_rightly_from_one_address_do_not_wait(clinic: ClinicDoor) -> None:
    codes = [Clinician(clinic).sign_in().status_code for _ in range(tries.MOST["address"] + 5)]
    assert set(codes) == {303}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(anna: Clinician) -> None:
    kept = anna.sign_in().headers["set-cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {*kept}
    assert "Secure" not in kept
    assert not any(part.lower().startswith("domain") for part in kept)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "clinic.example"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-For": "192.0.2.1"},
        {"Host": "localhost.evil.example"},
    ],
)
def test_the_cookie_is_secure_wherever_it_is_not_plain_loopback(anna: Clinician, headers: dict[str, str]) -> None:
    kept = anna.get("sign-in", headers=headers).headers["set-cookie"]
    assert kept.startswith("__Host-psoas-clinic-form=")
    assert "; Secure" in kept


def test_what_was_typed_in_the_name_field_is_not_logged(clinic: ClinicDoor, anna: Clinician) -> None:
    anna.sign_in("my secret password!", "x")
    assert _audited(clinic) == [("-", "refused")]


def test_after_signing_in_one_comes_to_the_case_one_wanted_and_nowhere_else(anna: Clinician) -> None:
    case = "c-" + "0" * 20
    assert anna.get(f"cases/{case}", allow_redirects=False).headers["location"] == f"../sign-in?case={case}"
    for wanted, place in ((case, f"./cases/{case}"), ("https://evil.example/", "./"), ("../../x", "./")):
        assert Clinician(anna.door).sign_in(case=wanted).headers["location"] == place


def test_a_link_in_a_web_mail_loads_itself_once_more(anna: Clinician) -> None:
    anna.sign_in()
    bare = Clinician(anna.door)
    reply = bare.get("cases/c-" + "0" * 20, headers={"Sec-Fetch-Site": "cross-site"})
    assert 'http-equiv="refresh"' in reply.text
    assert (
        bare.get("cases/c-" + "0" * 20, headers={"Sec-Fetch-Site": "same-origin"}, allow_redirects=False).status_code
        == 303
    )
