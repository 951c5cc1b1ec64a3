"""Log lines of the two servers: one line an event, JSON where PSOAS_LOG=json, and never a word of what people said.

Rasa logs messages, slots and whole trackers below INFO, and some of them beside a fault; so nothing below INFO is ever written,
and of an event with fields those that may hold words are left out. A turn carries the same `trace` in both servers.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from hashlib import sha256
from typing import Any

SETTING = "PSOAS_LOG"
WITH_WORDS = frozenset(
    "text response_text user_text user_message message_text slot_values parse_data_text parse_data_entities prediction_events "
    "tracker_latest_message prefilled_slots message response slot_candidates rasa_event rasa_events tracker_states "
    "current_states old_states states successes current_entity next_entity entity token_text".split()
)
"""Fields of Rasa's events that may hold what somebody said."""


def trace_of(message_id: str) -> str:
    """What names a turn in the log: of the channel's id of the message no more than that two lines belong together."""
    return sha256(message_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def event(logger: logging.Logger, name: str, **fields: object) -> None:
    """Log an event of ours with its fields: numbers and names from the rules, never words."""
    logger.info(name, extra={"fields": fields})


def set_up() -> int:
    """Make the root logger write such lines to standard output; the level in use, INFO or above."""
    wanted = logging.getLevelName(os.environ.get("LOG_LEVEL", "INFO").upper())
    level = max(logging.INFO, wanted if isinstance(wanted, int) else logging.INFO)
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(Lines(as_json=os.environ.get(SETTING) == "json"))
    logging.basicConfig(handlers=[lines], level=level, force=True)
    return level


class Lines(logging.Formatter):
    """Renders a record as one JSON line, or as a plain one for a terminal."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        """The line. What structlog rendered as JSON is taken apart again, so that its fields can be looked at."""
        name, fields = _taken_apart(record)
        if record.exc_info:
            fields["fault"] = self.formatException(record.exc_info)
        if not self._as_json:
            shown = " ".join(f"{field}={value}" for field, value in fields.items())
            return f"{time.strftime('%H:%M:%S')} {record.levelname:<7} {name} {shown}".rstrip()
        line = {"at": round(record.created, 3), "level": record.levelname.lower(), "from": record.name, "event": name}
        return json.dumps({**line, **fields}, default=str)


def _taken_apart(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    said = record.getMessage()
    fields: dict[str, Any] = dict(getattr(record, "fields", {}))
    if said.startswith("{"):
        try:
            given = json.loads(said)
        except ValueError:
            return "unreadable event", fields
        said = str(given.pop("event", ""))
        fields |= {name: value for name, value in given.items() if name not in WITH_WORDS and name != "level"}
    return said, fields
