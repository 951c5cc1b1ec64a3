"""Reads a message as the answer to the question that was just asked, by words alone: any door can import it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.language.answer_choices import chosen, several
from assistant.language.answer_signs import UNKNOWN, Scan, telling
from assistant.language.answer_types import AFFIRM, LOOSE, REFUSE, UNSURE, Answer, Asked, Choice, Heard
from assistant.language.answer_values import one, quantity, yes_no
from assistant.language.answer_words import AnswerWords, answer_words

DOUBTS = frozenset((UNSURE, "maybe"))
NO_VALUE = frozenset(("none", "any", "some", "both"))
"""What says as much as a doubt where one value was asked for."""
SITTING = re.compile(
    r"\b(?:i\s+)?s(?:it|at|its|itting|eated)\b[^.!?;,]{0,30}?\d[\d.\s-]*h(?:ou)?rs?\b(?:\s+(?:(?:a|per|each|every)\s+day|daily))?",
    re.IGNORECASE,
)
__all__ = ["Answer", "Asked", "Choice", "merged", "read_answer"]


def read_answer(
    text: str, asked: Asked, words: Mapping[str, Any], told: Mapping[str, Any], numbers: Sequence[float]
) -> Answer | None:
    """What `text` answers; None where it is no answer to this question.

    `words` is answers.yml; `told` are the asked findings that the reader found in the same message (False: denied).
    They are part of the answer; only what is tapped or said in a message of which every word is understood here holds
    against them. `numbers` are the reader's, used where none is found here.
    """
    places = tapped(text, asked.choices)
    if places is not None:
        rest = REFUSE if asked.kind == "many" else ""
        return replace(chosen(asked.choices, dict.fromkeys(places, AFFIRM), rest), whole=True)
    said = _apart(text, asked)
    heard = _heard(said, asked, answer_words(words), told, numbers)
    answer = None if _asks_back(heard, text) else _shape(asked)(heard) or _unsure(heard)
    return _with_told(replace(answer, whole=not heard.unknown and said == text) if answer else None, told)


def merged(read: Mapping[str, Any], answer: Answer, asked: Asked) -> dict[str, Any]:
    """What a message brings in all: what the reader found in it (False: denied), and over that what it answers.

    Values that the reader found in words which are the answer are left out; a warning sign never is.
    """
    kept = {f: v for f, v in read.items() if not answer.whole or isinstance(v, bool) or f in asked.findings}
    return {**kept, **dict.fromkeys(answer.denied, False), **answer.findings}


def _apart(text: str, asked: Asked) -> str:
    """The text without hours of sitting where it is asked how long something has lasted: "i sit 8 hours"."""
    return SITTING.sub(" ", text) if "duration" in asked.findings and "sitting_hours" not in asked.findings else text


def _asks_back(heard: Heard, text: str) -> bool:
    """Whether the message is a question of its own."""
    return bool(heard.signs) and heard.signs[0].sense == "asking" and text.rstrip().endswith("?")


def _heard(text: str, asked: Asked, words: AnswerWords, told: Mapping[str, Any], numbers: Sequence[float]) -> Heard:
    beside = words.written.get("beside", {})
    several = len(asked.findings) > 1 and asked.kind == "many"
    own = [f for f in asked.findings if not several or asked.types.get(f) == "yes_no"]
    labels = telling(tuple(c.label for c in asked.choices)) if len(asked.choices) > 1 and asked.kind != "yes_no" else {}
    scan = Scan(
        words, [*own, *(b for f in own for b in beside.get(f, ()))], labels, measured=asked.kind not in ("many", "one")
    )
    signs = scan.read(text)
    return Heard(signs, asked, told, numbers, words)


def _shape(asked: Asked) -> Callable[[Heard], Answer | None]:
    if asked.kind in ("number", "scale") and not {"number", "scale"}.isdisjoint(asked.types.values()):
        return quantity
    if len(asked.choices or asked.findings) > 1 and asked.kind == "many":
        return several
    kind = asked.types.get(asked.findings[0], asked.kind)
    return one if kind == "one" and asked.kind == "one" else several if kind != "yes_no" else yes_no


def tapped(text: str, choices: Sequence[Choice]) -> list[int] | None:
    """The places of the choices that the whole text is made of, values or labels, None where it is not."""
    rest = text.strip().rstrip(".").lower()
    names = sorted(
        ((n.lower(), at) for at, c in enumerate(choices) for n in (c.value, c.label)), key=lambda n: -len(n[0])
    )
    places: list[int] = []
    while rest:
        name, place = next(((n, at) for n, at in names if rest == n or rest.startswith((n + ",", n + ";"))), ("", -1))
        if place < 0:
            return None
        places.append(place)
        rest = rest[len(name) :].lstrip(",; ")
    return places or None


def _with_told(answer: Answer | None, told: Mapping[str, Any]) -> Answer | None:
    if not told:
        return answer
    given = answer or Answer({}, (), ())
    fresh = {f: v for f, v in told.items() if f not in given.findings and f not in given.denied}
    return Answer(
        findings={**given.findings, **{f: v for f, v in fresh.items() if v is not False}},
        denied=(*given.denied, *(f for f, v in fresh.items() if v is False)),
        unsure=tuple(f for f in given.unsure if f not in told),
        which=given.which,
        whole=given.whole,
    )


def _unsure(heard: Heard) -> Answer | None:
    """Nothing is known where the person says so: in a part of the sentence of its own, or in a short message."""
    unclear = {s.part for s in heard.signs if s.sense in UNKNOWN}
    doubts = DOUBTS | NO_VALUE if heard.asked.kind == "one" else DOUBTS
    said = [s for s in heard.signs if s.sense in doubts and (heard.unknown <= LOOSE or s.part not in unclear)]
    return Answer({}, (), heard.asked.findings) if said else None
