"""How times and people's words are written out: times in UTC, words without signs that steer whoever reads them."""

from __future__ import annotations

import re
from datetime import datetime, timezone

UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that steer a terminal or turn a line around; they are shown as their number."""


def when(at: float | None) -> str | None:
    """A time as ISO 8601 in UTC, to the second."""
    return None if at is None else datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="seconds")


def harmless(text: str) -> str:
    """The text on one line, without signs that steer a terminal."""
    shown = UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return " ".join(shown.split("\n")).replace("\t", " ")
