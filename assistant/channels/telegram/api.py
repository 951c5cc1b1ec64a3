"""Calls to the Bot API: patient with the network and with "too many requests", and silent about the token."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

logger = logging.getLogger(__name__)

PATIENCE = 300.0
"""Seconds for which a message is tried again."""
ONE_TRY = 30.0
LONGEST_PAUSE = 30.0
TOO_MANY = 429


class TelegramError(Exception):
    """A call that failed; ``code`` is Telegram's (0 where it was not reached). Never holds the token."""

    def __init__(self, method: str, code: int, reason: str) -> None:
        super().__init__(f"Telegram, {method}: {reason} ({code})")
        self.code = code
        self.reason = reason


class RefusedError(TelegramError):
    """Telegram understood and said no; trying again would not help."""


class UnreachableError(TelegramError):
    """No proper answer within the patience; ``wait`` is how many seconds Telegram asked for (0: not at all)."""

    def __init__(self, method: str, code: int, reason: str, wait: float = 0.0) -> None:
        super().__init__(method, code, reason)
        self.wait = wait


@dataclass(frozen=True)
class Call:
    """One method with its fields, and a picture to send along."""

    method: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    photo: Path | None = None


class TelegramApi:
    """One bot at one Bot API server. Made anywhere; used and closed in one event loop."""

    def __init__(self, base: str, token: str) -> None:
        self._root = f"{base.rstrip('/')}/bot{token}/"
        self._session: aiohttp.ClientSession | None = None
        self._free_at = 0.0

    async def call(self, call: Call, patience: float = PATIENCE) -> Any:
        """The result. Raises RefusedError, or UnreachableError after ``patience`` seconds."""
        end = time.monotonic() + patience
        tries = 0
        while True:
            try:
                await self._until_free(call, end)
                return await self._once(call)
            except UnreachableError as fault:
                wait = fault.wait or min(LONGEST_PAUSE, 0.5 * 2**tries)
                tries = min(tries + 1, 10)
                if fault.wait:
                    self._free_at = time.monotonic() + wait
                if time.monotonic() + wait > end:
                    raise
                logger.info("%s; trying again in %.1f s", fault, wait)
            await asyncio.sleep(wait)

    async def close(self) -> None:
        """Ends the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _until_free(self, call: Call, end: float) -> None:
        if self._free_at > end:
            raise UnreachableError(call.method, TOO_MANY, "Telegram asked to wait", self._free_at - time.monotonic())
        await asyncio.sleep(max(0.0, self._free_at - time.monotonic()))

    async def _once(self, call: Call) -> Any:
        limit = aiohttp.ClientTimeout(total=ONE_TRY + float(call.fields.get("timeout", 0)))
        try:
            async with self._opened().post(self._root + call.method, data=_form(call), timeout=limit) as reply:
                return _result(call.method, reply.status, await reply.read())
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as fault:
            # Its own words may hold the address, and that the token.
            reason = f"not reached, {type(fault).__name__}"
        raise UnreachableError(call.method, 0, reason)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=True)
        return self._session


def _form(call: Call) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in call.fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    if call.photo is not None:
        form.add_field("photo", call.photo.read_bytes(), filename=call.photo.name, content_type="image/png")
    return form


def _result(method: str, status: int, body: bytes) -> Any:
    """What an answer holds. One that is not the API's own JSON (a proxy's page) counts as not reached."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        raise UnreachableError(method, status, "an answer that is not the Bot API's")
    if answer["ok"]:
        return answer.get("result")
    code = answer.get("error_code")
    code = code if isinstance(code, int) else status
    reason = str(answer.get("description", ""))[:200]
    if code == TOO_MANY:
        raise UnreachableError(method, code, reason, _retry_after(answer))
    if code >= 500:
        raise UnreachableError(method, code, reason)
    raise RefusedError(method, code, reason)


def _retry_after(answer: Mapping[str, Any]) -> float:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return max(0.1, float(seconds)) if isinstance(seconds, int | float) else 1.0
