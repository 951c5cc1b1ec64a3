"""The page at "/", the widget and their files; every address is relative, so that a proxy may put them under a path."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from assistant.channels.web.files import WebFile, picture_file, web_files
from assistant.channels.web.headers import ASK_AGAIN, FOREVER, PAGE_POLICY, PICTURE_POLICY, PUBLIC
from assistant.channels.web.refusals import RefusedError
from assistant.channels.web.replies import as_file

STATIC_FOLDER = Path(__file__).parent / "static"
PREFIX = "/chat"

Give = Callable[[Request], HTTPResponse]


class WebPage:
    """The files of the page, ready to be sent."""

    def __init__(self, pictures: Path, folder: Path = STATIC_FOLDER) -> None:
        self._pictures = pictures
        self._site = web_files(folder, f"{PREFIX[1:]}/static/")

    @property
    def at_root(self) -> Mapping[str, Give]:
        """What stands outside /chat: the page, the script that other sites include, and the icon."""
        return {
            "/": lambda request: self._stable("index.html", request, {"Content-Security-Policy": PAGE_POLICY}),
            "/widget.js": lambda request: self._stable("widget.js", request, PUBLIC),
            "/favicon.ico": lambda request: self._stable("favicon.svg", request, {}),
            PREFIX: lambda request: redirect("./"),
            PREFIX + "/": lambda request: redirect("../"),
        }

    def _stable(self, name: str, request: Request, headers: Mapping[str, str]) -> HTTPResponse:
        return as_file(self._site.files[name], request, {**ASK_AGAIN, **headers})

    async def static(self, request: Request, version: str, name: str) -> HTTPResponse:
        """A file of the page; kept for ever by browsers when the address has the present version."""
        keeping = FOREVER if version == self._site.version else ASK_AGAIN
        return as_file(_found(self._site.files.get(name)), request, {**keeping, **PUBLIC})

    async def picture(self, request: Request, name: str) -> HTTPResponse:
        """A drawing of the knowledge base."""
        headers = {**ASK_AGAIN, **PUBLIC, "Content-Security-Policy": PICTURE_POLICY}
        return as_file(_found(picture_file(self._pictures, name)), request, headers)


def _found(file: WebFile | None) -> WebFile:
    if file is None:
        raise RefusedError("not_found", 404)
    return file
