"""A conversation that begins with a clinic's invitation, and the person's answer to whether the clinic may see it."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass

from assistant.channels.web.refusals import RefusedError
from assistant.clinic import invitations
from assistant.clinic.ledger import Engine

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
WORDING = re.compile(r"[a-z0-9.-]{1,32}")
SHARED, KEPT, NOT_VALID = "shared", "kept", "not_valid"
BODY_BYTES = 2048
CHANNEL = "web"


@dataclass(frozen=True)
class Invited:
    """The token out of the link, and the answer to the question whose wording is named."""

    token: str
    given: bool
    wording: str


def read_invited(body: bytes) -> Invited | None:
    """{"invitation": token, "consent": {"given": true or false, "wording": version}}; None for a request without one. Raises
    RefusedError for anything else. A token that cannot be one is like one that is not good (any more)."""
    if not body:
        return None
    try:
        fields = json.loads(body[:BODY_BYTES])
        if fields == {}:
            return None
        token, consent = fields["invitation"], fields["consent"]
        given, wording = consent["given"], consent["wording"]
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise RefusedError("unreadable", 400) from fault
    if not (
        isinstance(token, str) and isinstance(given, bool) and isinstance(wording, str) and WORDING.fullmatch(wording)
    ):
        raise RefusedError("unreadable", 400)
    return Invited(token if TOKEN.fullmatch(token) else "", given, wording)


async def begin_invited(engine: Engine, conversation: str, invited: Invited) -> str:
    """Begin a new conversation with an invitation: SHARED, KEPT where the person said no, or NOT_VALID."""
    return await asyncio.get_running_loop().run_in_executor(None, _begin, engine, conversation, invited)


def _begin(engine: Engine, conversation: str, invited: Invited) -> str:
    answer = invitations.Answer(invited.given, invited.wording, time.time())
    with engine.begin() as connection:
        good = invitations.redeem(connection, invited.token, conversation, CHANNEL, answer)
    if not invited.given:
        return KEPT
    return SHARED if good else NOT_VALID
