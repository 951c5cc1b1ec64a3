"""Rasa's side of the pages for clinicians, under /clinic; they do not exist until `psoas clinic add-user` made a user."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from assistant.channels.clinic_pages import case, gate, inbox, invite, sign_in, statistics
from assistant.channels.clinic_pages.asked import PREFIX, Asked, asked
from assistant.channels.clinic_pages.desk import Desk
from assistant.channels.clinic_pages.replies import HEADERS, go_to
from assistant.channels.clinic_pages.settings import ClinicSettings, clinic_settings
from assistant.channels.web.headers import ASK_AGAIN, FOREVER
from assistant.channels.web.refusals import RefusedError
from assistant.clinic import ledger
from assistant.clinic.staff import clinicians
from assistant.clinic.staff.sign_ins import SignIn
from assistant.settings import database_url

logger = logging.getLogger(__name__)

THREADS = 4
"""Pages made at the same time: databases and password hashes wait there, never on the event loop."""
Page = Callable[[Desk, Asked, SignIn], HTTPResponse]
Answer = Callable[[Desk, Asked], HTTPResponse]
EVERY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
PAGES: tuple[tuple[str, str, Page], ...] = (
    ("GET", "/", inbox.show),
    ("GET", "/news", inbox.news),
    ("GET", "/cases/<case_id:str>", case.show),
    ("POST", "/cases/<case_id:str>/reviewed", case.review),
    ("POST", "/cases/<case_id:str>/note", case.note),
    ("GET", "/cases/<case_id:str>/file/<form:str>", case.download),
    ("GET", "/cases/<case_id:str>/delete", case.ask_to_delete),
    ("POST", "/cases/<case_id:str>/delete", case.delete),
    ("GET", "/invitations", invite.show),
    ("POST", "/invitations", invite.make),
    ("POST", "/invitations/<invitation:str>/revoke", invite.revoke),
    ("GET", "/statistics", statistics.show),
    ("GET", "/account", sign_in.account),
    ("POST", "/sign-out", sign_in.sign_out),
)


class ClinicInput(InputChannel):  # type: ignore[misc]
    """In credentials.yml: ``assistant.channels.clinic_pages.channel.ClinicInput: {}``. Nobody talks through it."""

    def __init__(self, settings: ClinicSettings | None = None) -> None:
        self._settings = settings or ClinicSettings()

    @classmethod
    def name(cls) -> str:
        return "clinic"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> ClinicInput:
        """Made by Rasa from the credentials file; raises InputError on an unknown or odd key."""
        return cls(clinic_settings(credentials))

    def url_prefix(self) -> str:
        """The leading slash takes it out of Rasa's /webhooks/."""
        return PREFIX

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, ready for Rasa's server."""
        return Front(Desk.set_up(ledger.ready(database_url()), self._settings)).blueprint()


class Front:
    """Takes a request off the event loop, lets it in or not, and has its page made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="clinic")

    def blueprint(self) -> Blueprint:
        """Every address under /clinic; a method that an address does not have finds nothing."""
        made = Blueprint("psoas_clinic")
        answers: dict[str, dict[str, Answer]] = {}
        for method, address, page in PAGES:
            answers.setdefault(address, {})[method] = partial(self._for_signed_in, page)
        for method, address, answer in OPEN_PAGES:
            answers.setdefault(address, {})[method] = answer
        for address, known in answers.items():
            for method in EVERY_METHOD:
                self._add(made, method, address, known.get(method, _nothing))
        made.exception(Exception)(self._failed)
        return made

    def _add(self, made: Blueprint, method: str, address: str, page: Answer) -> None:
        async def answer(request: Request, **place: str) -> HTTPResponse:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, self._answered, page, asked(request, place))

        slash = address in ("", "/")  # the one page whose relative addresses depend on its last slash
        made.add_route(answer, address, methods=[method], name=f"{method} {address}", strict_slashes=slash)

    def _answered(self, page: Answer, asking: Asked) -> HTTPResponse:
        """The page, or one that says why not."""
        if self._is_closed():
            return HTTPResponse("Not found\n", 404, dict(HEADERS), "text/plain; charset=utf-8")
        try:
            return page(self._desk, asking)
        except RefusedError as refused:
            return self._refused(asking, refused)

    def _is_closed(self) -> bool:
        with ledger.reading(self._desk.engine) as connection:
            return not clinicians.anybody(connection)

    def _for_signed_in(self, page: Page, desk: Desk, asking: Asked) -> HTTPResponse:
        return page(desk, asking, gate.visitor(desk.engine, asking, desk.settings.origin))

    def _refused(self, asking: Asked, refused: RefusedError) -> HTTPResponse:
        if refused.code == "signed_out" and asking.path != "news":
            return sign_in.away(self._desk, asking, refused)
        return self._desk.show(asking, "message", None, refused.status, code=refused.code)

    async def _failed(self, request: Request, fault: Exception) -> HTTPResponse:
        """Any other error, without its details; they go to the log, and never a patient's words among them."""
        status = fault.status_code if isinstance(fault, SanicException) else 500
        if status >= 500:
            logger.error("a page of the clinic failed: %s", type(fault).__name__, exc_info=_places_only(fault))
        code = "failed" if status >= 500 else "unreadable"
        return self._desk.show(asked(request, {}), "message", None, status, code=code)


def _places_only(fault: Exception) -> Exception:
    """The error without its message, which may quote what somebody wrote."""
    return Exception(type(fault).__name__).with_traceback(fault.__traceback__)


def _file(desk: Desk, asking: Asked) -> HTTPResponse:
    """The stylesheet and the script; kept for ever by browsers when the address has the present version."""
    file = desk.files.files.get(asking.place["name"])
    if file is None:
        raise RefusedError("not_found", 404)
    keeping = FOREVER if asking.place["version"] == desk.files.version else ASK_AGAIN
    return HTTPResponse(file.body, 200, {**HEADERS, **keeping}, file.content_type)


def _with_slash(desk: Desk, asking: Asked) -> HTTPResponse:
    return go_to(f"{PREFIX[1:]}/")


def _nothing(desk: Desk, asking: Asked) -> HTTPResponse:
    raise RefusedError("not_found", 404)


OPEN_PAGES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "", _with_slash),
    ("GET", "/sign-in", sign_in.form),
    ("POST", "/sign-in", sign_in.sign_in),
    ("GET", "/files/<version:str>/<name:str>", _file),
    ("GET", "/<rest:path>", _nothing),
)
"""What those see who are not signed in."""
