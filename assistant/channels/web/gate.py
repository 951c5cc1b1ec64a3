"""Checks each request before anything is done for it: its site, its session, its pace and its size."""

from dataclasses import dataclass, field

from sanic.request import Request

from assistant.channels.web.headers import same_site
from assistant.channels.web.limits import BODY_BYTES, Allowances, Meter, address_key
from assistant.channels.web.refusals import RefusedError
from assistant.channels.web.sessions import Session, SessionError, Sessions

BEARER = "bearer "


def _meters(allowances: Allowances) -> dict[str, Meter]:
    return {
        "session_messages": Meter(allowances.session_messages),
        "address_messages": Meter(allowances.address_messages),
        "address_sessions": Meter(allowances.address_sessions),
        "address_reads": Meter(allowances.address_reads),
    }


@dataclass(frozen=True)
class Gate:
    """Lets requests through or raises RefusedError."""

    sessions: Sessions
    allowed_origins: frozenset[str] = frozenset()
    allowances: Allowances = field(default_factory=Allowances)
    meters: dict[str, Meter] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meters", _meters(self.allowances))

    def check_site(self, request: Request) -> None:
        """Only our own page and the sites in the credentials may use the chat from a browser."""
        origin = request.headers.get("origin", "")
        if origin and not same_site(origin, request.headers.get("host", "")) and not self.admits(origin):
            raise RefusedError("foreign_site", 403)

    def admits(self, origin: str) -> bool:
        """Whether the credentials name this site."""
        return origin.lower() in self.allowed_origins

    def session(self, request: Request) -> Session:
        """The session of the bearer token."""
        try:
            return self.sessions.verify(bearer(request))
        except SessionError as fault:
            raise RefusedError("session_ended", 401) from fault

    def check_pace(self, meter: str, key: str) -> None:
        """Raises RefusedError with the seconds to wait when a meter is full."""
        wait = self.meters[meter].wait(key)
        if wait is not None:
            raise RefusedError("too_fast", 429, wait=wait)

    def check_address(self, meter: str, request: Request) -> None:
        """The same for the caller's network address."""
        self.check_pace(meter, address_key(request.remote_addr or request.ip))


def bearer(request: Request) -> str:
    """The token in the Authorization header, or an empty text."""
    header = str(request.headers.get("authorization", ""))
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else ""


async def read_body(request: Request, most: int = BODY_BYTES) -> bytes:
    """The request's body as it streams in; raises RefusedError as soon as it is too large."""
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        raise RefusedError("only_text", 415)
    body = bytearray()
    while request.stream and (chunk := await request.stream.read()) is not None:
        body += chunk
        if len(body) > most:
            raise RefusedError("too_large", 413)
    return bytes(body)
