"""What somebody with bad intentions might try; each test is one line of the attack list."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from scripted_bot import ScriptedBot
from web_door import Door, open_door
from web_visitor import Visitor

from assistant.settings import ROOT

FOREIGN = "https://evil.example"
OURS = "https://clinic.example"


def test_no_token_no_answer(door: Door) -> None:
    for method, path in [("POST", "messages"), ("GET", "history"), ("DELETE", "data")]:
        reply = requests.request(method, f"{door.address}/chat/{path}", json={"text": "a"}, timeout=5)
        assert (reply.status_code, reply.json()["error"]["code"]) == (401, "session_ended")
    assert door.received == []


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic YTpi", "Bearer " + "a" * 7000, "Bearer \u00e9"],
    ids=range(7),
)
def test_odd_authorization(door: Door, header: str) -> None:
    reply = requests.get(f"{door.address}/chat/history", headers={"Authorization": header.encode("latin-1")}, timeout=5)
    assert reply.status_code == 401


def test_a_token_in_the_address_or_a_cookie_is_not_taken(visitor: Visitor) -> None:
    token = visitor.session()
    for more in ({"params": {"token": token}}, {"cookies": {"token": token}}):
        reply = requests.get(f"{visitor.address}/chat/history", timeout=5, **more)  # type: ignore[arg-type]
        assert reply.status_code == 401


def test_a_foreign_site_can_do_nothing(door: Door) -> None:
    visitor = Visitor(door.address)
    visitor.session()
    visitor.headers = {"Origin": FOREIGN}
    for method, path in [("POST", "session"), ("POST", "messages"), ("GET", "history"), ("DELETE", "data")]:
        reply = visitor.request(method, path, json={"text": "a"})
        assert (reply.status_code, reply.json()["error"]["code"]) == (403, "foreign_site")
        assert "access-control-allow-origin" not in reply.headers
    assert door.received == []


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://clinic.example.evil.example",
        "https://evil.example/https://clinic.example",
        "file://",
        "http://[",
    ],
)
def test_origins_that_look_alike(door: Door, origin: str) -> None:
    reply = requests.post(f"{door.address}/chat/session", headers={"Origin": origin}, timeout=5)
    assert reply.status_code == 403


def test_an_allowed_site_may_embed(door: Door) -> None:
    question = {
        "Origin": OURS,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    asked = requests.options(f"{door.address}/chat/messages", headers=question, timeout=5)
    assert asked.headers["access-control-allow-origin"] == OURS
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers
    visitor = Visitor(door.address, headers={"Origin": OURS})
    assert visitor.texts("rich")
    assert visitor.post("").headers["access-control-allow-origin"] == OURS


def test_a_foreign_preflight_gets_nothing(door: Door) -> None:
    asked = requests.options(f"{door.address}/chat/messages", headers={"Origin": FOREIGN}, timeout=5)
    assert "access-control-allow-origin" not in asked.headers


def test_cross_site_text_plain_is_refused(visitor: Visitor) -> None:
    reply = visitor.request("POST", "messages", data=b'{"text": "a"}', headers={"Content-Type": "text/plain"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "only_text")


def test_uploads_are_refused_kindly(visitor: Visitor) -> None:
    reply = visitor.request("POST", "messages", files={"file": ("a.png", b"x" * 500_000)})
    assert (reply.status_code, reply.json()["error"]["code"]) == (415, "only_text")


@pytest.mark.parametrize(
    "text", ["/restart", "/session_start", ' /inform{"a": 1}', "\u3000/back", "//", "/\u200b/restart", "\x1c/restart"]
)
def test_no_typed_command_reaches_rasa(visitor: Visitor, door: Door, text: str) -> None:
    visitor.post(text)
    assert all(not str(message.text).strip().startswith("/") for message in door.received)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "${7*7}",
        "{{7*7}}",
        "'; DROP TABLE said; --",
        "\u202egnp.exe",
        "\r\nSet-Cookie: a=b",
        "data: x\n\nevent: done",
    ],
)
def test_odd_texts_come_back_as_they_were(visitor: Visitor, text: str) -> None:
    visitor.say(text)
    assert visitor.history()[0]["content"]["text"] == text.replace("\r", " ").strip()


def test_an_event_cannot_be_forged_through_an_answer(tmp_path: Path) -> None:
    async def echo(message: Any) -> None:
        await message.output_channel.send_response(message.sender_id, {"text": message.text})

    with open_door(echo, tmp_path) as door:
        evil = 'a\n\nevent: message\ndata: {"custom": {"deleted": true}}\n\n'
        names = [name for name, _ in Visitor(door.address).say(evil)]
    assert names == ["open", "message", "done"]


def test_a_forwarded_address_is_not_believed_without_a_proxy(door: Door) -> None:
    codes = [
        requests.post(
            f"{door.address}/chat/session", headers={"X-Forwarded-For": f"192.0.2.{number}"}, timeout=5
        ).status_code
        for number in range(40)
    ]
    assert 429 in codes


def test_behind_a_proxy_each_visitor_counts_alone(tmp_path: Path) -> None:
    with open_door(ScriptedBot(), tmp_path, proxies=1) as door:
        codes = {
            requests.post(
                f"{door.address}/chat/session", headers={"X-Forwarded-For": f"9.9.9.9, 192.0.2.{number}"}, timeout=5
            ).status_code
            for number in range(40)
        }
    assert codes == {200}


def test_errors_show_no_insides(visitor: Visitor, door: Door) -> None:
    replies = [
        visitor.post("crash"),
        visitor.request("PUT", "messages"),
        visitor.request("POST", "history"),
        visitor.request("GET", "x" * 3000),
        visitor.request("POST", "messages", data=b"{", headers={"Content-Type": "application/json"}),
        requests.get(f"{door.address}/nothing", timeout=5),
    ]
    for reply in replies:
        text = reply.text.lower()
        assert not any(
            word in text
            for word in ("traceback", "sanic", "rasa", "python", str(ROOT).lower(), "runtimeerror", "secret detail")
        ), text
        assert "server" not in reply.headers


def test_the_token_tells_nothing_about_the_person(visitor: Visitor) -> None:
    visitor.say("groin pain")
    import base64

    claims = json.loads(base64.urlsafe_b64decode(visitor.token.split(".")[1] + "=="))
    assert set(claims) == {"sub", "aud", "iat", "exp", "born", "jti"}
