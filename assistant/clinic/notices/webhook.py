"""Sends a notice to a webhook, signed as in Standard Webhooks (www.standardwebhooks.com), for which receivers find a library.

Webhook-Id is the same at every try; Webhook-Timestamp is the time of the try, in seconds since the epoch; Webhook-Signature
holds, for each secret, "v1," and the base64 of the HMAC-SHA256 over id.timestamp.body.
"""

from __future__ import annotations

import base64
import hmac
import ssl
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPSConnection

from assistant.clinic.notices.faults import TIMEOUT, FaultError, within
from assistant.clinic.notices.letter import Letter, as_body
from assistant.clinic.notices.settings import Webhook

WHOLE = 30.0
"""Seconds that a try may take, however slowly the other side answers."""
LONGEST_WAIT = 6 * 3600.0
"""Seconds; whoever asks for more is asked again after so many."""


def post(hook: Webhook, letter: Letter, timeout: float = TIMEOUT, whole: float = WHOLE) -> None:
    """Send a letter. Anything but an answer from 200 to 299 is a fault; a redirect is not followed.

    Raises FaultError, OSError or HTTPException.
    """
    body = as_body(letter)
    headers = {"Content-Type": "application/json", "User-Agent": "psoas-walking", "Connection": "close"}
    connection = _connection(hook, timeout)
    try:
        with within(whole, lambda: connection.sock):
            connection.request("POST", hook.path, body, headers | signed(hook, letter.id, int(time.time()), body))
            answer = connection.getresponse()
    finally:
        connection.close()
    if not 200 <= answer.status <= 299:
        raise FaultError(f"http_{answer.status}", asked_to_wait(answer.getheader("Retry-After"), time.time()))


def _connection(hook: Webhook, timeout: float) -> HTTPConnection:
    if hook.tls:
        return HTTPSConnection(hook.host, hook.port, timeout=timeout, context=ssl.create_default_context())
    return HTTPConnection(hook.host, hook.port, timeout=timeout)


def signed(hook: Webhook, id_: str, at: int, body: bytes) -> dict[str, str]:
    """The headers that say which notice it is, when it was sent, and that it is ours."""
    content = f"{id_}.{at}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(key, content, "sha256")).decode() for key in hook.secrets]
    together = " ".join(f"v1,{signature}" for signature in signatures)
    return {"Webhook-Id": id_, "Webhook-Timestamp": str(at), "Webhook-Signature": together}


def asked_to_wait(written: str | None, now: float) -> float:
    """The seconds of a Retry-After header, which holds seconds or a date; 0 for none or an odd one."""
    if not written:
        return 0.0
    try:
        asked = float(written) if written.isdigit() else parsedate_to_datetime(written).timestamp() - now
    except (ValueError, OverflowError):
        return 0.0
    return min(max(asked, 0.0), LONGEST_WAIT)
