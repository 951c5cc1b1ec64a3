"""Signed, expiring session tokens: who is talking is decided here, never by the browser."""

import logging
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jwt

from assistant.errors import InputError

logger = logging.getLogger(__name__)

SECRET_VARIABLE = "PSOAS_SESSION_SECRET"  # noqa: S105 (a name, not a secret)
SHORTEST_SECRET = 32
ALGORITHM = "HS256"
AUDIENCE = "psoas-web"
HOUR = 3600


class SessionError(Exception):
    """The token is missing, forged, expired or not one of ours."""


@dataclass(frozen=True)
class Session:
    """One conversation: its random id, and (in Unix seconds) when it began and when its token ends."""

    conversation: str
    born: int
    expires: int


@dataclass(frozen=True)
class Sessions:
    """Mints, verifies and rotates tokens. ``life`` and ``longest`` are seconds."""

    secret: bytes
    life: int = 12 * HOUR
    longest: int = 24 * HOUR
    clock: Callable[[], float] = time.time

    def mint(self) -> str:
        """A token for a conversation that nobody has had yet."""
        return self._sign("web-" + secrets.token_hex(16), int(self.clock()))

    def verify(self, token: str) -> Session:
        """The session a token stands for; raises SessionError when it is not good."""
        if not token.isascii():
            raise SessionError("not a token")
        try:
            claims = jwt.decode(
                token,
                self.secret,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                # a clock that was set back makes our own tokens seem to come from the future
                options={"require": ["sub", "iat", "exp", "born"], "verify_iat": False},
            )
        except jwt.InvalidTokenError as fault:
            raise SessionError(str(fault)) from fault
        return _session(claims)

    def rotate(self, token: str) -> str:
        """A fresh token for the same conversation, until the conversation is ``longest`` old."""
        session = self.verify(token)
        if self.clock() >= session.born + self.longest:
            raise SessionError("the conversation is too old")
        return self._sign(session.conversation, session.born)

    def _sign(self, conversation: str, born: int) -> str:
        now = int(self.clock())
        claims = {
            "sub": conversation,
            "aud": AUDIENCE,
            "iat": now,
            "exp": min(now + self.life, born + self.longest),
            "born": born,
            "jti": secrets.token_hex(8),
        }
        return jwt.encode(claims, self.secret, algorithm=ALGORITHM)


def _session(claims: Mapping[str, object]) -> Session:
    conversation, born, expires = claims["sub"], claims["born"], claims["exp"]
    if not (isinstance(conversation, str) and isinstance(born, int) and isinstance(expires, int)):
        raise SessionError("claims of the wrong type")
    return Session(conversation, born, expires)


def load_secret(path: Path, environment: Mapping[str, str] = os.environ) -> bytes:
    """The signing secret: from PSOAS_SESSION_SECRET, else kept in ``path`` (made at first use, mode 0600).

    Raises InputError when it is shorter than 32 bytes.
    """
    given = environment.get(SECRET_VARIABLE, "")
    if not given and not path.exists():
        _create(path)
    secret = (given or _read(path)).encode()
    if len(secret) < SHORTEST_SECRET:
        source = SECRET_VARIABLE if given else str(path)
        raise InputError(f"{source}: the session secret needs at least {SHORTEST_SECRET} bytes")
    return secret


def _read(path: Path) -> str:
    if path.stat().st_mode & 0o077:
        logger.warning("%s could be read by others; its mode is now 0600", path)
        path.chmod(0o600)
    return path.read_text(encoding="ascii").strip()


def _create(path: Path) -> None:
    """Writes a new secret beside ``path`` and links it into place, so that racing workers agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, draft = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.link(draft, path)
    except FileExistsError:
        logger.info("another worker made %s first", path)
    finally:
        Path(draft).unlink()
