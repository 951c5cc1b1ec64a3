"""Why a notice could not be delivered, as a code: what servers and libraries say may hold addresses, secrets or words."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from smtplib import (
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

TIMEOUT = 10.0
"""Seconds that one step with the other side may take: to connect, to be answered."""
CODES: tuple[tuple[type[BaseException], str], ...] = (
    (SMTPRecipientsRefused, "recipients_refused"),
    (SMTPServerDisconnected, "connection_lost"),
    (SMTPNotSupportedError, "not_supported"),
    (TimeoutError, "timed_out"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "unknown_host"),
    (ConnectionRefusedError, "refused"),
    (OSError, "connection_lost"),
    (HTTPException, "no_http"),
)
"""The first that fits counts. Also http_ and smtp_ with the number that the server answered."""


class FaultError(Exception):
    """A try came to nothing. `wait` is how many seconds the other side asked for, 0 for none."""

    def __init__(self, code: str, wait: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.wait = wait


def code_of(error: BaseException) -> str:
    """The code of what went wrong; for something unforeseen the name of its class."""
    if isinstance(error, FaultError):
        return error.code
    if isinstance(error, SMTPResponseException):
        return f"smtp_{error.smtp_code}"
    if isinstance(error, SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        return code_of(error.__context__)
    return next((code for kind, code in CODES if isinstance(error, kind)), type(error).__name__)


@contextmanager
def within(seconds: float, opened: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Ends the connection after so many seconds, however slowly its other side goes on. Raises FaultError then."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        line = opened()
        if line is not None:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException, SMTPException):
        if not over.is_set():
            raise
    finally:
        timer.cancel()
    if over.is_set():
        raise FaultError("timed_out")
