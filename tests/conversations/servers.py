"""The real Rasa and action server, started once for the whole test run, and a conversation with them over REST."""

from __future__ import annotations

import json
import sys
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from assistant.conversation.saying import Say
from assistant.serving import Place, free_port, running


@contextmanager
def started() -> Iterator[Place]:
    """Both servers on free ports of this machine, answering; ended when the block ends."""
    place = Place("127.0.0.1", free_port(), rest=True)
    with running(place, lambda line: print(line, file=sys.stderr)):
        yield place


class Visitor:
    """One person's conversation over Rasa's REST channel."""

    def __init__(self, place: Place) -> None:
        self._address = f"http://{place.host}:{place.port}/webhooks/rest/webhook"
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> Sequence[Say]:
        """What is answered, with what REST sends as messages of their own put together again."""
        body = json.dumps({"sender": self._sender, "message": text}).encode()
        request = urllib.request.Request(self._address, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return [_said(message) for message in json.load(answer)]


def _said(message: dict[str, Any]) -> Say:
    buttons = tuple(button["payload"] for button in message.get("buttons", ()))
    return Say(message.get("text", ""), buttons, message.get("custom") or {})
