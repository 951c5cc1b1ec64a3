"""Requests that no browser sends: too large, malformed, slow, or looking for a way out of the folder."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from scripted_bot import ScriptedBot
from web_door import Door, open_door
from web_visitor import Visitor

from assistant.settings import ROOT

JSON = {"Content-Type": "application/json"}


def raw(door: Door, request: bytes, wait: float = 3) -> bytes:
    """Sends bytes as they are and returns what comes back."""
    with socket.create_connection(("127.0.0.1", door.port), timeout=wait) as line:
        line.sendall(request)
        received = b""
        try:
            while chunk := line.recv(65536):
                received += chunk
        except (TimeoutError, ConnectionError):
            pass
        return received


@pytest.mark.parametrize("size", [64 * 1024 + 1, 900_000, 3_000_000])
def test_a_large_body_is_refused(visitor: Visitor, size: int) -> None:
    visitor.session()
    try:
        reply = visitor.request("POST", "messages", data=b"x" * size, headers=JSON)
    except requests.ConnectionError:
        return
    assert (reply.status_code, reply.json()["error"]["code"]) == (413, "too_large")


def test_a_large_chunked_body_is_cut_off(visitor: Visitor) -> None:
    visitor.session()

    def chunks() -> Any:
        for _ in range(2000):
            yield b"x" * 4096

    try:
        reply = visitor.request("POST", "messages", data=chunks(), headers=JSON)
    except requests.ConnectionError:
        return
    assert reply.status_code == 413


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: -5",
        b"Content-Length: 3\r\nContent-Length: 4",
        b"Content-Length: abc",
        b"Content-Length: 1e3",
        b"Transfer-Encoding: chunked\r\nContent-Length: 3",
        b"Transfer-Encoding: gzip, chunked",
        b"Expect: 200-ok\r\nContent-Length: 3",
    ],
)
def test_odd_lengths_do_no_harm(door: Door, head: bytes) -> None:
    token = Visitor(door.address).session().encode()
    reply = raw(
        door,
        b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + b"\r\n" + head + b"\r\n\r\nabc",
    )
    assert b"Traceback" not in reply
    assert b" 200 " not in reply.split(b"\r\n")[0]
    assert Visitor(door.address).texts("rich")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/9",
        b"GET /\x00 HTTP/1.1",
        b"\x16\x03\x01",
        b"GET http://evil.example/ HTTP/1.1",
        b"A" * 20_000,
        b"GET /\xff\xfe HTTP/1.1",
        b"GET /chat/history?x=%ff HTTP/1.1",
    ],
    ids=range(7),
)
def test_odd_requests_do_no_harm(door: Door, request_line: bytes) -> None:
    reply = raw(door, request_line + b"\r\nHost: x\r\n\r\n", wait=1)
    assert b"Traceback" not in reply
    assert str(ROOT).encode() not in reply
    assert requests.get(door.address, timeout=5).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/chat/static/x/../page.py",
        "/chat/static/x/..%2fpage.py",
        "/chat/static/x/%2e%2e%2fsessions.py",
        "/chat/static/x/%00",
        "/chat/static/../../var/session_secret",
        "/chat/pictures/..%2f..%2fcredentials.yml",
        "/chat/pictures/%2fetc%2fpasswd",
        "/chat/pictures/secret.svg",
    ],
)
def test_no_way_out_of_the_folder(tmp_path: Path, path: str) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "pose.svg").write_text("<svg/>")
    (tmp_path / "secret.svg").write_text("<svg>secret</svg>")
    with open_door(ScriptedBot(), tmp_path / "var", pictures=str(pictures)) as door:
        reply = raw(door, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        assert b" 200 " not in reply.split(b"\r\n")[0]
        assert requests.get(f"{door.address}/chat/pictures/pose.svg", timeout=5).text == "<svg/>"


def test_slow_senders_do_not_stop_the_others(door: Door) -> None:
    lines = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(50)]
    for line in lines:
        line.sendall(b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n")
    begun = time.monotonic()
    assert Visitor(door.address).texts("rich")
    assert time.monotonic() - begun < 2
    for line in lines:
        line.close()
