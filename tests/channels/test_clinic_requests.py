"""Requests at the pages of the clinic that another site, a proxy or somebody curious might send."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from clinic_cases import told
from clinic_door import LINK, ClinicDoor, Clinician, open_clinic

from assistant.clinic import inbox
from assistant.clinic.ledger import reading
from assistant.knowledge_base.reading import Knowledge


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[ClinicDoor]:
    with open_clinic(tmp_path, "anna", "bob") as running:
        yield running


@pytest.fixture
def anna(clinic: ClinicDoor) -> Clinician:
    who = Clinician(clinic)
    who.sign_in()
    return who


@pytest.fixture
def case(clinic: ClinicDoor, knowledge: Knowledge) -> str:
    return told(clinic.engine, knowledge, "somebody")


def _unread(clinic: ClinicDoor) -> int:
    with reading(clinic.engine) as connection:
        return sum(inbox.unread(connection).values())


@pytest.mark.parametrize("csrf", ["", "0" * 64, "é", "other"])
def test_a_form_without_its_token_changes_nothing(clinic: ClinicDoor, anna: Clinician, case: str, csrf: str) -> None:
    if csrf == "other":
        bob = Clinician(clinic)
        bob.sign_in("bob")
        csrf = bob.token()
    for path in (f"cases/{case}/reviewed", f"cases/{case}/delete", f"cases/{case}/note", "invitations", "sign-out"):
        reply = anna.post(path, csrf=csrf, sure="yes", note="x", name="x", days="1")
        assert reply.status_code == 403, path
    assert anna.get(f"cases/{case}").status_code == 200
    assert _unread(clinic) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example"},
    ],
)
def test_a_form_from_another_site_changes_nothing_even_with_its_token(
    anna: Clinician, case: str, headers: dict[str, str]
) -> None:
    token = anna.token()
    reply = anna.post(f"cases/{case}/delete", csrf=token, sure="yes", headers=headers)
    assert reply.status_code in (401, 403)
    assert anna.get(f"cases/{case}").status_code == 200


def test_signing_in_needs_the_token_of_the_form(clinic: ClinicDoor) -> None:
    who = Clinician(clinic)
    assert who.sign_in(csrf="0" * 64).status_code == 403
    assert who.sign_in(headers={"Origin": "https://evil.example"}).status_code == 403
    assert who.cookie() == ""


def test_looking_changes_nothing(clinic: ClinicDoor, anna: Clinician, case: str) -> None:
    for path in ("", f"cases/{case}", f"cases/{case}/delete", f"cases/{case}/file/json", "invitations", "statistics"):
        assert anna.get(path).status_code == 200, path
    assert _unread(clinic) == 1
    for path in (f"cases/{case}/reviewed", f"cases/{case}/note", "sign-out"):
        assert anna.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path", ["sign-in", "", "invitations", "statistics", "account", "nothing", "case", "delete", "news"]
)
def test_every_page_keeps_browsers_strict(anna: Clinician, case: str, path: str) -> None:
    path = {"case": f"cases/{case}", "delete": f"cases/{case}/delete"}.get(path, path)
    who = Clinician(anna.door) if path == "sign-in" else anna
    headers = who.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("path", ["sign-in", "", "invitations", "statistics", "account", "nothing", "case"])
def test_pages_hold_no_inline_code_no_style_and_no_address_of_another_host(
    anna: Clinician, case: str, path: str
) -> None:
    page = anna.get(f"cases/{case}" if path == "case" else path).text
    assert not re.search(r"<script(?![^>]*src=\"[./]*files/)|<style|\son\w+=|\sstyle=|javascript:", page)
    assert re.findall(r"(?:href|src|action)=\"(?:[a-z]+:|//|/)", page) == []


@pytest.mark.parametrize(
    "odd",
    [
        "..", "../..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "c-0", "c-" + "0" * 20, "c-" + "g" * 20, "C-" + "0" * 20,
        "c-00000000000000000000%00", "c-00000000000000000000%0a", "1%20OR%201=1", "%ff", "c-%F0%9F%92%A9" + "0" * 18,
    ],
)  # fmt: skip
def test_an_id_that_is_none_finds_nothing(anna: Clinician, odd: str) -> None:
    for path in (f"cases/{odd}", f"cases/{odd}/file/json", f"cases/{odd}/delete"):
        reply = requests.Request("GET", anna.address + path, cookies=anna.web.cookies.get_dict()).prepare()
        reply.url = anna.address + path  # as it is, dots and all
        assert anna.web.send(reply, timeout=5).status_code in (400, 404), path


@pytest.mark.parametrize("form", ["..", "json%00", "JSON", "exe", "%2e%2e%2fjson", "json.html"])
def test_a_form_that_is_none_gives_no_file(anna: Clinician, case: str, form: str) -> None:
    assert anna.get(f"cases/{case}/file/{form}").status_code == 404


@pytest.mark.parametrize("name", ["../layout.html", "layout.html", "clinic.en.yml", "%2e%2e%2fclinic.en.yml"])
def test_templates_and_words_are_not_files_of_the_pages(anna: Clinician, name: str) -> None:
    assert anna.get(f"files/x/{name}").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "[::1]", "x y", "a'b\"<script>"])
def test_the_host_that_was_asked_for_appears_nowhere(anna: Clinician, host: str) -> None:
    reply = requests.get(f"{anna.address}sign-in", headers={"Host": host, "X-Forwarded-Host": host}, timeout=5)
    assert host.split(":")[0] not in reply.text.replace("[::1]", "" if host != "[::1]" else "[::1]")
    assert host not in str(reply.headers)


def test_links_of_invitations_go_where_the_form_came_from_never_where_a_proxy_says(anna: Clinician) -> None:
    reply = anna.post("invitations", name="x", days="1", headers={"X-Forwarded-Host": "evil.example"})
    found = LINK.search(reply.text)
    assert reply.status_code != 200 or (found and found[1].startswith(f"{anna.door.address}/#i="))


def test_links_of_invitations_take_the_address_of_the_credentials(tmp_path: Path) -> None:
    with open_clinic(tmp_path, "anna", address="https://clinic.example/hip") as door:
        who = Clinician(door)
        who.sign_in()
        reply = who.post("invitations", name="x", days="1")
        found = LINK.search(reply.text)
        assert found
        assert found[1].startswith("https://clinic.example/hip/#i=")


@pytest.mark.parametrize("body", [b"\xff\xfe=%ff", b"a" * 900_000, b"csrf[]=1&csrf=2", b"=&&&=", b"%"])
def test_bodies_that_make_no_sense_are_refused(anna: Clinician, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": anna.door.address}
    reply = anna.web.post(f"{anna.address}invitations", data=body, headers=headers, timeout=20)
    assert reply.status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"])
def test_only_forms_are_taken(anna: Clinician, kind: str) -> None:
    headers = {"Content-Type": kind, "Origin": anna.door.address}
    reply = anna.web.post(f"{anna.address}sign-out", data=f"csrf={anna.token()}", headers=headers, timeout=5)
    assert reply.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_find_nothing(anna: Clinician, case: str, method: str) -> None:
    reply = anna.web.request(method, f"{anna.address}cases/{case}", timeout=5)
    assert reply.status_code in (404, 405)


def test_the_address_without_its_last_slash_leads_to_the_one_with_it(anna: Clinician) -> None:
    assert (
        anna.web.get(f"{anna.door.address}/clinic", timeout=5, allow_redirects=False).headers["location"] == "clinic/"
    )


def test_an_error_inside_tells_nothing_of_the_inside(clinic: ClinicDoor, anna: Clinician, case: str) -> None:
    with clinic.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE cases SET assessment = 'broken words of a patient'")
    reply = anna.get(f"cases/{case}")
    assert reply.status_code == 500
    assert "broken" not in reply.text
    assert "Traceback" not in reply.text
