"""The addresses of the web door under /chat."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from typing import Any

from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from assistant.channels.web.app import AppChanges, WebBlueprint
from assistant.channels.web.gate import Gate, bearer, read_body
from assistant.channels.web.headers import PRIVATE
from assistant.channels.web.history import WebHistory, in_thread
from assistant.channels.web.invited import begin_invited, read_invited
from assistant.channels.web.message import Said, read_said
from assistant.channels.web.page import WebPage
from assistant.channels.web.refusals import RefusedError
from assistant.channels.web.replies import PING, as_event, as_json, as_refusal, refusal_words
from assistant.channels.web.sessions import SessionError
from assistant.channels.web.texts import WebTexts
from assistant.channels.web.turns import Event, Events, Turn, Turns

logger = logging.getLogger(__name__)

PING_SECONDS = 15.0
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

Answer = Callable[..., Coroutine[Any, Any, Any]]


@dataclass(frozen=True)
class WebRoutes:
    """What each address does; the work is done by the parts it holds."""

    gate: Gate
    turns: Turns
    history: WebHistory
    texts: WebTexts

    async def session(self, request: Request) -> HTTPResponse:
        """POST: a new session token; with a good bearer token, a fresh one for the same conversation; with an invitation always
        one for a conversation of its own."""
        self.gate.check_site(request)
        self.gate.check_address("address_sessions", request)
        invited = read_invited(request.body)
        if invited:
            token = self.gate.sessions.mint()
            conversation = self.gate.sessions.verify(token).conversation
            told = await begin_invited(self.history.engine, conversation, invited)
            return as_json({"token": token, "life": self.gate.sessions.life, "invitation": told})
        return as_json({"token": self._token(request), "life": self.gate.sessions.life})

    def _token(self, request: Request) -> str:
        given = bearer(request)
        try:
            return self.gate.sessions.rotate(given) if given else self.gate.sessions.mint()
        except SessionError as fault:
            raise RefusedError("session_ended", 401) from fault

    async def messages(self, request: Request) -> None:
        """POST {"text"}: streams the bot's answer as server-sent events: message ..., done or error."""
        self.gate.check_site(request)
        session = self.gate.session(request)
        self.gate.check_address("address_messages", request)
        self.gate.check_pace("session_messages", session.conversation)
        said = read_said(await read_body(request), request.headers.get("content-type", ""))
        events = self.turns.start(Turn(session.conversation, said))
        headers = {**PRIVATE, "X-Accel-Buffering": "no"}
        reply = await request.respond(content_type="text/event-stream; charset=utf-8", headers=headers)
        await reply.send(as_event("open", {"id": said.turn}))
        await self._stream(reply, events)

    async def _stream(self, reply: HTTPResponse, events: Events) -> None:
        last = ""
        while (event := await _next(events)) is not None:
            await reply.send(PING if event.name == "ping" else as_event(event.name, event.content))
            last = event.name
        if last != "done":
            await reply.send(as_event("error", refusal_words(RefusedError("failed", 500), self.texts)))
        await reply.send("", end_stream=True)

    async def read(self, request: Request) -> HTTPResponse:
        """GET: what was said so far."""
        self.gate.check_site(request)
        session = self.gate.session(request)
        self.gate.check_address("address_reads", request)
        return as_json({"messages": await in_thread(lambda: self.history.read(session.conversation))})

    async def delete(self, request: Request) -> HTTPResponse:
        """DELETE: asks the bot to delete the conversation; what is kept of it is erased even where the bot fails."""
        self.gate.check_site(request)
        session = self.gate.session(request)
        self.gate.check_pace("session_messages", session.conversation)
        command = self.texts.commands["delete"]
        said = Said(command, command, f"delete-{asyncio.get_running_loop().time()}", None)
        events = self.turns.start(Turn(session.conversation, said, confirmed=True))
        told: list[Event] = []
        while (event := await events.get()) is not None:
            told.append(event)
        await in_thread(lambda: self.history.forget(session.conversation))
        if not told or told[-1].name != "done":
            raise RefusedError("not_deleted", 502)
        return as_json({"messages": [event.content for event in told[:-1]]})

    async def nothing(self, request: Request, rest: str = "") -> HTTPResponse:
        """Any other address under /chat."""
        raise RefusedError("not_found", 404)

    async def refuse(self, request: Request, fault: Exception) -> HTTPResponse:
        """Turns any error under /chat into a kind sentence, and never into its details."""
        if isinstance(fault, RefusedError):
            return as_refusal(fault, self.texts)
        if isinstance(fault, SanicException) and fault.status_code < 500:
            return as_refusal(RefusedError("unreadable", fault.status_code), self.texts)
        if isinstance(fault, SQLAlchemyError):
            logger.error("The database is away, the page was told to try again: %s", type(fault).__name__)
            return as_refusal(RefusedError("failed", 503, wait=5), self.texts)
        logger.error("the web chat failed", exc_info=fault)
        return as_refusal(RefusedError("failed", 500), self.texts)


async def _next(events: Events) -> Event | None:
    try:
        return await asyncio.wait_for(events.get(), PING_SECONDS)
    except asyncio.TimeoutError:
        return Event("ping", {})


def web_blueprint(routes: WebRoutes, page: WebPage, changes: AppChanges) -> Blueprint:
    """The blueprint that Rasa mounts under /chat."""
    blueprint = WebBlueprint("psoas_web", changes)
    addresses: list[tuple[Answer, str, list[str]]] = [
        (routes.session, "/session", ["POST"]),
        (routes.messages, "/messages", ["POST"]),
        (routes.read, "/history", ["GET"]),
        (routes.delete, "/data", ["DELETE"]),
        (page.static, "/static/<version:str>/<name:str>", ["GET", "HEAD"]),
        (page.picture, "/pictures/<name:str>", ["GET", "HEAD"]),
        (routes.nothing, "/<rest:path>", EVERY_METHOD),
    ]
    for answer, address, methods in addresses:
        streams = answer == routes.messages  # reads the body itself, to stop at its own limit
        blueprint.add_route(_function(answer), address, methods=methods, stream=streams, name=answer.__name__)
    blueprint.exception(Exception)(_function(routes.refuse))
    return blueprint


def _function(method: Answer) -> Answer:
    """Sanic writes attributes on what it is given; a bound method takes none."""

    @wraps(method)
    async def call(*values: Any, **named: Any) -> Any:
        return await method(*values, **named)

    return call
