"""One request at the pages of the clinic, unpacked: all that a page may look at, read once on the event loop."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError

from sanic.request import Request

from assistant.channels.web.limits import address_key

PREFIX = "/clinic"
FORM = "application/x-www-form-urlencoded"
FIELD_CHARACTERS = 20_000
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LOOPBACK_PEERS = ("127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "via")


@dataclass(frozen=True)
class Asked:
    """`path` is what follows /clinic/; `place` the parts of it that the address names; `query` and `form` have one value a name;
    `bare` marks plain http on loopback, the only place where a cookie is not Secure; `watching` a page that asks by
    itself, which is not use; `now` is in seconds since the epoch."""

    method: str
    path: str
    place: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    cookies: Mapping[str, str]
    origin: str
    host: str
    fetch_site: str
    address: str
    bare: bool
    watching: bool
    now: float

    @property
    def base(self) -> str:
        """The relative address of /clinic/, so that a proxy may put everything under a path."""
        return "../" * self.path.count("/") or "./"


def asked(request: Request, place: Mapping[str, str]) -> Asked:
    """The request as the pages see it."""
    headers = request.headers
    return Asked(
        method=request.method,
        path=request.path.removeprefix(f"{PREFIX}/"),
        place=place,
        query={name: values[0] for name, values in request.args.items()},
        form=_form(request),
        cookies=_cookies(request),
        origin=str(headers.get("origin", "")).lower(),
        host=str(headers.get("host", "")).lower(),
        fetch_site=str(headers.get("sec-fetch-site", "")),
        address=address_key(request.remote_addr or request.ip),
        bare=_is_bare(request),
        watching=headers.get("x-watching") == "yes",
        now=time.time(),
    )


def _form(request: Request) -> Mapping[str, str]:
    if request.method != "POST" or request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        return {}
    try:
        fields = request.form or {}
    except ValueError:
        return {}
    return {name: values[0][:FIELD_CHARACTERS].replace("\r\n", "\n") for name, values in fields.items()}


def _cookies(request: Request) -> Mapping[str, str]:
    try:
        return {name: str(value) for name, value in request.cookies.items()}
    except CookieError:
        return {}


def _is_bare(request: Request) -> bool:
    """Nothing but a browser on this machine, asking without https: no proxy in between, no other name."""
    host = str(request.headers.get("host", "")).lower()
    name = host[: host.rindex(":")] if ":" in host.split("]")[-1] else host
    direct = request.ip in LOOPBACK_PEERS and not any(request.headers.get(header) for header in FORWARDED)
    return direct and name in LOOPBACK and request.app.config.get("PROXIES_COUNT") in (None, 0)
