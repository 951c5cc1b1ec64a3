"""One turn of the conversation: what was heard goes into the session, and what is said comes out.

Every turn first takes in what the message reports, so that a warning sign is answered in the turn it is said in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversation import side_questions
from assistant.conversation.asking import ask
from assistant.conversation.correcting import Correction, corrected
from assistant.conversation.echoing import changed, echo, left_open, not_counted, without
from assistant.conversation.hearing import Heard, Told, told
from assistant.conversation.naming import labels, listed
from assistant.conversation.posing import about, grouped, question_of
from assistant.conversation.proceeding import proceed
from assistant.conversation.remembering import remember
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.taking_back import named_question, reopened, taken_back
from assistant.conversation.unclear import alarming, cleared_up, is_clearing, to_clear_up

Spoken = tuple[Session, list[Say]]
QUESTION_WORDS = frozenset(
    "what what's whats why how when where which who can could should does do is are will".split()
)
MIN_QUESTION = 3
"""Words that a question has at least."""
MIN_FOREIGN = 2
"""So many words of another language make a message foreign."""
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
    session, voice, heard = turn.session.told(echoed=False), turn.voice, turn.heard
    shown = _about_what_was_shown(turn, session)
    if shown is not None:
        return shown
    turned = None if correcting else corrected(heard, session, voice.knowledge)
    if turned is not None:
        return put_right(replace(turn, session=session), turned)
    session = session.told(disputed=False)
    question = question_of(session, voice.knowledge)
    news = told(heard, session, voice.knowledge)
    news, imagined = _imagined_confirmed(session, cleared_up(question, news, voice.knowledge.book), heard)
    session = session.told(imagined=()) if imagined else session
    if news.which:
        return again(session, voice, voice.text("which_one_or_right" if turn.session.echoed else "which_one"))
    if not (news.values or news.unsure):
        return _nothing_new(replace(turn, session=session), news)
    return _taken_in(turn, session, news, correcting=correcting)


def _about_what_was_shown(turn: Turn, session: Session) -> Spoken | None:
    """The answer to "right", "that's wrong" and "depends": none of them answers a question by itself."""
    voice, question = turn.voice, question_of(session, turn.voice.knowledge)
    if not turn.heard.empty:
        return None
    if _is(turn.heard, "disputing", voice) and session.findings:
        return again(session.told(disputed=True), voice, voice.text("what_is_wrong", findings=_known(session, voice)))
    if turn.session.echoed and question is not None and _is(turn.heard, "confirming", voice):
        return again(session, voice, voice.text("confirmed"))
    if question is not None and not session.depends and _is(turn.heard, "depending", voice):
        name = "depends_list" if grouped(question) else "depends"
        return again(session.told(depends=True), voice, voice.text(name))
    return None


def _is(heard: Heard, kind: str, voice: Voice) -> bool:
    """Whether the message is nothing but one of the phrases of this kind in answers.yml."""
    text = " ".join(heard.text.lower().replace("’", "'").replace(",", " ").split()).strip(" .!")
    return text in voice.knowledge.answers[kind]


def _known(session: Session, voice: Voice) -> str:
    return listed(session.findings, voice.knowledge.book, voice.knowledge.messages)


def _taken_in(turn: Turn, session: Session, news: Told, *, correcting: bool) -> Spoken:
    """What was told goes into the session and is shown back; words that can mean several things are cleared up."""
    voice, heard, book = turn.voice, turn.heard, turn.voice.knowledge.book
    question = question_of(session, voice.knowledge)
    again_asked = question is not None and (session.revising or is_clearing(session, book))
    if again_asked and question is not None and not set(news.values).isdisjoint(question.findings):
        correcting = True
    after, changes, kept = remember(session, heard, news, book, correcting=correcting)
    unclear = to_clear_up(heard, after, book)
    unsaid = {q.findings[0] for q in (unclear, question) if q is not None and q in book.clearing}
    changes = [change for change in changes if change.finding not in unsaid]
    line, asks = echo(session, heard, without(news, unsaid), changes, voice)
    lead = [line, *changed(changes, voice), *left_open(news, question, voice), *_supposed(heard, voice)]
    lead += [voice.text("kept_worse", findings=labels(kept, book))] if kept else []
    doubtful = about(book.findings[kept[0]], voice.knowledge) if kept and not alarming(after.findings, book) else None
    lead = [part for part in [*lead, *not_counted(heard, voice)] if part]
    after = after.told(misses=0, depends=False, revising=False, disputed=False, echoed=asks or bool(changes))
    if doubtful is not None:
        after, say = ask(reopened(after, doubtful), doubtful, voice, lead="\n".join(lead))
        return after, [say]
    if unclear is None:
        return proceed(after, voice, lead)
    opening = [] if after.greeted else [Say(voice.text("greeting"))]
    after, say = ask(after.told(greeted=True), unclear, voice, lead="\n".join(lead))
    return after, [*opening, say]


def put_right(turn: Turn, correction: Correction) -> Spoken:
    """An earlier answer is put right; one that is now open is asked again."""
    session, voice = turn.session, turn.voice
    if not correction.reopened:
        return _taken_in(turn, session, correction.news, correcting=True)
    question = about(voice.knowledge.book.findings[correction.reopened], voice.knowledge)
    lead = voice.text("what_then")
    session, say = ask(reopened(session.without((correction.reopened,)), question), question, voice, lead=lead)
    return session, [say]


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
    heard, voice, session = turn.heard, turn.voice, turn.session
    if heard.hypothetical:
        return hypothetical(turn)
    unclear = to_clear_up(heard, session, voice.knowledge.book)
    if unclear is not None:
        session, say = ask(session, unclear, voice)
        return session.told(greeted=True), [say]
    notes = not_counted(heard, voice)
    if notes or news.answers:
        return proceed(session.told(imagined=()), voice, notes)
    return not_understood(turn)


def hypothetical(turn: Turn) -> Spoken:
    """Answers a what-if from the knowledge base without setting anything, and asks once whether it is so."""
    return _imagine(turn, tuple(turn.heard.hypothetical))


def meaning(turn: Turn) -> Spoken:
    """Answers what a sign means ("what counts as a fever?") in the same way."""
    return _imagine(turn, tuple(turn.heard.named))


def _supposed(heard: Heard, voice: Voice) -> list[str]:
    """What is known about a what-if, without counting it."""
    book, evidence = voice.knowledge.book, voice.knowledge.evidence
    quotes = [voice.quote(e) for f in heard.hypothetical for e in evidence.get(book.findings[f].source or f, ())[:1]]
    return [voice.text("hypothetical"), *quotes[:2]] if quotes else []


def _imagine(turn: Turn, ids: tuple[str, ...]) -> Spoken:
    voice = turn.voice
    lines = [*_supposed(replace(turn.heard, hypothetical=ids), voice), voice.text("hypothetical_ask")]
    buttons = (voice.text("yes_option"), voice.text("no_option"))
    return turn.session.told(imagined=ids, greeted=True), [Say("\n".join(lines), buttons)]


def not_understood(turn: Turn) -> Spoken:
    """Says what is known, asks again in other words, then offers buttons, then leaves the question open."""
    session, voice = turn.session, turn.voice
    question = question_of(session, voice.knowledge)
    if session.alerted:
        return proceed(session, voice, [])
    if is_question(turn.heard.text):
        session, rest = proceed(session, voice, [], plan_again=False, stay=True)
        return session, [side_questions.reply(turn.heard.text, voice), *rest]
    if _is(turn.heard, "acknowledging", voice):
        return again(session, voice, voice.text("confirmed") if question is not None else voice.text("go_on_free"))
    if foreign(turn.heard.text, voice.knowledge.answers["foreign"]):
        return again(session, voice, voice.text("other_language"))
    if question is None:
        return proceed(session, voice, [voice.text("not_understood_free")], plan_again=False)
    session = session.told(misses=session.misses + 1)
    if session.misses >= GIVEN_UP:
        left = Told({}, tuple(f for f in question.findings if session.findings.get(f) is None))
        session, _, _ = remember(session, Heard(), left, voice.knowledge.book)
        return proceed(session.told(misses=0, revising=False), voice, [voice.text("not_understood_skip")])
    if session.misses > 1:
        return again(session, voice, voice.text("not_understood_buttons"))
    known = _known(session, voice)
    name = "not_understood_known" if known else "not_understood_first"
    return again(session, voice, voice.text(name, findings=known))


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


def again(session: Session, voice: Voice, lead: str) -> Spoken:
    """The open question once more, after `lead`."""
    question = question_of(session, voice.knowledge)
    if question is None:
        return proceed(session, voice, [lead], plan_again=False)
    session, say = ask(session, question, voice, lead=lead)
    return session, [say]


def change(turn: Turn) -> Spoken:
    """A changed answer: the new value when the message holds it, else the question or the finding that it names."""
    session, voice, heard = turn.session.told(echoed=False), turn.voice, turn.heard
    turned = corrected(heard, session, voice.knowledge, insist=True)
    if turned is not None:
        return put_right(replace(turn, session=session), turned)
    if heard.findings or heard.denied:
        return tell(turn, correcting=True)
    question = named_question(heard, session, voice.knowledge)
    if question is None:
        session, rest = proceed(session, voice, []) if session.alerted else (session, [])
        return session, [Say(voice.text("change_ask")), *rest]
    session, say = ask(reopened(session, question), question, voice, lead=voice.text("change_about"))
    return session, [say]


def withdraw(turn: Turn) -> Spoken:
    """ "I misread that": the warning signs of the alert are taken back in plain sight, what else is told counts."""
    heard, book = turn.heard, turn.voice.knowledge.book
    session, lines = taken_back(turn.session, heard, turn.voice)
    told_now = {**dict.fromkeys(heard.denied, False), **heard.findings}
    news = Told(
        {f: v for f, v in told_now.items() if session.findings.get(f, v) == v or book.findings[f].kind == "about"}
    )
    if news.values:
        session, _, _ = remember(session, heard, news, book, correcting=True)
    return proceed(session, turn.voice, lines)
