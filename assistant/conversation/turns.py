"""One turn of the conversation: what was heard goes into the session, and what is said comes out.

Every turn first takes in what the message reports, so that a warning sign is answered in the turn it is said in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.conversation import side_questions
from assistant.conversation.alerting import alert
from assistant.conversation.asking import ask, next_to_ask
from assistant.conversation.hearing import Heard, Told, question_of, told
from assistant.conversation.naming import labels, listed, said
from assistant.conversation.planning import plan
from assistant.conversation.remembering import Change, remember
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.triage.decide import decide, settled

Spoken = tuple[Session, list[Say]]
QUESTION_WORDS = frozenset(
    "what what's whats why how when where which who can could should does do is are will".split()
)
MIN_QUESTION = 3
"""Words that a question has at least."""
GIVEN_UP = 3
"""After so many turns that were not understood, a question is left open."""


@dataclass(frozen=True)
class Turn:
    """One message to a session: what was heard, and in whose voice to answer."""

    session: Session
    heard: Heard
    voice: Voice


def tell(turn: Turn, *, correcting: bool = False) -> Spoken:
    """The person reports something or answers the open question."""
    session, voice = turn.session, turn.voice
    book = voice.knowledge.book
    news = told(turn.heard, session, settled(session.findings, book), voice.knowledge)
    news, imagined = _imagined_confirmed(session, news, turn.heard)
    session = session.told(imagined=()) if imagined else session
    if news.which:
        return _again(session, voice, voice.text("which_one"))
    if not (news.values or news.unsure):
        return _nothing_new(turn, news)
    session, changes, kept = remember(session, turn.heard, news, book, correcting=correcting)
    lead = [_understood(turn.heard, news, voice), *_changed(changes, voice)]
    if kept:
        lead.append(voice.text("kept_worse", findings=labels(kept, book)))
    lead += _not_counted(turn.heard, voice)
    return proceed(session.told(misses=0), voice, [line for line in lead if line])


def _imagined_confirmed(session: Session, news: Told, heard: Heard) -> tuple[Told, bool]:
    """ "Is any of that happening to you now?" - "yes": what was imagined becomes what is so."""
    if not session.imagined or not heard.empty:
        return news, False
    words = heard.text.lower().strip(" .!,")
    if words in ("yes", "yeah", "yep", "yes it is", "it is", "y"):
        return Told(dict.fromkeys(session.imagined, True)), True
    return (Told({}, answers=True), True) if words in ("no", "nope", "nah", "n", "no it is not") else (news, False)


def _nothing_new(turn: Turn, news: Told) -> Spoken:
    """A message that sets nothing: somebody else's, past or imagined findings, or not understood at all."""
    heard, voice = turn.heard, turn.voice
    session = turn.session
    if heard.hypothetical:
        return hypothetical(turn)
    notes = _not_counted(heard, voice)
    if notes or news.answers:
        return proceed(session.told(imagined=()), voice, notes)
    return not_understood(turn)


def hypothetical(turn: Turn) -> Spoken:
    """Answers a what-if from the knowledge base without setting anything, and asks once whether it is so."""
    voice, ids = turn.voice, tuple(turn.heard.hypothetical)
    book = voice.knowledge.book
    quotes = [voice.quote(e) for f in ids for e in voice.knowledge.evidence.get(book.findings[f].source or f, ())[:1]]
    lines = [voice.text("hypothetical"), *quotes[:2], voice.text("hypothetical_ask")]
    buttons = (voice.text("yes_option"), voice.text("no_option"))
    return turn.session.told(imagined=ids, greeted=True), [Say("\n".join(lines), buttons)]


def not_understood(turn: Turn) -> Spoken:
    """Says what is known, asks again in other words, then offers buttons, then leaves the question open."""
    session, voice = turn.session, turn.voice
    question = question_of(session, voice.knowledge)
    if session.alerted:
        return proceed(session, voice, [])
    if is_question(turn.heard.text):
        session, rest = proceed(session, voice, [], plan_again=False)
        return session, [side_questions.reply(turn.heard.text, voice), *rest]
    if question is None:
        return proceed(session, voice, [voice.text("not_understood_free")], plan_again=False)
    session = session.told(misses=session.misses + 1)
    if session.misses >= GIVEN_UP:
        left = Told({}, tuple(f for f in question.findings if session.findings.get(f) is None))
        session, _, _ = remember(session, Heard(), left, voice.knowledge.book)
        return proceed(session.told(misses=0), voice, [voice.text("not_understood_skip")])
    if session.misses > 1:
        return _again(session, voice, voice.text("not_understood_buttons"))
    known = listed(session.findings, voice.knowledge.book, voice.knowledge.messages)
    name = "not_understood_known" if known else "not_understood_first"
    return _again(session, voice, voice.text(name, findings=known, again="").strip())


def is_question(text: str) -> bool:
    """Whether a message that reports nothing is a question of the person's own."""
    words = text.lower().split()
    return len(words) >= MIN_QUESTION and (text.rstrip().endswith("?") or words[0] in QUESTION_WORDS)


