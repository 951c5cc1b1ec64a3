"""What is said to a message that reports nothing and answers nothing: never nothing, and never the same for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.conversation import side_questions
from assistant.conversation.hearing import Heard, Told
from assistant.conversation.naming import listed
from assistant.conversation.posing import question_of
from assistant.conversation.proceeding import Spoken, again, proceed
from assistant.conversation.remembering import remember
from assistant.conversation.saying import Voice
from assistant.conversation.session import Session

QUESTION_WORDS = frozenset(
    "what what's whats why how when where which who can could should does do is are will".split()
)
MIN_QUESTION = 3
"""Words that a question has at least."""
MIN_FOREIGN = 2
"""So many words of another language make a message foreign."""
GIVEN_UP = 3
"""After so many turns that were not understood, a question is left open."""


def not_understood(session: Session, heard: Heard, voice: Voice) -> Spoken:
    """Answers a question of the person's own, goes on after an "ok", else asks again."""
    question = question_of(session, voice.knowledge)
    if session.alerted:
        return proceed(session, voice, [])
    if is_question(heard.text):
        session, rest = proceed(session, voice, [], plan_again=False, stay=True)
        return session, [side_questions.reply(heard.text, voice), *rest]
    if is_only(heard, "acknowledging", voice):
        return again(session, voice, voice.text("confirmed") if question is not None else voice.text("go_on_free"))
    if foreign(heard.text, voice.knowledge.answers["foreign"]):
        return again(session, voice, voice.text("other_language"))
    if question is None:
        return proceed(session, voice, [voice.text("not_understood_free")], plan_again=False)
    return _asked_again(session.told(misses=session.misses + 1), question.findings, voice)


def _asked_again(session: Session, asked: Sequence[str], voice: Voice) -> Spoken:
    """Says what is known, asks again in other words, then offers buttons, then leaves the question open."""
    if session.misses >= GIVEN_UP:
        left = Told({}, tuple(f for f in asked if session.findings.get(f) is None))
        session, _, _ = remember(session, Heard(), left, voice.knowledge.book)
        return proceed(session.told(misses=0, revising=False), voice, [voice.text("not_understood_skip")])
    if session.misses > 1:
        return again(session, voice, voice.text("not_understood_buttons"))
    known = known_so_far(session, voice)
    name = "not_understood_known" if known else "not_understood_first"
    return again(session, voice, voice.text(name, findings=known))


def known_so_far(session: Session, voice: Voice) -> str:
    """What the person told, in one line; "" for nothing."""
    return listed(session.findings, voice.knowledge.book, voice.knowledge.messages)


def is_only(heard: Heard, kind: str, voice: Voice) -> bool:
    """Whether the message is nothing but one of the phrases of this kind in answers.yml."""
    text = " ".join(heard.text.lower().replace("’", "'").replace(",", " ").split()).strip(" .!")
    return text in voice.knowledge.answers[kind]


def foreign(text: str, words: Sequence[str]) -> bool:
    """Whether a message is in another language: two of its common words, or letters of another script."""
    told = re.findall(r"[^\W\d_]+", text.lower())
    if any(not unicodedata.name(w[0], "").startswith("LATIN") for w in told):
        return True
    return sum(word in words for word in told) >= MIN_FOREIGN


def is_question(text: str) -> bool:
    """Whether a message that reports nothing is a question of the person's own."""
    words = text.lower().split()
    return len(words) >= MIN_QUESTION and (text.rstrip().endswith("?") or words[0] in QUESTION_WORDS)
