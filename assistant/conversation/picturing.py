"""Which drawing goes with an exercise or a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.conditions import Findings
from assistant.triage.rules import Correction, Exercise

Picture = Mapping[str, Any]
"""What a channel needs: file name of the SVG (the PNG has the same stem), words for it, and its size in pixels."""


def picture_of(item: Exercise | Correction, taken: Findings, knowledge: Knowledge) -> Picture | None:
    """The drawing of the change that a caution asks of this person, where there is one, or else of the thing itself."""
    asked = {c.id for c in item.cautions if c.effect == "modify" and c.when.holds(taken)}
    changed = (p for p in knowledge.pictures if p.get("of") == item.id and _shows(p, asked))
    plain = (p for p in knowledge.pictures if p["id"] == item.id)
    found = next(changed, None) or next(plain, None)
    return shown(found) if found else None


def _shows(picture: Mapping[str, Any], asked: set[str]) -> bool:
    return bool(asked & {*picture.get("for", ())}) and not asked & {*picture.get("unless", ())}


def shown(picture: Mapping[str, Any]) -> Picture:
    """A picture as it is handed to a channel."""
    width, height = picture["size"]
    words = {"alt": picture["alt"], "caption": picture["caption"]}
    return {"name": f"{picture['id']}.svg", **words, "width": width, "height": height}