def _again(session: Session, voice: Voice, lead: str) -> Spoken:
    question = question_of(session, voice.knowledge)
    if question is None:
        return proceed(session, voice, [lead])
    session, say = ask(session, question, voice, lead=lead)
    return session, [say]


def change(turn: Turn) -> Spoken:
    """A changed answer: the new value when the message holds it, else the question of the answer it names."""
    if turn.heard.findings or turn.heard.denied:
        return tell(turn, correcting=True)
    book = turn.voice.knowledge.book
    words = set(re.findall(r"[a-z]+", turn.heard.text.lower()))
    named = [q for q in book.questions if any(words & _key_words(book.findings[f].label) for f in q.findings)]
    known = [q for q in named if any(f in turn.session.findings for f in q.findings)]
    if not known:
        ask_which = Say(turn.voice.text("change_ask"))
        session, rest = proceed(turn.session, turn.voice, []) if turn.session.alerted else (turn.session, [])
        return session, [ask_which, *rest]
    session = turn.session.without(known[0].findings).told(alerted="")
    session, say = ask(session.told(tries={}), known[0], turn.voice, lead=turn.voice.text("change_about"))
    return session, [say]


def _key_words(label: str) -> set[str]:
    common = (
        "what it how is the a an of you your my i or to and in on does do long has been going change new answer want"
    )
    return {w for w in label.lower().split() if w not in common.split()}


def withdraw(turn: Turn) -> Spoken:
    """ "I misread that": the warning signs that were set are taken back in plain sight, and the safety net stays."""
    book = turn.voice.knowledge.book
    flags = tuple(f for f, v in turn.session.findings.items() if v is True and book.findings[f].kind == "flag")
    session = turn.session.without(flags)
    session = session.told(findings={**session.findings, **dict.fromkeys(flags, False)}, alerted="", asked=None)
    lines = [turn.voice.text("withdrawn", findings=labels(flags, book)), turn.voice.text("safety_net")]
    return proceed(session, turn.voice, lines if flags else [])


def proceed(session: Session, voice: Voice, lead: list[str], *, plan_again: bool = True, stay: bool = False) -> Spoken:
    """Goes on: an alert where one is due, else the next question (`stay`: the open one, if there is one), else the plan."""
    book = voice.knowledge.book
    before = session.alerted
    session, alerts = alert(session, voice)
    lead = [] if alerts and session.alerted != before else lead
    opening = _opening(session, voice) if not alerts else []
    session = session.told(greeted=True)
    question = (question_of(session, voice.knowledge) if stay else None) or next_to_ask(session, book)
    spoken = [Say("\n".join(lead))] if lead and (alerts or question is None) else []
    if question is not None:
        begun = any(f in session.findings for f in question.findings)
        more = session.asked == question.id and begun and not stay
        session, say = ask(session, question, voice, lead="" if alerts else "\n".join(lead), more=more)
        return session, [*opening, *spoken, *alerts, say]
    session = session.told(asked=None)
    if alerts:
        return session, [*spoken, *alerts]
    if not plan_again and session.result:
        return session, spoken
    return _with_plan(session, voice, [*opening, *spoken])


def _with_plan(session: Session, voice: Voice, before: list[Say]) -> Spoken:
    result = str(decide(session.findings, voice.knowledge.book)["walking"])
    if session.result and session.result not in (result, "withheld"):
        new, old = voice.name(result), voice.name(session.result)
        before = [*before, Say(voice.text("changed_plan", old=old, new=new))]
    return session.told(result=result), [*before, plan(session, voice)]


def _opening(session: Session, voice: Voice) -> list[Say]:
    return [] if session.greeted else [Say(voice.text("greeting"))]


def _understood(heard: Heard, news: Told, voice: Voice) -> str:
    """One short line that shows back what was read in free text; a tapped answer needs none."""
    book, messages = voice.knowledge.book, voice.knowledge.messages
    read = listed(heard.findings, book, messages)
    if not read or len(heard.text.split()) < 3:
        return ""
    denied = labels(heard.denied, book)
    line = voice.text("understood", findings=read)
    return f"{line} {voice.text('understood_denied', findings=denied)}" if denied else line


def _changed(changes: list[Change], voice: Voice) -> list[str]:
    book, messages = voice.knowledge.book, voice.knowledge.messages
    return [
        voice.text(
            "changed", finding=f.label, new=_shown(f, c.new, messages, voice), old=_shown(f, c.old, messages, voice)
        )
        for c in changes
        if not (isinstance(c.new, list) and set(c.old) <= set(c.new))
        for f in [book.findings[c.finding]]
    ]


def _shown(finding: Any, value: Any, messages: Any, voice: Voice) -> str:
    if isinstance(value, bool):
        return voice.text("yes_option" if value else "no_option")
    return said(finding, value, messages)


def _not_counted(heard: Heard, voice: Voice) -> list[str]:
    """What was heard of somebody else or of the past, said so that a wrong reading can be put right."""
    book = voice.knowledge.book
    lines = []
    if heard.other_person:
        lines.append(voice.text("other_person", findings=labels(heard.other_person, book)))
    flags = [f for f in heard.past if book.findings[f].kind == "flag"]
    if flags:
        lines.append(voice.text("past", findings=labels(flags, book)))
    return lines
