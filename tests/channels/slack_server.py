"""A Slack of this machine: its Web API in the documented shapes with the documented limits, and signed requests to the door.

It keeps what each talk and channel shows. What real Slack does in its own client (which boxes are ticked) is in slack_person.py.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from slack_rules import refusal

TOKEN, SECRET = "xoxb-token-of-the-tests", "signing-secret-of-the-tests"
TEAM, BOT = "T0TEAM", "U0BOT"
ACKNOWLEDGE_WITHIN = 3.0
LONGEST_TEXT = 40_000
Message = dict[str, Any]


class Slack:
    """``shown`` holds the messages of each channel as people see them; ``calls`` every call: (time, method, fields)."""

    def __init__(self) -> None:
        self.shown: dict[str, list[Message]] = {}
        self.calls: list[tuple[float, str, Mapping[str, Any]]] = []
        self.uploads: dict[str, dict[str, Any]] = {}
        self.refuse: dict[str, str] = {}
        self.slow_down = 0
        self.retry_after = 1
        self.door = ""
        self.slowest = 0.0
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def number(self) -> int:
        return next(self._numbers)

    def stamp(self) -> str:
        return f"{1_700_000_000 + self.number()}.000100"

    # ---- what the door asks

    def call(self, method: str, token: str, fields: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """The status and the answer of a call."""
        with self._lock:
            self.calls.append((time.monotonic(), method, fields))
            if self.slow_down > 0:
                self.slow_down -= 1
                return 429, {"ok": False, "error": "ratelimited"}
            fault = self._fault(method, token, fields)
            if fault:
                code, _, detail = fault.partition(": ")
                return 200, {"ok": False, "error": code, "response_metadata": {"messages": [detail]}}
            return 200, {"ok": True, **METHODS[method](self, fields)}

    def _fault(self, method: str, token: str, fields: Mapping[str, Any]) -> str:
        if token != f"Bearer {TOKEN}":
            return "invalid_auth"
        if method not in METHODS:
            return "unknown_method"
        if method in self.refuse:
            return self.refuse[method]
        if "as_user" in fields:
            return "as_user_not_supported"
        if method.startswith("chat."):
            return self._message_fault(method, fields)
        return ""

    def _message_fault(self, method: str, fields: Mapping[str, Any]) -> str:
        if self.channel(str(fields.get("channel"))) not in self.shown:
            return "channel_not_found"
        if not fields.get("text"):
            return "no_text"
        if len(fields["text"]) > LONGEST_TEXT:
            return "msg_too_long"
        if method == "chat.update" and not self._find(fields):
            return "message_not_found"
        return refusal(fields["blocks"]) if fields.get("blocks") is not None else ""

    def channel(self, named: str) -> str:
        """A person's id stands for the direct talk with them."""
        return "D" + named[1:] if named.startswith("U") else named

    def _find(self, fields: Mapping[str, Any]) -> Message | None:
        here = self.shown.get(str(fields["channel"]), [])
        return next((m for m in here if m["ts"] == fields.get("ts") and m.get("bot_id")), None)

    def post(self, fields: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        channel = self.channel(str(fields["channel"]))
        message = {"ts": self.stamp(), "text": fields["text"], "bot_id": "B0BOT", "user": BOT, **more}
        message["blocks"] = self._named(fields.get("blocks") or [])
        self.shown[channel].append(message)
        return {"channel": channel, "ts": message["ts"], "message_ts": message["ts"]}

    def update(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        message = self._find(fields)
        assert message is not None
        message.update(text=fields["text"], blocks=self._named(fields.get("blocks") or []))
        return {"channel": fields["channel"], "ts": message["ts"]}

    def _named(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"block_id": f"made{self.number()}", **block} for block in blocks]

    def open(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        channel = self.channel(str(fields["users"]))
        self.shown.setdefault(channel, [])
        return {"channel": {"id": channel}}

    def upload_url(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = f"F{self.number()}"
        self.uploads[name] = {"alt_txt": fields.get("alt_txt"), "filename": fields["filename"], "bytes": b""}
        return {"upload_url": f"{self.address}/upload/{name}", "file_id": name}

    def complete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        files = json.loads(fields["files"]) if isinstance(fields["files"], str) else fields["files"]
        held = [{**self.uploads[file["id"]], "id": file["id"], "title": file["title"]} for file in files]
        self.post({"channel": fields["channel_id"], "text": ""}, files=held)
        return {"files": [{"id": file["id"]} for file in held]}

    # ---- what Slack asks the door

    def send(self, content: Mapping[str, Any], **headers: str) -> requests.Response:
        """An event, signed and in JSON."""
        return self.deliver(json.dumps(content).encode(), "application/json; charset=utf-8", **headers)

    def send_form(self, **fields: Any) -> requests.Response:
        """A slash command, or with ``payload`` an interaction."""
        held = {name: json.dumps(value) if name == "payload" else value for name, value in fields.items()}
        return self.deliver(urlencode(held).encode(), "application/x-www-form-urlencoded; charset=utf-8")

    def deliver(self, body: bytes, content_type: str, **headers: str) -> requests.Response:
        at = str(int(time.time()))
        signed = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature(at, body), **headers}
        begun = time.monotonic()
        reply = requests.post(self.door, body, headers={"Content-Type": content_type, **signed}, timeout=10)
        self.slowest = max(self.slowest, time.monotonic() - begun)
        assert time.monotonic() - begun < ACKNOWLEDGE_WITHIN, "Slack gives up after three seconds"
        return reply


def signature(at: str, body: bytes, secret: str = SECRET) -> str:
    """Slack's signature, version 0."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()


METHODS: Mapping[str, Any] = {
    "chat.postMessage": Slack.post,
    "chat.postEphemeral": lambda slack, fields: slack.post(fields, only_for=fields["user"]),
    "chat.update": Slack.update,
    "conversations.open": Slack.open,
    "files.getUploadURLExternal": Slack.upload_url,
    "files.completeUploadExternal": Slack.complete,
}


def _answering(slack: Slack) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = urlsplit(self.path).path
            if path.startswith("/upload/"):
                slack.uploads[path.removeprefix("/upload/")]["bytes"] = body
                self._reply(200, b"OK", "text/plain")
                return
            status, answer = slack.call(
                path.removeprefix("/api/"), self.headers.get("Authorization", ""), self._fields(body)
            )
            self._reply(status, json.dumps(answer).encode(), "application/json")

        def _fields(self, body: bytes) -> dict[str, Any]:
            if self.headers.get("Content-Type", "").startswith("application/json"):
                return dict(json.loads(body))
            found = {**parse_qs(urlsplit(self.path).query), **parse_qs(body.decode())}
            return {name: values[0] for name, values in found.items()}

        def _reply(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status == 429:
                self.send_header("Retry-After", str(slack.retry_after))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *values: Any) -> None:
            pass

    return Answering


@contextmanager
def local_slack() -> Iterator[Slack]:
    """A running Slack of this machine."""
    slack = Slack()
    yield slack
    slack.stop()
