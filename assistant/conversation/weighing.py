"""What a message only names, doubts or imagines: a sign that is asked about is not reported; words of self-harm always are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from assistant.conversation.hearing import Heard
from assistant.knowledge_base.reading import Knowledge

SELF_HARM = "self_harm_statement"
CUT = re.compile(r"[.!?;,\n]|\b(?:but|although|though|however)\b")
Words = tuple[str, ...]
BARE: Words = ("a", "an", "any", "by", "with", "having")
"""What may stand between a question for the meaning of a sign and the sign: not "my", which owns it."""


def weighed(heard: Heard, knowledge: Knowledge) -> Heard:
    """What was heard, without signs that are only named ("why do you ask about fever?") and with those in doubt apart."""
    words = knowledge.answers
    joining = tuple(words["named_joining"])
    named = {
        f
        for kind, leads in words["named"].items()
        for f in _led(heard, leads, joining if kind != "question" else BARE, knowledge)
    }
    unsure = _led(heard, words["doubt"], tuple(words["doubt_joining"]), knowledge)
    only = named | unsure
    findings = {f: v for f, v in heard.findings.items() if f not in only}
    imagined = [f for f in heard.hypothetical if f not in only]
    if SELF_HARM in imagined:
        findings, imagined = {**findings, SELF_HARM: True}, [f for f in imagined if f != SELF_HARM]
    return replace(heard, findings=findings, hypothetical=imagined, unsure=sorted(unsure), named=sorted(named - unsure))


def kind_of(text: str, knowledge: Knowledge) -> str:
    """What a message that only names a sign is for: change, why, question or misread; "" for none of these."""
    kinds: Mapping[str, Sequence[str]] = knowledge.answers["named"]
    plain = _plain(text)
    return next((kind for kind, leads in kinds.items() if _pattern(tuple(leads), (), end=False).search(plain)), "")


def _led(heard: Heard, leads: Iterable[str], joining: Words, knowledge: Knowledge) -> set[str]:
    """The findings that every place of the message names right after one of the leads, or in a list that begins there."""
    pattern, listing = _pattern(tuple(leads), joining, end=True), _listing(joining)
    places: dict[str, list[bool]] = {}
    last = -1
    for span in sorted(heard.spans, key=lambda span: int(span["start"])):
        finding, start, end = str(span["finding"]), int(span["start"]), int(span["end"])
        if span["standing"] not in ("present", "hypothetical") or not _plain_sign(finding, knowledge):
            continue
        goes_on = last >= 0 and bool(listing.fullmatch(_plain(heard.text[last:start])))
        led = goes_on or bool(pattern.search(CUT.split(_plain(heard.text[:start]))[-1]))
        places.setdefault(finding, []).append(led)
        last = end if led else -1
    return {finding for finding, led in places.items() if all(led)}


@lru_cache(maxsize=20)
def _listing(joining: Words) -> re.Pattern[str]:
    """What stands between two things of one list."""
    return re.compile(rf"(?:[\s,/]|\b(?:or|and|{_any(joining)})\b)*")


def _plain_sign(finding: str, knowledge: Knowledge) -> bool:
    known = knowledge.book.findings[finding]
    return known.type == "yes_no" and known.id != SELF_HARM


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


@lru_cache(maxsize=20)
def _pattern(leads: Words, joining: Words, *, end: bool) -> re.Pattern[str]:
    """One of the leads, and where `end` is set nothing but joining words up to the end."""
    between = rf"(?:\s+(?:{_any(joining)}))*[\s\"'“”]*$" if end and joining else r"[\s\"'“”]*$" if end else ""
    return re.compile(rf"\b(?:{_any(leads)})\b{between}")


def _any(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))


def said_of(patterns: Iterable[str], text: str) -> Any:
    """The first match of any of the patterns in a text; None where there is none."""
    return next((m for p in patterns if (m := re.search(p, _plain(text)))), None)
