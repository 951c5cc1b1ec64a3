"""A visitor of the web door without a browser: speaks HTTP and reads the events."""

import json
from dataclasses import dataclass, field
from typing import Any

import requests


@dataclass
class Visitor:
    """Takes a session at the first request that needs one."""

    address: str
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def session(self) -> str:
        reply = requests.post(f"{self.address}/chat/session", headers=self.headers, timeout=10)
        reply.raise_for_status()
        self.token = reply.json()["token"]
        return self.token

    def request(self, method: str, path: str, **more: Any) -> requests.Response:
        """A request under /chat with this visitor's token."""
        headers = {**self.headers, **more.pop("headers", {})}
        if self.token or path != "session":
            headers.setdefault("Authorization", f"Bearer {self.token or self.session()}")
        return requests.request(method, f"{self.address}/chat/{path}", headers=headers, timeout=20, **more)

    def post(self, text: Any, **fields: Any) -> requests.Response:
        return self.request("POST", "messages", json={"text": text, **fields})

    def say(self, text: str, **fields: Any) -> list[tuple[str, Any]]:
        """The events of an answer: (name, content)."""
        reply = self.post(text, **fields)
        assert reply.status_code == 200, reply.text
        return events(reply.content.decode())

    def texts(self, text: str, **fields: Any) -> list[str]:
        """The texts of an answer."""
        return [content.get("text") for name, content in self.say(text, **fields) if name == "message"]

    def history(self) -> list[dict[str, Any]]:
        return self.request("GET", "history").json()["messages"]


def events(stream: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, content); pings are left out."""
    blocks = [block.split("\n") for block in stream.split("\n\n") if block.startswith("event: ")]
    return [(name.removeprefix("event: "), json.loads(line.removeprefix("data: "))) for name, line in blocks]
