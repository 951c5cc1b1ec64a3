"""One turn of the conversation: what was heard goes into the session, and what is said comes out.

Every turn first takes in what the message reports, so that a warning sign is answered in the turn it is said in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.conversation.asking import ask
from assistant.conversation.correcting import Correction, corrected
from assistant.conversation.echoing import changed, echo, left_open, not_counted, without
from assistant.conversation.hearing import Heard, Told, told
from assistant.conversation.misunderstanding import is_only, known_so_far, not_understood
from assistant.conversation.naming import labels
from assistant.conversation.posing import about, grouped, question_of
from assistant.conversation.proceeding import Spoken, again, proceed
from assistant.conversation.remembering import remember
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.supposing import imagine, supposed
from assistant.conversation.taking_back import named_question, reopened, taken_back
from assistant.conversation.unclear import alarming, cleared_up, is_clearing, to_clear_up


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
    if question is None and session.findings and not session.alerted and is_only(turn.heard, "declining", voice):
        return again(session, voice, voice.text("goodbye"))
    if is_only(turn.heard, "disputing", voice) and session.findings:
        return again(
            session.told(disputed=True), voice, voice.text("what_is_wrong", findings=known_so_far(session, voice))
        )
    if turn.session.echoed and question is not None and is_only(turn.heard, "confirming", voice):
        return again(session, voice, voice.text("confirmed"))
    if question is not None and not session.depends and is_only(turn.heard, "depending", voice):
        name = "depends_list" if grouped(question) else "depends"
        return again(session.told(depends=True), voice, voice.text(name))
    return None


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
    lead = [line, *changed(changes, voice), *left_open(news, question, voice), *supposed(heard.hypothetical, voice)]
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
    return not_understood(session, heard, voice)


def hypothetical(turn: Turn) -> Spoken:
    """Answers a what-if from the knowledge base without setting anything, and asks once whether it is so."""
    return imagine(turn.session, tuple(turn.heard.hypothetical), turn.voice)


def meaning(turn: Turn) -> Spoken:
    """Answers what a sign means ("what counts as a fever?") in the same way."""
    return imagine(turn.session, tuple(turn.heard.named), turn.voice)


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
