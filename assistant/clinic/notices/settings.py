"""What the environment says about notices: where they go, as whom, and how much they tell."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from assistant.errors import InputError

WEBHOOK, MAIL = "webhook", "mail"
VARIABLES = {WEBHOOK: "PSOAS_WEBHOOK_URL", MAIL: "PSOAS_MAIL_SERVER"}
"""A target is wanted where its variable is set."""
SECRET = "PSOAS_WEBHOOK_SECRET"  # noqa: S105 (a name, not a secret)
FROM, TO = "PSOAS_MAIL_FROM", "PSOAS_MAIL_TO"
TEXT = "PSOAS_NOTICE_TEXT"
CLINIC = "PSOAS_CLINIC_ADDRESS"
SECRET_BYTES = (24, 64)
PORTS = {"smtp": 587, "smtps": 465}
PLAIN = re.compile(r"[!-~]+")
MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
MAKE_SECRET = "echo whsec_$(openssl rand -base64 32)"  # noqa: S105 (makes one)


@dataclass(frozen=True)
class Webhook:
    """`path` includes the query. `secrets` are the keys that sign, the newest first."""

    host: str
    port: int
    path: str = field(repr=False)
    tls: bool
    secrets: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True)
class MailServer:
    """`tls` from the first byte, or else by STARTTLS, which only a server on this machine may lack (`must_encrypt` is false)."""

    host: str
    port: int
    tls: bool
    must_encrypt: bool
    user: str = field(repr=False)
    password: str = field(repr=False)
    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Hooks:
    """`clinic` is the address under which `/clinic` is, without a slash at the end; `summary`: notices may tell what was said."""

    webhook: Webhook | None = None
    mail: MailServer | None = None
    clinic: str = ""
    summary: bool = False

    @property
    def targets(self) -> tuple[str, ...]:
        known = ((WEBHOOK, self.webhook), (MAIL, self.mail))
        return tuple(name for name, target in known if target is not None)


def wanted(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The targets that are configured, rightly or not; for those notices are written."""
    return tuple(target for target, variable in VARIABLES.items() if environment.get(variable))


def hooks_of(environment: Mapping[str, str] = os.environ) -> Hooks:
    """The settings. Raises InputError naming every variable at fault and what to write, never what is written there."""
    faults: list[str] = []
    hooks = Hooks(
        _webhook(environment, faults),
        _mail(environment, faults),
        _clinic(environment, faults),
        _summary(environment, faults),
    )
    if faults:
        raise InputError(*faults)
    return hooks


def _webhook(environment: Mapping[str, str], faults: list[str]) -> Webhook | None:
    name, keys = VARIABLES[WEBHOOK], environment.get(SECRET, "").split()
    if not environment.get(name):
        faults += [f"{SECRET} is set without {name}"] if keys else []
        return None
    parts = _parts(environment[name], ("https", "http"))
    secrets = tuple(filter(None, map(_secret, keys)))
    if len(secrets) != len(keys) or not 1 <= len(keys) <= 2:
        faults.append(
            f"{SECRET}: give whsec_ and 24 to 64 bytes in base64, as `{MAKE_SECRET}` prints; two while they change"
        )
    if parts is None or parts.username is not None or parts.fragment:
        faults.append(f"{name}: give https://HOST/PATH, without a name, a password or a fragment")
        return None
    if parts.scheme == "http" and not on_this_machine(str(parts.hostname)):
        faults.append(f"{name}: give https; http is for a server on this machine only")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    tls = parts.scheme == "https"
    return Webhook(str(parts.hostname), parts.port or (443 if tls else 80), path, tls, secrets)


def _secret(written: str) -> bytes | None:
    try:
        key = base64.b64decode(written.removeprefix("whsec_"), validate=True)
    except ValueError:
        return None
    return key if written.startswith("whsec_") and SECRET_BYTES[0] <= len(key) <= SECRET_BYTES[1] else None


def _mail(environment: Mapping[str, str], faults: list[str]) -> MailServer | None:
    name = VARIABLES[MAIL]
    if not environment.get(name):
        faults += [f"{variable} is set without {name}" for variable in (FROM, TO) if environment.get(variable)]
        return None
    senders, to = (_mailboxes(environment.get(variable, "")) for variable in (FROM, TO))
    if len(senders) != 1:
        faults.append(f"{FROM}: give one address, as in psoas@clinic.example")
    if not to:
        faults.append(f"{TO}: give one or several addresses, with commas between them")
    parts = _parts(environment[name], tuple(PORTS))
    if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment or not _is_login(parts):
        faults.append(
            f"{name}: give smtp://USER:PASSWORD@HOST:PORT (STARTTLS) or smtps://..., with % codes for odd letters"
        )
        return None
    if not senders or not to:
        return None
    tls = parts.scheme == "smtps"
    must_encrypt = not on_this_machine(str(parts.hostname))
    place = (str(parts.hostname), parts.port or PORTS[parts.scheme], tls, must_encrypt)
    return MailServer(*place, unquote(parts.username or ""), unquote(parts.password or ""), senders[0], to)


def _is_login(parts: SplitResult) -> bool:
    """Whether there are both a name and a password, of letters that SMTP can send, or neither."""
    both = (unquote(parts.username or ""), unquote(parts.password or ""))
    return all(both) == any(both) and all(one.isascii() and one.isprintable() for one in both)


def _mailboxes(written: str) -> tuple[str, ...]:
    """The addresses; none where one of them is odd."""
    found = tuple(one.strip() for one in written.split(",") if one.strip())
    return found if all(MAILBOX.fullmatch(one) for one in found) else ()


def _clinic(environment: Mapping[str, str], faults: list[str]) -> str:
    written = environment.get(CLINIC, "")
    parts = _parts(written, ("https", "http"))
    if not written:
        return ""
    if parts is None or parts.query or parts.fragment or parts.username is not None:
        faults.append(f"{CLINIC}: give https://HOST or https://HOST/PATH, under which /clinic is found")
    return written.rstrip("/").removesuffix("/clinic")


def _summary(environment: Mapping[str, str], faults: list[str]) -> bool:
    written = environment.get(TEXT) or "none"
    if written not in ("none", "summary"):
        faults.append(f"{TEXT}: give none (the default; nothing that the person said) or summary")
    return written == "summary"


def _parts(written: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """The parts of an address; None where it is none."""
    try:
        parts = urlsplit(written)
        known = parts.scheme in schemes and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if known and PLAIN.fullmatch(written) else None


def on_this_machine(host: str) -> bool:
    """Whether the host is this machine, so that nothing of what is sent to it leaves it."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
