"""What the credentials file may say about the pages of the clinic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import InputError

KNOWN = ("address", "timezone")


@dataclass(frozen=True)
class ClinicSettings:
    """`address` is where patients reach the chat ("https://clinic.example/hip/"), for the links of invitations; nothing takes
    the address at which the clinician asked. `timezone` is the clinic's own."""

    address: str = ""
    timezone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @property
    def origin(self) -> str:
        """The scheme and host of `address`."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}" if self.address else ""


def clinic_settings(credentials: Mapping[str, Any] | None) -> ClinicSettings:
    """The settings in a block of the credentials file. Raises InputError naming the line at fault."""
    given = dict(credentials or {})
    odd = [
        f"credentials, clinic pages: unknown key {key!r}; known are {', '.join(KNOWN)}" for key in {*given} - {*KNOWN}
    ]
    if odd:
        raise InputError(*odd)
    return ClinicSettings(_address(given.get("address", "")), _timezone(given.get("timezone", "UTC")))


def _address(written: object) -> str:
    text = str(written or "")
    parts = urlsplit(text)
    known = parts.scheme in ("http", "https") and bool(parts.hostname)
    if text and (not known or parts.query or parts.fragment):
        raise InputError(f"credentials, clinic pages: address is {text!r}; write https://host/ or https://host/path/")
    return f"{text.rstrip('/')}/" if text else ""


def _timezone(written: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(written))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"credentials, clinic pages: timezone {written!r} is not known; write Europe/London, say"
        ) from None
