"""Corrections in one message: "no, it's my groin", "not lower back, hip", "I said 8 hours not 3", "change that to months"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.conversation.hearing import Heard, Told
from assistant.conversation.posing import asked_of, by_id, question_of
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import read_answer
from assistant.triage.rules import Question

WORD = re.compile(r"[a-z']+")
DENIES = re.compile(
    r"(no|nope|nah|not|isn't|it isn't|it's not|its not|it is not)\b"
    r"(?!\s*[,.!;]|\s+(it's|its|it is|that's|i|make|sorry|wait|actually)\b)"
)
"""A beginning that denies what follows it: "no sharp pain", but not "no, 8 hours" or "no it's months"."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Correction:
    """What a message puts right: the `news`, or the id of a finding that is no longer known and is `reopened`."""

    news: Told
    reopened: str = ""


def corrected(heard: Heard, session: Session, knowledge: Knowledge, *, insist: bool = False) -> Correction | None:
    """The correction that a message is; None where it is none. `insist`: it is one, whatever words it begins with."""
    words = knowledge.answers["correcting"]
    text = _plain(heard.text)
    known = {f: v for f, v in session.findings.items() if v is not None and knowledge.book.findings[f].type != "yes_no"}
    rejected = _rejected(heard, known)
    insist = insist or session.disputed
    opens = insist or bool(rejected) or _opens(text, words["opening"])
    if not known or not opens or _adds(text, words["adding"]):
        return None
    values = {f: _put_right(v, known[f], rejected.get(f)) for f, v in heard.findings.items() if f in known}
    sure = insist or not rejected.keys().isdisjoint(values) or _leads(heard, values, words["leading"])
    if sure and any(known[f] != v for f, v in values.items()):
        return Correction(Told({**_implied(values, session, knowledge), **heard.findings, **values}))
    if rejected and not heard.findings:
        return _without(rejected, known)
    return None if DENIES.match(text) else _reread(heard, session, knowledge)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").strip()


def _opens(text: str, openings: Sequence[str]) -> bool:
    return any(re.match(rf"{re.escape(opening)}(?!\w)", text) for opening in openings)


def _adds(text: str, adding: Sequence[str]) -> bool:
    """Whether it says one more thing rather than another ("no, my knee hurts too")."""
    return any(re.search(rf"\b{re.escape(word)}\b", text) for word in adding)


def _rejected(heard: Heard, known: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The values known so far that the message denies."""
    found: dict[str, list[Any]] = {}
    for span in heard.spans:
        finding, value = span["finding"], span["value"]
        held = known.get(finding)
        if (
            span["standing"] == "denied"
            and value is not None
            and (value == held or (isinstance(held, list) and value in held))
        ):
            found.setdefault(finding, []).append(value)
    return found


def _implied(values: Mapping[str, Any], session: Session, knowledge: Knowledge) -> dict[str, Any]:
    """What the values put right settle about others that are known ("I said 40, not 14" is nobody under 16)."""
    sets = [implied.sets for implied in knowledge.book.implied if implied.when.holds(values)]
    return {f: v for some in sets for f, v in some.items() if session.findings.get(f) is not None}


def _put_right(new: Any, old: Any, rejected: Sequence[Any] | None) -> Any:
    """Of a list what was not rejected stays beside the new values; without a rejection the new values stand alone."""
    if not isinstance(new, list) or not rejected:
        return new
    return [*(v for v in old if v not in rejected and v not in new), *new]


def _leads(heard: Heard, values: Mapping[str, Any], leading: Sequence[str]) -> bool:
    """Whether nothing but words of correcting stands before the first value named, rejected values aside."""
    starts = [s["start"] for s in heard.spans if s["finding"] in values and s["standing"] == "present"]
    before = heard.text[: min(starts, default=0)]
    for span in heard.spans:
        if span["standing"] == "denied" and span["end"] <= len(before):
            before = before[: span["start"]] + " " * (span["end"] - span["start"]) + before[span["end"] :]
    return all(word in leading for word in WORD.findall(_plain(before)))


def _without(rejected: Mapping[str, Sequence[Any]], known: Mapping[str, Any]) -> Correction:
    """The list without what was rejected; where nothing is left, the finding is asked again."""
    finding, values = next(iter(rejected.items()))
    left = [v for v in known[finding] if v not in values] if isinstance(known[finding], list) else []
    return Correction(Told({finding: left})) if left else Correction(Told({}), reopened=finding)


def _reread(heard: Heard, session: Session, knowledge: Knowledge) -> Correction | None:
    """What the rest of the message answers, held against the questions answered so far, the one that it names first."""
    text, _, instead = _plain(heard.text).partition(" not ")
    rest = _stripped(text, knowledge.answers["correcting"]["leading"])
    open_one = question_of(session, knowledge)
    if not rest or (open_one is not None and _reads(rest, open_one, knowledge) and not _is_list_of_signs(open_one)):
        return None
    for question in _answered(session, instead, knowledge):
        values = _reads(rest, question, knowledge)
        if values:
            return Correction(Told(values))
    return None


def _stripped(text: str, leading: Sequence[str]) -> str:
    words = re.sub(r"[,.!;:]+(?=\s|$)", " ", text).split()
    while words and words[0] in leading:
        words.pop(0)
    return " ".join(words)


def _reads(text: str, question: Question, knowledge: Knowledge) -> dict[str, Any]:
    answer = read_answer(text, asked_of(question, {}, knowledge), knowledge.answers, {}, ())
    return dict(answer.findings) if answer is not None and answer.whole else {}


def _is_list_of_signs(question: Question) -> bool:
    return question.kind == "many" and len(question.findings) > 1


def _answered(session: Session, instead: str, knowledge: Knowledge) -> Iterator[Question]:
    """The questions about values that are known: those that hold a number said after "not" first, then the latest."""
    ids = [f for _, brought in reversed(session.answered) for f in reversed(brought)]
    valued = [f for f in ids if knowledge.book.findings[f].type != "yes_no" and session.findings.get(f) is not None]
    numbers = [float(n) for n in NUMBER.findall(instead)]
    named = [f for f in valued if session.findings[f] in numbers]
    for finding in dict.fromkeys([*named, *valued]):
        question = by_id(finding, knowledge)
        if question is not None:
            yield replace(question, findings=(finding,)) if not _is_list_of_signs(question) else question
