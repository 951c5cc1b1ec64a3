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


def pictures_of(item: Exercise | Correction, taken: Findings, knowledge: Knowledge) -> list[Picture]:
    """The start, the thing itself as this person should do it, and the common fault; none where a caution forbids it."""
    if any(c.effect == "block" and c.when.holds(taken) for c in item.cautions):
        return []
    held = picture_of(item, taken, knowledge)
    as_usual = held is None or held["name"] == _file(item.id)
    start = _parts_of(item, "start", knowledge) if as_usual else []
    return [*start, *([held] if held else []), *_parts_of(item, "fault", knowledge)]


def topic_pictures(topic: Mapping[str, Any], knowledge: Knowledge) -> list[Picture]:
    """The pictures that a topic of the side questions names, each with the same in motion where there is one."""
    listed = {picture["id"]: picture for picture in knowledge.pictures}
    named = [listed[name] for name in topic.get("pictures", ())]
    return [{**shown(p), **({"moving": shown(listed[p["moving"]])} if "moving" in p else {})} for p in named]


def _parts_of(item: Exercise | Correction, part: str, knowledge: Knowledge) -> list[Picture]:
    return [shown(p) for p in knowledge.pictures if p.get("of") == item.id and p.get("part") == part]


def _shows(picture: Mapping[str, Any], asked: set[str]) -> bool:
    return bool(asked & {*picture.get("for", ())}) and not asked & {*picture.get("unless", ())}


def shown(picture: Mapping[str, Any]) -> Picture:
    """A picture as it is handed to a channel."""
    width, height = picture["size"]
    words = {"alt": picture["alt"], "caption": picture["caption"]}
    return {"name": _file(picture["id"]), **words, "width": width, "height": height}


def _file(name: str) -> str:
    return f"{name}.svg"
