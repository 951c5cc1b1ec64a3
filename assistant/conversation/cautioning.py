"""Where the safety guidance and the article disagree for a person: the safer one wins, and both are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.plan_lines import Line
from assistant.conversation.saying import Voice
from assistant.triage.conditions import Findings
from assistant.triage.exercises import changing, left_out
from assistant.triage.rules import Caution, Correction, Exercise

Item = Correction | Exercise


def changed(item: Item, taken: Findings, voice: Voice) -> list[Line]:
    """What is different about an exercise or a correction for this person, each line with the guidance behind it."""
    lines = [Line(voice.text("for_you", say=c.say), c.evidence) for c in changing(item, taken)]
    return list({line.text: line for line in lines}.values())


def forbidden(taken: Findings, walking: str, voice: Voice) -> list[Line]:
    """What is left out: the article's sentence for each thing, then the guidance that forbids it, once for all it forbids."""
    groups: dict[tuple[str, ...], list[tuple[Item, Sequence[Caution]]]] = {}
    for item, cautions in left_out(taken, walking, voice.knowledge.book):
        groups.setdefault(tuple(c.say for c in cautions), []).append((item, cautions))
    lines: list[Line] = []
    for rows in groups.values():
        lines += [Line(voice.text("article_suggests", what=item.name), item.evidence) for item, _ in rows]
        lines += [Line(voice.text("safer", say=c.say), c.evidence) for c in rows[0][1]]
    return list({line.text: line for line in lines}.values())
