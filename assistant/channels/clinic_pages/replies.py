"""The shapes of what the pages of the clinic send, and the headers that go with them."""

from __future__ import annotations

from collections.abc import Mapping

from sanic.response import HTTPResponse

from assistant.channels.web.headers import COMMON, PRIVATE

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
HEADERS: Mapping[str, str] = {
    **COMMON,
    **PRIVATE,
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(text: str, status: int = 200, **headers: str) -> HTTPResponse:
    """A page that nobody may keep, frame or fetch from elsewhere."""
    return HTTPResponse(text, status, {**HEADERS, **headers}, "text/html; charset=utf-8")


def go_to(address: str, **headers: str) -> HTTPResponse:
    """After a form: the page to look at, by its relative address."""
    return HTTPResponse("", 303, {**HEADERS, "Location": address, **headers}, "text/plain; charset=utf-8")


def download(content: bytes, name: str, kind: str) -> HTTPResponse:
    """A file to keep, never to be shown in the pages' own name."""
    closed = {"Content-Security-Policy": COMMON["Content-Security-Policy"]}
    headers = {**HEADERS, **closed, "Content-Disposition": f'attachment; filename="{name}"'}
    return HTTPResponse(content, 200, headers, kind)
