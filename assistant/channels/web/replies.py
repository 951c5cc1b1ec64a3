"""The shapes of what the web door sends: JSON, files, events and refusals."""

import json
from collections.abc import Mapping
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from assistant.channels.web.files import WebFile
from assistant.channels.web.headers import COMMON, PRIVATE, takes_gzip
from assistant.channels.web.refusals import RefusedError
from assistant.channels.web.texts import WebTexts

PING = ": still here\n\n"


def as_json(content: Mapping[str, Any], status: int = 200) -> HTTPResponse:
    """A private JSON answer that nobody may keep."""
    return response.json(content, status=status, headers=dict(PRIVATE))


def as_event(name: str, content: Mapping[str, Any]) -> str:
    """One server-sent event; JSON has no line breaks, so one data line is enough."""
    return f"event: {name}\ndata: {json.dumps(content, ensure_ascii=False)}\n\n"


def as_refusal(refused: RefusedError, texts: WebTexts) -> HTTPResponse:
    """A refusal in words, with the seconds to wait where there are any."""
    reply = as_json({"error": refusal_words(refused, texts)}, refused.status)
    if refused.wait is not None:
        reply.headers["Retry-After"] = str(refused.wait)
    return reply


def refusal_words(refused: RefusedError, texts: WebTexts) -> dict[str, Any]:
    """{"code", "text", "wait": seconds or None}."""
    return {"code": refused.code, "text": texts.refusal(refused.code), "wait": refused.wait}


def as_file(file: WebFile, request: Request, headers: Mapping[str, str]) -> HTTPResponse:
    """A file: 304 when the browser has it, gzip when it takes it."""
    sent = {**headers, "ETag": file.tag, "Vary": "Accept-Encoding"}
    if file.tag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=sent)
    if file.packed and takes_gzip(request.headers.get("accept-encoding", "")):
        return HTTPResponse(file.packed, headers={**sent, "Content-Encoding": "gzip"}, content_type=file.content_type)
    return HTTPResponse(file.body, headers=sent, content_type=file.content_type)


def protect(reply: BaseHTTPResponse) -> None:
    """Adds the common headers to a reply that does not set its own."""
    for name, value in COMMON.items():
        reply.headers.setdefault(name, value)
