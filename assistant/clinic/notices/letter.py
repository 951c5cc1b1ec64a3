"""What a notice tells: by default the case, its care, verdict and time, and a link; the person's words only where the clinic
chose so. It is made anew for each try, so that the outbox holds no word of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import yaml
from sqlalchemy.engine import Engine

from assistant.clinic.case import case_of
from assistant.clinic.columns import as_json
from assistant.clinic.notices.outbox import Notice
from assistant.clinic.notices.settings import Hooks
from assistant.clinic.opening import reading
from assistant.clinic.showing import when
from assistant.errors import InputError
from assistant.settings import CONTENT

FILE = CONTENT / "notices.yml"
SHOWN = ("flags", "history")
"""The sections of the hand-over that make the summary."""


@dataclass(frozen=True)
class Letter:
    """`id` is that of the notice, the same at every try. `at` is ISO 8601 in UTC; `link` and `summary` are "" where there is
    none."""

    id: str
    kind: str
    case: str
    care: str
    walking: str
    at: str
    link: str
    summary: str


def letter_of(notice: Notice, hooks: Hooks, engine: Engine) -> Letter:
    """The letter of a notice."""
    link = f"{hooks.clinic}/clinic/cases/{notice.case_id}" if hooks.clinic else ""
    summary = _summary(engine, notice.case_id) if hooks.summary else ""
    at = str(when(notice.at))
    return Letter(notice.id, notice.kind, notice.case_id, notice.care, notice.walking, at, link, summary)


def _summary(engine: Engine, case_id: str) -> str:
    """Warning signs and history of the hand-over; "" where it cannot be had: a notice without words is better than none."""
    from assistant.clinic.handover.pages import text_lines
    from assistant.clinic.handover.sections import hand_over

    try:
        with reading(engine) as connection:
            page = hand_over(case_of(connection, case_id))
    except InputError:
        return ""
    return "\n".join(text_lines(replace(page, sections=tuple(s for s in page.sections if s.id in SHOWN))))


def as_body(letter: Letter) -> bytes:
    """The letter as the JSON of a webhook."""
    told = {"case": letter.case, "care": letter.care, "walking": letter.walking, "link": letter.link or None}
    told |= {"summary": letter.summary} if letter.summary else {}
    return as_json({"type": f"case.{letter.kind}", "timestamp": letter.at, "data": told}).encode()


def as_subject(letter: Letter) -> str:
    """The subject of a mail."""
    return str(_words()["subject"][letter.care]).format(case=letter.case)


def as_lines(letter: Letter) -> str:
    """The text of a mail."""
    words = _words()
    filled = {"case": letter.case, "at": letter.at, "care": letter.care, "walking": letter.walking.replace("_", " ")}
    told = "\n".join(filter(None, (words["told"][letter.care], words["kind"][letter.kind])))
    link = words["link" if letter.link else "no_link"].format(case=letter.case, link=letter.link)
    summary = f"{words['summary']}\n\n{letter.summary}" if letter.summary else ""
    return "\n\n".join(filter(None, (told, words["lines"].format(**filled), link, summary, words["foot"]))) + "\n"


@cache
def _words() -> Mapping[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["notices"])
