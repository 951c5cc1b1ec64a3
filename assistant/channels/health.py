"""Tells a load balancer whether this process lives and is ready, and Prometheus what it counted.

`GET /health` answers while the process lives; `GET /health/ready` only while a message could really be answered: the model is
loaded, the knowledge base is there and the ledger's database takes questions. `GET /metrics` needs the bearer token of
PSOAS_METRICS_TOKEN, and does not exist without one.
"""

from __future__ import annotations

import asyncio
import hmac
import os
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw
from sqlalchemy.exc import SQLAlchemyError

from assistant.channels.web.gate import bearer
from assistant.channels.web.headers import PRIVATE
from assistant.clinic import ledger
from assistant.clinic.opening import version_of
from assistant.clinic.turn_kept import Stamp
from assistant.errors import InputError
from assistant.settings import database_url, knowledge_path

TOKEN = "PSOAS_METRICS_TOKEN"  # noqa: S105 (a name, not a secret)


class HealthInput(InputChannel):  # type: ignore[misc]
    """In credentials.yml: ``assistant.channels.health.HealthInput: {}``. Nobody talks through it."""

    @classmethod
    def name(cls) -> str:
        return "health"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> HealthInput:
        return cls()

    def url_prefix(self) -> str:
        """The leading slash takes it out of Rasa's /webhooks/."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        blueprint = Blueprint("psoas_health")
        blueprint.add_route(live, "/health", methods=["GET"])
        blueprint.add_route(ready, "/health/ready", methods=["GET"])
        blueprint.add_route(metrics, "/metrics", methods=["GET"])
        return blueprint


async def live(request: Request) -> HTTPResponse:
    """The process answers."""
    return json({"live": True}, headers=dict(PRIVATE))


async def ready(request: Request) -> HTTPResponse:
    """Whether a message could be answered now, and with which knowledge; 503 with what is missing where not."""
    faults, knowledge = await asyncio.get_running_loop().run_in_executor(None, _look)
    agent = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        faults.append("model")
    told = {"ready": not faults, "missing": faults, "knowledge": knowledge}
    return json(told, status=503 if faults else 200, headers=dict(PRIVATE))


def _look() -> tuple[list[str], dict[str, str]]:
    faults, knowledge = [], {}
    try:
        stamp = Stamp.of(knowledge_path())
        knowledge = {"version": stamp.version, "sha256": stamp.sha256}
    except InputError:
        faults.append("knowledge")
    if not _database_answers():
        faults.append("database")
    return faults, knowledge


def _database_answers() -> bool:
    try:
        with ledger.reading(_opened()) as connection:
            return version_of(connection) is not None
    except (SQLAlchemyError, InputError):
        return False


@lru_cache(maxsize=1)
def _opened() -> ledger.Engine:
    return ledger.ready(database_url())


async def metrics(request: Request) -> HTTPResponse:
    """The counts in Prometheus' text form."""
    wanted = os.environ.get(TOKEN, "")
    if not wanted:
        return json({"error": "not found"}, status=404)
    if not hmac.compare_digest(bearer(request).encode(), wanted.encode()):
        return json({"error": "not allowed"}, status=401, headers={"WWW-Authenticate": "Bearer"})
    return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST, headers=dict(PRIVATE))
