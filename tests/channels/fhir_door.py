"""A real server with the FHIR form alone, and what a record system sends to it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic

from assistant.channels.fhir_form import FhirFormInput
from assistant.channels.web.limits import Allowance
from assistant.clinic.fhir.codes import FINDINGS
from assistant.knowledge_base.building import build
from assistant.settings import CONTENT
from tests.channels.web_door import NUMBERS, Door

NEXT = "/fhir/Questionnaire/$next-question"
START = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}


class FhirDoor(Door):
    """A server with the FHIR form alone."""

    def _app(self, credentials: Any) -> Sanic:
        app = Sanic(f"fhir_{next(NUMBERS)}", configure_logging=False)
        register([FhirFormInput.from_credentials({})], app, route="/webhooks/")
        return app

    def post(self, body: bytes, media: str = "application/fhir+json") -> tuple[int, Any]:
        """Status and JSON of what is answered to a body."""
        return self._asked(urllib.request.Request(self.address + NEXT, body, {"Content-Type": media}))

    def ask(self, resource: Mapping[str, Any]) -> tuple[int, Any]:
        return self.post(json.dumps(resource).encode())

    def get(self, path: str, method: str = "GET") -> tuple[int, Any]:
        return self._asked(urllib.request.Request(f"{self.address}/fhir/{path}", method=method))

    @staticmethod
    def _asked(request: urllib.request.Request) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(request, timeout=20) as got:
                return got.status, json.loads(got.read())
        except urllib.error.HTTPError as refused:
            return refused.code, json.loads(refused.read() or b"{}")


async def silent(message: UserMessage) -> None:
    """The form tells the bot nothing."""
    raise AssertionError("the form is no conversation")


def coded(link: str, *codes: str) -> dict[str, Any]:
    """An item answered with these codes."""
    return {"linkId": link, "answer": [{"valueCoding": {"system": FINDINGS, "code": code}} for code in codes]}


def filled(*items: dict[str, Any]) -> dict[str, Any]:
    """A response with these items."""
    return {**START, "item": list(items)}


@contextmanager
def open_fhir_door(folder: Path) -> Iterator[FhirDoor]:
    """A running server on a knowledge base of its own, without a limit of pace."""
    build(CONTENT, folder / "knowledge.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_KNOWLEDGE", str(folder / "knowledge.db"))
        patch.setattr("assistant.channels.fhir_form.PACE", (Allowance(100_000, 60),))
        running = FhirDoor(silent, folder, {})
        running.start()
        yield running
        running.stop()
