"""What comes next in the conversation: an alert where one is due, else the next question, else the plan."""

from __future__ import annotations

from assistant.conversation.alerting import alert
from assistant.conversation.asking import ask, next_to_ask
from assistant.conversation.planning import plan
from assistant.conversation.posing import question_of
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.unclear import is_clearing
from assistant.triage.decide import decide

Spoken = tuple[Session, list[Say]]


def proceed(session: Session, voice: Voice, lead: list[str], *, plan_again: bool = True, stay: bool = False) -> Spoken:
    """Goes on. `stay`: with the question that is open, if there is one; `plan_again`: a plan that was told is told anew."""
    book = voice.knowledge.book
    before = session.alerted
    session, alerts = (session, []) if stay and is_clearing(session, book) else alert(session, voice)
    lead = [] if alerts and session.alerted != before else lead
    opening = [] if session.greeted or alerts else [Say(voice.text("greeting"))]
    session = session.told(greeted=True)
    question = (question_of(session, voice.knowledge) if stay else None) or next_to_ask(session, voice.knowledge)
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


def again(session: Session, voice: Voice, lead: str) -> Spoken:
    """The open question once more, after `lead`."""
    question = question_of(session, voice.knowledge)
    if question is None:
        return proceed(session, voice, [lead], plan_again=False)
    session, say = ask(session, question, voice, lead=lead)
    return session, [say]
