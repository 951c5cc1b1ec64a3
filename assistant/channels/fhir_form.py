"""The questions as an adaptive FHIR form, for record systems: `POST /fhir/Questionnaire/$next-question` (SDC).

Stateless: the response that was sent holds all there is, nothing of it is kept or logged. Every fault is an OperationOutcome.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import unquote

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from assistant.channels.web.gate import read_body
from assistant.channels.web.headers import PRIVATE
from assistant.channels.web.limits import Allowance, Meter, address_key
from assistant.channels.web.refusals import RefusedError
from assistant.clinic.fhir import adaptive, exchange, published
from assistant.clinic.fhir.codes import Resource
from assistant.clinic.wording import wording
from assistant.errors import InputError

logger = logging.getLogger(__name__)

BODY_BYTES = 256 * 1024
"""A whole form with all its questions takes about 40 kB."""
PACE = (Allowance(240, 60),)
"""Requests of one network address."""
NEXT_QUESTION = "Questionnaire/$next-question"
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
ISSUES = {404: "not-found", 405: "not-supported", 413: "too-long", 415: "not-supported", 429: "throttled"}
JSON = ("application/fhir+json", "application/json")


class FhirFormInput(InputChannel):  # type: ignore[misc]
    """In credentials.yml: ``assistant.channels.fhir_form.FhirFormInput: {}``. Closed unless it is named there."""

    @classmethod
    def name(cls) -> str:
        return "fhir_form"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> FhirFormInput:
        return cls()

    def url_prefix(self) -> str:
        """The leading slash takes it out of Rasa's /webhooks/."""
        return "/fhir"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        meter = Meter(PACE)

        async def answer(request: Request, rest: str = "") -> HTTPResponse:
            """Every address below /fhir/: `$` in one is sent plain by some clients and as %24 by others."""
            _check_pace(meter, request)
            return await _answer(request, unquote(rest))

        blueprint = Blueprint("psoas_fhir_form")
        blueprint.add_route(
            answer, "/<rest:path>", methods=EVERY_METHOD, stream=True
        )  # its body has a limit of its own
        blueprint.exception(Exception)(refuse)
        return blueprint


async def _answer(request: Request, path: str) -> HTTPResponse:
    running = asyncio.get_running_loop()
    if path == NEXT_QUESTION:
        if request.method != "POST":
            raise RefusedError("only_post", 405)
        _check_type(request)
        body = await read_body(request, BODY_BYTES)
        return _told(await running.run_in_executor(None, _next, body))
    kind, _, name = path.partition("/")
    found = await running.run_in_executor(None, _published, kind, name)
    if found is None:
        raise RefusedError("not_found", 404)
    if request.method != "GET":
        raise RefusedError("only_get", 405)
    return _told(found)


def _next(body: bytes) -> Resource:
    return adaptive.next_question(exchange.read(body), wording())


def _published(kind: str, name: str) -> Resource | None:
    return published.resource(kind, name, wording())


def _check_pace(meter: Meter, request: Request) -> None:
    wait = meter.wait(address_key(request.remote_addr or request.ip))
    if wait is not None:
        raise RefusedError("too_fast", 429, wait=wait)


def _check_type(request: Request) -> None:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in JSON:
        raise RefusedError("only_json", 415)


def _told(resource: Resource, status: int = 200, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    # ASCII alone: whatever was sent can be sent back.
    return raw(json.dumps(resource).encode(), status, {**PRIVATE, **(headers or {})}, exchange.MEDIA)


async def refuse(request: Request, fault: Exception) -> HTTPResponse:
    """Turns any error into an OperationOutcome, and an unforeseen one never into its details."""
    if isinstance(fault, InputError):
        return _told(exchange.outcome("invalid", fault.messages), 400)
    if isinstance(fault, RefusedError):
        headers = {"Retry-After": str(fault.wait)} if fault.wait else None
        return _told(exchange.outcome(ISSUES[fault.status], [fault.code]), fault.status, headers)
    if isinstance(fault, SanicException) and fault.status_code < 500:
        return _told(exchange.outcome(ISSUES.get(fault.status_code, "invalid"), ["unreadable"]), fault.status_code)
    logger.error("the FHIR form failed: %s", type(fault).__name__)  # its message could hold what was sent
    return _told(exchange.outcome("exception", ["failed"]), 500)
