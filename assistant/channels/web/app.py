"""What the web door changes on Rasa's whole server, where a channel's own routes do not reach."""

import re
from dataclasses import dataclass

from sanic import Blueprint, Sanic
from sanic.exceptions import InvalidHeader, InvalidUsage
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse

from assistant.channels.web.headers import sharing_headers
from assistant.channels.web.page import PREFIX, WebPage
from assistant.channels.web.replies import protect
from assistant.channels.web.settings import WebSettings

LARGEST_BODY = 1_000_000
LENGTH = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True)
class AppChanges:
    """The page at "/" (Rasa's own only says hello), common headers, JSON errors, and saner requests."""

    page: WebPage
    settings: WebSettings

    def make(self, app: Sanic) -> None:
        """Changes the app; other channels keep their routes."""
        app.config.FALLBACK_ERROR_FORMAT = "json"
        app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, LARGEST_BODY)
        if self.settings.proxies:
            app.config.PROXIES_COUNT = self.settings.proxies
        app.add_signal(_check_length, "http.lifecycle.request")
        app.add_signal(_check_accept, "http.lifecycle.request")
        app.register_middleware(self._answer_first, "request")
        app.register_middleware(self._protect, "response")

    async def _answer_first(self, request: Request) -> HTTPResponse | None:
        if request.method == "OPTIONS" and request.path.startswith(f"{PREFIX}/"):
            return HTTPResponse(status=204)
        give = self.page.at_root.get(request.path)
        return give(request) if give and request.method in {"GET", "HEAD"} else None

    async def _protect(self, request: Request, reply: BaseHTTPResponse) -> None:
        """Here and not in the routes, because Rasa's own CORS answers a browser's preflight before they do."""
        protect(reply)
        if request.path.startswith(f"{PREFIX}/") and "Access-Control-Allow-Origin" not in reply.headers:
            origin = request.headers.get("origin", "")
            reply.headers.update(sharing_headers(origin, self.settings.allowed_origins))


async def _check_length(request: Request) -> None:
    """Refuses lengths that make no sense: a negative one sends Sanic 21.12 round and round for ever."""
    lengths = request.headers.getall("content-length", [])
    codings = request.headers.getall("transfer-encoding", [])
    odd_length = any(not LENGTH.fullmatch(length.strip()) for length in lengths)
    if odd_length or len(lengths) + len(codings) > 1 or any(coding.strip().lower() != "chunked" for coding in codings):
        raise InvalidUsage("Bad Request")


async def _check_accept(request: Request) -> None:
    """Takes a header away that Sanic 21.12 cannot read, and then not even while it tells of an error."""
    try:
        request.accept  # noqa: B018 (read and remembered)
    except InvalidHeader:
        request.headers.popall("accept")


class WebBlueprint(Blueprint):
    """A blueprint that also changes the app it is registered on (Rasa gives channels no other moment)."""

    def __init__(self, name: str, changes: AppChanges) -> None:
        super().__init__(name)
        self.ctx.changes = changes

    def register(self, app: Sanic, options: dict[str, object]) -> None:
        """Called by ``app.blueprint``."""
        self.ctx.changes.make(app)
        super().register(app, options)  # type: ignore[no-untyped-call]
