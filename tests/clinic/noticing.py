"""What the tests of sending share: a case in the ledger, the environment of a target, and what became of its notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from assistant.clinic.notices import outbox
from assistant.clinic.notices.outbox import Notice
from assistant.clinic.notices.sending import Pace
from tests.clinic.talking import keep_all, simple

SECRET = "whsec_" + "c2VjcmV0" * 4
OTHER_SECRET = "whsec_" + "b3RoZXIx" * 4
AT_ONCE = Pace(first=0.0, tries=3)
"""Nothing is waited for between two tries."""
LATER = Pace(first=50.0, tries=3)
"""The next try is not within a test."""
GUIDE = Path(__file__).parent.parent.parent / "docs" / "notices.md"


def emergency(engine: Engine, conversation: str = "a", number: int = 1, **told: Any) -> None:
    """Somebody's case, told to get emergency care."""
    assessment = {"care": "emergency", "walking": "withheld", "red_flags": ["saddle_numbness"]}
    keep_all(engine, [simple(conversation, number, **{**assessment, **told})])


def kept(engine: Engine) -> list[Notice]:
    with engine.connect() as connection:
        return outbox.listed(connection, None, 10_000)


def opened() -> Callable[..., dict[str, Any]]:
    """The function that the guide gives to those who receive webhooks."""
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    made: Callable[..., dict[str, Any]] = names["opened"]
    return made
