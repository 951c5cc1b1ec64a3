"""Requests of any shape to every address: none makes the server fail. 50,000 of them with PSOAS_LONG=1."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from web_visitor import Visitor

from assistant.settings import ROOT
from tests.security.conftest import METRICS, House

pytestmark = pytest.mark.servers
FEW, MANY = 2_000, 50_000
ADDRESSES = (
    "/", "/widget.js", "/favicon.ico", "/chat", "/chat/", "/chat/session", "/chat/messages", "/chat/history", "/chat/data",
    "/chat/static/x/chat.js", "/chat/pictures/walking.svg", "/health", "/health/ready", "/metrics", "/clinic", "/clinic/",
    "/clinic/sign-in", "/clinic/cases/c-00", "/clinic/cases/c-00/file/pdf", "/clinic/invitations", "/clinic/statistics",
    "/fhir/metadata", "/fhir/Questionnaire", "/fhir/Questionnaire/$next-question", "/fhir/CodeSystem",
    "/webhooks/telegram/webhook", "/webhooks/slack/webhook", "/webhooks/slack/", "/status", "/version",
    "/domain", "/model", "/model/parse", "/conversations/x/tracker", "/conversations/x/messages", "/docs", "/openapi.json",
)  # fmt: skip
"""Without Rasa's own REST channel: it answers an empty body with 500, and is closed."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "X")
KEYS = ("text", "id", "shown", "metadata", "locale", "sender", "message", "invitation", "update_id", "callback_query", "type",
        "event", "challenge", "payload", "resourceType", "item", "answer", "name", "password", "csrf")  # fmt: skip
MEDIA = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
         "application/fhir+json", "", "application/json; charset=utf-16", "a" * 500)  # fmt: skip
NAMES = ("Origin", "Referer", "Cookie", "Accept", "Accept-Encoding", "If-None-Match", "Range", "Expect", "Upgrade", "X-Real-IP",
         "X-Forwarded-Proto", "X-Telegram-Bot-Api-Secret-Token", "X-Slack-Signature", "X-Slack-Request-Timestamp",
         "X-Slack-Retry-Num", "X-HTTP-Method-Override", "Transfer-Encoding", "Sec-WebSocket-Key", "Forwarded")  # fmt: skip

words = st.text(max_size=40)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | words
    | st.sampled_from(["web", "/restart", "hello", "yes", "4"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | words, inner, max_size=4),
    max_leaves=8,
)
bodies = st.one_of(
    st.just(b""),
    st.binary(max_size=200),
    st.dictionaries(st.sampled_from(KEYS), values, max_size=5).map(lambda body: json.dumps(body).encode()),
    values.map(lambda body: json.dumps(body).encode()),
    st.lists(st.tuples(st.sampled_from(KEYS), words), max_size=4).map(
        lambda pairs: "&".join(f"{key}={value}" for key, value in pairs).encode("utf-8", "replace")
    ),
    st.integers(1, 2000).map(lambda depth: b"[" * depth),
    st.integers(60_000, 80_000).map(lambda size: b'{"text": "' + b"x" * size + b'"}'),
)
tails = st.one_of(
    st.just(b""),
    st.binary(min_size=1, max_size=12).map(lambda tail: b"/" + tail),
    st.sampled_from(
        [b"?x=1", b"?%ff", b"/../..", b"/%2e%2e%2f", b"//", b"/%00", b"?" + b"a" * 2000, b"#x", b";x", b"/\xff"]
    ),
)


@dataclass(frozen=True)
class Asked:
    """A request as bytes, without the connection's own lines."""

    line: bytes
    headers: tuple[bytes, ...]
    body: bytes

    def sent(self, token: str, address: str) -> bytes:
        """With a session of somebody (where the request asks for one) and from an address of its own."""
        own = [f"X-Forwarded-For: {address}".encode(), b"Connection: close", *self.headers]
        lines = b"\r\n".join([self.line, b"Host: localhost", *own])
        return lines.replace(b"TOKEN", token.encode()) + b"\r\n\r\n" + self.body


@st.composite
def requests(draw: st.DrawFn) -> Asked:
    method = draw(st.sampled_from(METHODS)) if draw(st.integers(0, 4)) == 0 else draw(st.sampled_from(METHODS[:6]))
    path = draw(st.sampled_from(ADDRESSES)).encode() + draw(tails)
    body = draw(bodies)
    headers = [f"Content-Type: {draw(st.sampled_from(MEDIA))}".encode()]
    headers += [
        b"Authorization: Bearer " + draw(st.sampled_from([b"TOKEN", b"TOKEN", METRICS.encode(), b"x.y.z", b""]))
    ]
    headers += [f"Content-Length: {len(body) + draw(st.sampled_from([0] * 38 + [1, -1]))}".encode()]
    odd = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=20)), max_size=2))
    headers += [name.encode() + b": " + value.replace(b"\r", b"").replace(b"\n", b"") for name, value in odd]
    return Asked(method.encode() + b" " + path + b" HTTP/1.1", tuple(headers), body)


def test_no_request_makes_the_server_fail(open_house: House, long: bool) -> None:
    asked, visitor = 0, Visitor(open_house.address, headers={"X-Forwarded-For": "172.16.0.1"})
    token = visitor.session()

    @settings(
        max_examples=MANY if long else FEW, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(requests())
    def fuzz(request: Asked) -> None:
        nonlocal asked, token
        asked += 1
        if asked % 30 == 0:
            visitor.headers = {"X-Forwarded-For": f"172.17.{asked // 30 // 250}.{asked // 30 % 250 + 1}"}
            token = visitor.session()
        reply = sent(open_house, request.sent(token, f"172.18.{asked // 250 % 250}.{asked % 250 + 1}"))
        status = int(reply.split(b" ", 2)[1]) if reply.startswith(b"HTTP/") else 0
        assert status < 500 or (status == 503 and b'"code"' in reply), reply
        for inside in (b"Traceback", str(ROOT).encode(), b"site-packages", b"sqlalchemy"):
            assert inside not in reply

    fuzz()
    assert asked >= (MANY if long else FEW)
    visitor.headers = {"X-Forwarded-For": "172.16.0.2"}
    visitor.session()
    assert visitor.say("my groin hurts")[-1][0] == "done"


def sent(house: House, request: bytes, patience: float = 0.5) -> bytes:
    """What comes back until the other side closes; a request that is shorter than it says is left waiting for its rest."""
    with socket.create_connection((house.place.host, house.place.port), timeout=10) as line:
        received = b""
        try:
            line.sendall(request)
            line.settimeout(patience)
            while chunk := line.recv(65536):
                received += chunk
        except (TimeoutError, ConnectionError):
            pass
        return received
