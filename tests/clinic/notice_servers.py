"""Real servers of the other side: one that takes webhooks, one that takes mails (aiosmtpd), and a certificate for both."""

from __future__ import annotations

import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from assistant.serving import free_port

USER, PASSWORD = "clinic@example", "p@ss w0rd/:"


def certificate(folder: Path) -> Path:
    """A certificate with its key for this machine, in one file; whoever trusts the file trusts the server."""
    made = folder / "own.pem"
    names = "subjectAltName=IP:127.0.0.1,DNS:localhost"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    command += ["-subj", "/CN=localhost", "-addext", names, "-keyout", str(made), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (folder / "cert.pem").read_bytes())
    return made


def context(own: Path) -> ssl.SSLContext:
    """The server's side of TLS with that certificate."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(own)
    return made


@dataclass(frozen=True)
class Answer:
    """How a request is answered: after `wait` seconds, and, where `drip` is given, a letter of a header every
    so many for a while."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass
class Receiver:
    """Takes webhooks. `answers` are given one after the other, then `usual`."""

    usual: Answer = Answer()
    answers: list[Answer] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    port: int = 0
    tls: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}/hook?from=psoas"

    def take(self, received: Received) -> Answer:
        with self.lock:
            self.received.append(received)
            return self.answers.pop(0) if self.answers else self.usual

    def wait_for(self, count: int, seconds: float = 15.0) -> None:
        """Until so many requests have come."""
        until = time.monotonic() + seconds
        while len(self.received) < count:
            assert time.monotonic() < until, f"{len(self.received)} of {count} came"
            time.sleep(0.02)


@contextmanager
def receiving(receiver: Receiver, own: Path | None = None) -> Iterator[Receiver]:
    """The receiver on a free port of this machine, over TLS where there is a certificate."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            answer = receiver.take(Received(self.command, self.path, dict(self.headers), body, time.time()))
            time.sleep(answer.wait)
            with suppress(OSError):
                self._drip(answer.drip) if answer.drip else self._answer(answer)

        def _drip(self, every: float) -> None:
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nX-Slow: ")
            for _ in range(int(8 / every)):
                time.sleep(every)
                self.wfile.write(b"x")

        def _answer(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Door)
    if own is not None:
        server.socket = context(own).wrap_socket(server.socket, server_side=True)
        receiver.tls = True
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Mailbox:
    """Takes mails. `answers` are given to the data of mails one after the other; `refused` recipients are turned away;
    `encrypted` says for each mail whether it came over TLS, `users` who had signed in."""

    answers: list[str] = field(default_factory=list)
    refused: tuple[str, ...] = ()
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[list[str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    users: list[str | None] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, _class=EmailMessage, policy=policy.default))
            self.to.append(list(envelope.rcpt_tos))
            transport = server.transport
            self.encrypted.append(transport is not None and transport.get_extra_info("ssl_object") is not None)
            self.users.append(session.auth_data.login.decode() if session.auth_data else None)
        return answer


def _authenticator(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    good = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False, auth_data=given)


@contextmanager
def mailing(mailbox: Mailbox, own: Path | None = None, tls: str = "", login: bool = False) -> Iterator[Mailbox]:
    """The mailbox on a free port of this machine. `tls`: "" for none, "starttls", or "smtps"."""
    mailbox.port = free_port()
    options: dict[str, Any] = {}
    if login:
        options |= {"authenticator": _authenticator, "auth_required": True, "auth_require_tls": tls == "starttls"}
    if tls and own is not None:
        options["tls_context" if tls == "starttls" else "ssl_context"] = context(own)
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
