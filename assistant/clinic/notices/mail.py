"""Sends a notice as a mail through SMTP: encrypted by STARTTLS or from the first byte, signed in where there is a password."""

from __future__ import annotations

import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from assistant.clinic.notices.faults import TIMEOUT, FaultError, within
from assistant.clinic.notices.letter import Letter, as_lines, as_subject
from assistant.clinic.notices.settings import MailServer

WHOLE = 45.0
"""Seconds that a try may take, however slowly the other side answers."""
SOME_REFUSED = "some_recipients_refused"


def mail(server: MailServer, letter: Letter, timeout: float = TIMEOUT, whole: float = WHOLE) -> str:
    """Send a letter to all recipients; SOME_REFUSED where the server took it for some of them only, else "".

    Raises FaultError, OSError or SMTPException.
    """
    connection = _connected(server, timeout)
    try:
        with within(whole, lambda: connection.sock):
            if not server.tls:
                _encrypt(connection, server)
            if server.user:
                connection.login(server.user, server.password)
            refused = connection.send_message(message_of(server, letter), server.sender, server.to)
        with suppress(OSError, smtplib.SMTPException):  # it is sent, whatever becomes of the goodbye
            connection.quit()
    finally:
        connection.close()
    return SOME_REFUSED if refused else ""


def _connected(server: MailServer, timeout: float) -> smtplib.SMTP:
    name = _domain(server)
    if server.tls:
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, local_hostname=name, timeout=timeout, context=context)
    return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=timeout)


def _domain(server: MailServer) -> str:
    return server.sender.rpartition("@")[2]


def _encrypt(connection: smtplib.SMTP, server: MailServer) -> None:
    connection.ehlo_or_helo_if_needed()
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
    elif server.must_encrypt:
        raise FaultError("no_starttls")


def message_of(server: MailServer, letter: Letter) -> EmailMessage:
    """The mail. Its Message-ID is the same at every try, so that mailboxes can drop what came twice."""
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = ", ".join(server.to)
    message["Subject"] = as_subject(letter)
    message["Date"] = formatdate(time.time(), usegmt=True)
    message["Message-ID"] = f"<{letter.id}@{_domain(server)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Importance"] = "high"
    message.set_content(as_lines(letter))
    return message
