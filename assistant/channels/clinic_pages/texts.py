"""The templates and words of the clinic's pages; whatever is put into one is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.clinic.showing import UNSHOWN

PAGES = Path(__file__).parent / "pages"
WORDS = PAGES / "clinic.en.yml"
SHOWN, SHOWN_DAY = "%a %-d %b %Y, %H:%M", "%-d %b"


@dataclass(frozen=True)
class Pages:
    """`words` are those of clinic.en.yml; times are told in `zone`."""

    templates: Environment
    words: Mapping[str, Any]
    zone: ZoneInfo

    def render(self, template: str, /, **values: Any) -> str:
        """The page made of a template."""
        return str(self.templates.get_template(f"{template}.html").render(words=self.words, **values))


def pages(zone: ZoneInfo) -> Pages:
    """The templates as they are now."""
    made = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_harmless,
    )
    made.filters["at"] = lambda at, day_only=False: told_at(at, zone, day_only)
    made.filters["stamp"] = lambda at: datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="seconds")
    return Pages(made, yaml.safe_load(WORDS.read_text(encoding="utf-8")), zone)


def told_at(at: float, zone: ZoneInfo, day_only: bool = False) -> str:
    """A time in the clinic's zone: "Mon 3 Aug 2026, 14:05", or "3 Aug"."""
    return datetime.fromtimestamp(at, zone).strftime(SHOWN_DAY if day_only else SHOWN)


def _harmless(value: Any) -> Any:
    """Without signs that steer or turn a line around, and without half characters, which cannot be sent."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", value)
    return value
