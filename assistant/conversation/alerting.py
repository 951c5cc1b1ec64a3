"""What is said when a warning sign was heard: what was heard, what to do, how soon. No small print, no exercises."""

from __future__ import annotations

from dataclasses import replace

from assistant.conversation.naming import labels
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.weighing import SELF_HARM
from assistant.triage.conditions import grounds
from assistant.triage.decide import Assessment, care_of, decide, settled
from assistant.triage.rules import CARE, CareRule

CHILD = "child_or_teen_hip"


def alert(session: Session, voice: Voice) -> tuple[Session, list[Say]]:
    """The alert for the session's findings where care is urgent or emergency; shown whole once, then in one line."""
    book = voice.knowledge.book
    known = settled(session.findings, book)
    level, fired = care_of(known, book)
    care = CARE[level]
    if care not in ("urgent", "emergency"):
        return session.told(alerted=""), []
    deciding = [r for r in fired if r.care == care]
    heard = sorted({f for r in deciding for f in grounds(r.when, known) if known.get(f)})
    if CHILD in heard:
        heard = [f for f in heard if f != "age_band"]
    key = f"{care}:{','.join(heard)}"
    if session.alerted == key:
        return session, [Say(voice.text("alert_still", when=voice.text(f"when_{care}")))]
    assessment = decide(session.findings, book)
    lines = _lines(care, heard, deciding, voice)
    return session.told(alerted=key, result="withheld", greeted=True), [_say(care, lines, assessment)]


def alerted_for(session: Session) -> list[str]:
    """The findings that the alert that stands is about; none where there is no alert."""
    return [f for f in session.alerted.partition(":")[2].split(",") if f]


def calmed(before: Session, after: Session, spoken: list[Say]) -> list[Say]:
    """What is said, with word for the page that the alert it showed stands no longer."""
    if not before.alerted or after.alerted or not spoken:
        return spoken
    *rest, last = spoken
    return [*rest, replace(last, custom={**last.custom, "alert": None})]


def _say(care: str, lines: list[str], assessment: Assessment) -> Say:
    title, *rest = lines
    shown = {"level": care, "title": title.strip("*"), "lines": rest}
    return Say("\n".join(lines), custom={"alert": shown, "assessment": assessment})


def _lines(care: str, heard: list[str], deciding: list[CareRule], voice: Voice) -> list[str]:
    book = voice.knowledge.book
    if SELF_HARM in heard:
        return [voice.text(f"alert_self_harm{part}") for part in ("", "_do", "_person")]
    why = deciding[0].evidence[0]
    lines = [voice.text(f"alert_{care}"), voice.text("alert_heard", findings=labels(heard, book))]
    lines += [voice.text(f"alert_{care}_do"), f"{why.quote} — {voice.label(why)}"]
    if CHILD in heard:
        lines.append(voice.text("alert_child"))
    if care == "emergency":
        return [*lines, voice.text("alert_emergency_show")]
    return [*lines, voice.text("alert_no_exercises"), voice.text("alert_urgent_worse", net=voice.text("safety_net"))]
