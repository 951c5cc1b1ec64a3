"""Serves the page at "/", the widget and their files; Rasa's own "/" only says hello."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from assistant.channels.refusals import Refused
from assistant.channels.web_files import WebFile, picture_file, web_files
from assistant.channels.web_headers import ASK_AGAIN, FOREVER, PAGE_POLICY
from assistant.channels.web_replies import as_file, protect

STATIC_FOLDER = Path(__file__).parent / "static"
PREFIX = "/chat"
LARGEST_BODY = 1_000_000

Give = Callable[[Request], HTTPResponse]


class WebPage:
    """The files of the page, ready to be sent."""

    def __init__(self, pictures: Path, folder: Path = STATIC_FOLDER) -> None:
        self._pictures = pictures
        self._site = web_files(folder, f"{PREFIX}/static/")

    @property
    def at_root(self) -> Mapping[str, Give]:
        """What stands outside /chat: the page, the script that other sites include, and the icon."""
        return {
            "/": lambda request: self._stable("index.html", request, {"Content-Security-Policy": PAGE_POLICY}),
            "/widget.js": lambda request: self._stable("widget.js", request, {}),
            "/favicon.ico": lambda request: self._stable("favicon.svg", request, {}),
        }

    def _stable(self, name: str, request: Request, headers: Mapping[str, str]) -> HTTPResponse:
        return as_file(self._site.files[name], request, {**ASK_AGAIN, **headers})

    async def static(self, request: Request, version: str, name: str) -> HTTPResponse:
        """A file of the page; kept for ever by browsers when the address has the present version."""
        headers = FOREVER if version == self._site.version else ASK_AGAIN
        return as_file(_found(self._site.files.get(name)), request, headers)

    async def picture(self, request: Request, name: str) -> HTTPResponse:
        """A drawing of the knowledge base."""
        return as_file(_found(picture_file(self._pictures, name)), request, ASK_AGAIN)

    async def home(self, request: Request) -> HTTPResponse:
        """/chat leads to the page."""
        return redirect("/")


def _found(file: WebFile | None) -> WebFile:
    if file is None:
        raise Refused("not_found", 404)
    return file


@dataclass(frozen=True)
class AppChanges:
    """What the web door sets on Rasa's whole server; ``proxies`` counts the trusted ones in front."""

    page: WebPage
    proxies: int = 0

    def make(self, app: Sanic) -> None:
        """Adds the page and its script, common headers, JSON errors and a smaller largest body."""
        app.config.FALLBACK_ERROR_FORMAT = "json"
        app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, LARGEST_BODY)
        if self.proxies:
            app.config.PROXIES_COUNT = self.proxies
        app.register_middleware(self._answer_root, "request")
        app.register_middleware(self._protect, "response")

    async def _answer_root(self, request: Request) -> HTTPResponse | None:
        give = self.page.at_root.get(request.path)
        return give(request) if give and request.method in {"GET", "HEAD"} else None

    async def _protect(self, request: Request, reply: HTTPResponse) -> None:
        protect(reply)


class WebBlueprint(Blueprint):
    """A blueprint that also changes the app it is registered on (Rasa gives channels no other moment)."""

    def __init__(self, name: str, changes: AppChanges) -> None:
        super().__init__(name)
        self.ctx.changes = changes

    def register(self, app: Sanic, options: dict[str, object]) -> None:
        """Called by ``app.blueprint``."""
        self.ctx.changes.make(app)
        super().register(app, options)
