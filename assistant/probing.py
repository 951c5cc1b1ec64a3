"""Asks a running assistant whether it really answers: one greeting through the web door, deleted again. And what it lacks."""

from __future__ import annotations

import json
import urllib.error
import urllib.request


def answers(host: str, port: int) -> bool:
    """Whether a new visitor's "hello" gets a reply. False while the servers are starting."""
    base = f"http://{host}:{port}/chat"
    try:
        token = json.loads(_send("POST", f"{base}/session", {}, {}))["token"]
        own = {"Authorization": f"Bearer {token}"}
        told = _send("POST", f"{base}/messages", {"text": "hello"}, own)
        _send("DELETE", f"{base}/data", {}, own)
    except (urllib.error.URLError, OSError, ValueError, KeyError):
        return False
    return "event: message" in told


def missing(host: str, port: int) -> tuple[str, ...]:
    """What a Rasa that listens says it lacks (model, knowledge, database); () while it does not listen or does not tell."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/health/ready", timeout=10):
            return ()
    except urllib.error.HTTPError as refused:
        with refused:
            return tuple(json.loads(refused.read()).get("missing", ())) if refused.code == 503 else ()
    except (urllib.error.URLError, OSError, ValueError):
        return ()


def _send(method: str, address: str, body: dict[str, str], headers: dict[str, str]) -> str:
    sent = {"Content-Type": "application/json", **headers}
    request = urllib.request.Request(address, json.dumps(body).encode(), sent, method=method)  # noqa: S310 - always http to ourselves
    with urllib.request.urlopen(request, timeout=10) as got:  # noqa: S310
        return str(got.read().decode("utf-8"))
