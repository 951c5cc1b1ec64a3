"""Two kinds of column that take anything a person can send, in SQLite and PostgreSQL alike, and give it back unchanged."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
"""What PostgreSQL or UTF-8 cannot hold: the null character and half characters."""
WORDS = re.compile("[\\\\\x00\ud800-\udfff]")
ESCAPED = re.compile(r"\\([0-9a-f]{4})")


def as_json(value: Any) -> str:
    """JSON as `psoas assess` prints it: the one way in which an assessment becomes bytes."""
    return UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


class Words(TypeDecorator):  # type: ignore[misc]
    """Text; a backslash and what cannot be written are kept as a backslash and four hexadecimal digits."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else WORDS.sub(lambda found: f"\\{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


class Written(TypeDecorator):  # type: ignore[misc]
    """Plain JSON, kept as text so that order and numbers stay as they were."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return as_json(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)
