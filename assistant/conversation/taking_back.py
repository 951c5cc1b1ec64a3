"""What was said is taken back or changed: a sign that was misread, an answer that was wrong. Nothing else is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from assistant.conversation.alerting import CHILD, alerted_for
from assistant.conversation.commands import back
from assistant.conversation.hearing import Heard
from assistant.conversation.naming import labels
from assistant.conversation.posing import by_id
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.triage.rules import Question, Rulebook

SHORT = 4
"""Words of a label that are shorter, or that are one of `COMMON`, name nothing."""
COMMON = frozenset(
    "what your long been going change answer want pain that when with than this hard lost have last past".split()
)


def taken_back(session: Session, heard: Heard, voice: Voice) -> tuple[Session, list[str]]:
    """ "I misread that": the session without the signs of the alert that stands, and the lines that say so.

    They are not so where the message says it plainly, else not known, to be asked once more. Without an alert the last answer
    is taken back.
    """
    book = voice.knowledge.book
    flags = _meant(session, heard, book)
    if not flags:
        earlier, spoken = back(session, voice)
        return earlier, [say.text for say in spoken]
    plain = _plainly(heard, flags, voice.knowledge)
    asked = {q.id for q in (*book.questions, *book.clearing) if not set(flags).isdisjoint(q.findings)}
    tries = {q: n for q, n in session.tries.items() if q not in (*asked, session.asked)}
    cleared = session.without(flags).told(alerted="", asked=None, tries=tries, revising=False)
    if plain:
        cleared = cleared.told(findings={**cleared.findings, **dict.fromkeys(_signs(flags, book), False)})
    name = "withdrawn" if plain else "withdrawn_ask"
    return cleared, [voice.text(name, findings=labels(_signs(flags, book), book)), voice.text("safety_net")]


def _meant(session: Session, heard: Heard, book: Rulebook) -> tuple[str, ...]:
    """The signs of the alert that stands; of these only those that the message speaks of, where it does."""
    alerted = [f for f in alerted_for(session) if book.findings[f].kind == "flag"]
    so = [f for f in alerted if session.findings.get(f) is True or f == CHILD]
    spoken = {*heard.denied, *heard.named, *heard.other_person}
    meant = [f for f in so if f in spoken] or so
    return (*meant, "age_band") if CHILD in meant else tuple(meant)


def _signs(flags: Iterable[str], book: Rulebook) -> list[str]:
    return [f for f in flags if book.findings[f].kind == "flag"]


def _plainly(heard: Heard, flags: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether the message says outright that it is not so."""
    text = heard.text.lower().replace("’", "'")
    said = any(re.search(rf"\b{re.escape(words)}\b", text) for words in knowledge.answers["plainly_not"])
    return said or not set(flags).isdisjoint(heard.denied)


def named_question(heard: Heard, session: Session, knowledge: Knowledge) -> Question | None:
    """The question, or the one finding of a list, that "change my answer about ..." names; None where that is open."""
    text = heard.text.lower().replace("’", "'")
    ended = text.rstrip(" .!")
    whole = next((q for q in knowledge.book.questions if ended.endswith(q.findings[0].replace("_", " "))), None)
    if whole is not None:
        return whole
    if not re.search(knowledge.answers["change_words"], text):
        return None
    spoken = [*heard.named, *heard.findings]
    scored = {f: _score(f, text, knowledge) + (9 if f in spoken else 0) for f in knowledge.book.findings}
    best = max(scored.values())
    named = [f for f, score in scored.items() if score == best]
    told = [f for f in named if f in session.findings]
    return by_id((told or named)[0], knowledge) if best else None


def _score(finding: str, text: str, knowledge: Knowledge) -> int:
    """How many words of a message name this finding."""
    named = [len(words.split()) for words in _names(finding, knowledge) if re.search(rf"\b{re.escape(words)}\b", text)]
    label = {
        w
        for w in re.findall(r"[a-z]+", knowledge.book.findings[finding].label.lower())
        if len(w) >= SHORT and w not in COMMON
    }
    return max([*named, len(label & set(re.findall(r"[a-z]+", text)))], default=0)


def _names(finding: str, knowledge: Knowledge) -> Iterator[str]:
    written: Mapping[str, Mapping[str, Iterable[str]]] = knowledge.answers["values"]
    block = written.get(finding, {})
    yield from knowledge.answers["called"].get(finding, ())
    for name in ("name", "topic"):
        yield from block.get(name, ())


def reopened(session: Session, question: Question) -> Session:
    """The session with the question open for a new answer; what is known stays until there is one."""
    tries = {q: n for q, n in session.tries.items() if q not in (question.id, session.asked)}
    return session.told(asked=question.id, revising=True, tries=tries, misses=0)
