"""What can be said at any moment: why, back, change, what have I told you, start over, stop, help, more, summary, delete.

Each takes the session and what was heard and gives the session after it and what is said; none loses an answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.hearing import Heard
from assistant.conversation.naming import labels, listed
from assistant.conversation.picturing import Picture, pictures_of
from assistant.conversation.planning import dose_line
from assistant.conversation.posing import question_of
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.conversation.side_questions import reply, topic_of
from assistant.triage.decide import decide, settled
from assistant.triage.rules import Correction, Exercise, Rulebook

FEW = 4
"""So many findings are named one by one in passing; the summary names all."""
Spoken = tuple[Session, list[Say]]


def why(session: Session, heard: Heard, voice: Voice) -> Spoken:
    """The quoted reason for the question that is open, or for the sign that is asked about."""
    question, book = question_of(session, voice.knowledge), voice.knowledge.book
    about = [e for f in heard.named for e in voice.knowledge.evidence.get(book.findings[f].source or f, ())[:1]]
    evidence = about or (question.evidence if question is not None else ())
    if not evidence:
        return session, [Say(voice.text("why_nothing"))]
    return session, [Say("\n".join([voice.text("why_intro"), *(voice.quote(e) for e in evidence)]))]


def back(session: Session, voice: Voice) -> Spoken:
    """One step back: what the last answer brought is forgotten, and its question is open again."""
    if not session.answered:
        return session, [Say(voice.text("back_nothing"))]
    question, ids = session.answered[-1]
    earlier = session.without(ids).told(
        answered=session.answered[:-1], asked=None, misses=0, alerted="", revising=False
    )
    tries = {q: n for q, n in earlier.tries.items() if q not in (question, session.asked)}
    taken = short_labels(ids, voice)
    return earlier.told(tries=tries), [Say(voice.text("back_done", findings=taken))]


def recall(session: Session, voice: Voice) -> Spoken:
    """Everything that was told, denied and left open."""
    if not session.findings:
        return session, [Say(voice.text("recall_nothing"))]
    denied = [f for f, v in session.findings.items() if v is False]
    lines = told_lines(session, voice)
    lines += [voice.text("recall_denied", findings=short_labels(denied, voice))] if denied else []
    return session, [Say("\n".join(lines))]


def told_lines(session: Session, voice: Voice) -> list[str]:
    """The session's findings as lines for a person: said, and not sure about."""
    book, messages = voice.knowledge.book, voice.knowledge.messages
    unsure = [f for f, v in session.findings.items() if v is None]
    lines = [voice.text("recall"), f"- {listed(session.findings, book, messages)}"]
    lines += [voice.text("recall_unsure", findings=labels(unsure, book))] if unsure else []
    return lines


def short_labels(ids: Sequence[str], voice: Voice) -> str:
    """The labels of some findings; of many only how many there are."""
    if len(ids) <= FEW:
        return labels(ids, voice.knowledge.book)
    return voice.text("many_answers", count=len(ids))


def summary(session: Session, voice: Voice) -> Spoken:
    """What a clinician would want to read: what was said, in whose words, what was not asked, and the result."""
    if not session.findings:
        return session, [Say(voice.text("recall_nothing"))]
    book = voice.knowledge.book
    assessment = decide(session.findings, book)
    lines = [voice.text("summary_intro")]
    lines += [f"- {labels([f], book)}: “{session.words[f]}”" for f in assessment["red_flags"] if f in session.words]
    lines += told_lines(session, voice)
    lines += [voice.text("recall_denied", findings=labels(assessment["denied"], book))] if assessment["denied"] else []
    lines.append(voice.text("summary_not_asked", findings=labels(assessment["not_asked"], book) or "-"))
    care, walking = voice.name(assessment["care"]), voice.name(assessment["walking"])
    lines.append(voice.text("summary_result", care=care, walking=walking))
    lines += [voice.text("summary_open")] if assessment["next_question"] else []
    return session, [Say("\n".join(lines), custom={"assessment": assessment})]


def start_over(voice: Voice) -> Spoken:
    """A new session in which nothing said before counts."""
    return Session(), [Say(voice.text("start_over"))]


def delete(voice: Voice) -> Spoken:
    """As start over; the door also forgets what it stored."""
    return Session(), [Say(voice.text("deleted"), custom={"deleted": True})]


def stop(session: Session, voice: Voice) -> Spoken:
    """Stops asking; what was told stays until the person comes back or has it deleted."""
    return session.told(asked=None), [Say(voice.text("stopped"), custom={"stopped": True})]


def more(session: Session, heard: Heard, voice: Voice) -> Spoken:
    """How an exercise or a correction is done, why, how much, what to mind, with every sentence behind it."""
    book = voice.knowledge.book
    spoken = set(heard.text.lower().replace(",", " ").replace(".", " ").split())
    items: list[Exercise | Correction] = [*book.exercises, *book.corrections]
    scored = [(len(spoken & _words_of(item)), item) for item in items]
    best = max((score for score, _ in scored), default=0)
    if best == 0 and (topic_of(heard.text, voice.knowledge) or {}).get("pictures"):
        return session, [reply(heard.text, voice)]
    if best == 0:
        parts = ", ".join(item.name.lower() for item in items)
        return session, [Say(voice.text("more_which", parts=parts))]
    item = next(item for score, item in scored if score == best)
    pictures = pictures_of(item, settled(session.findings, book), voice.knowledge)
    return session, [Say("\n".join(_details(item, session, book, voice)), custom=_with(pictures))]


def _with(pictures: list[Picture]) -> dict[str, list[Picture]]:
    return {"pictures": pictures} if pictures else {}


_COMMON = frozenset(
    [
        "tell",
        "me",
        "more",
        "about",
        "the",
        "a",
        "an",
        "of",
        "how",
        "do",
        "i",
        "explain",
        "show",
        "position",
        "let",
        "your",
        "with",
    ]
)


def _words_of(item: Exercise | Correction) -> set[str]:
    text = f"{item.name} {item.id.replace('_', ' ')}".lower()
    return {w.strip("()") for w in text.split()} - _COMMON


def _details(item: Exercise | Correction, session: Session, book: Rulebook, voice: Voice) -> list[str]:
    known = settled(session.findings, book)
    lines = [f"**{item.name}**"]
    if isinstance(item, Exercise):
        lines += [f"- {step}" for step in item.steps]
        dose = dose_line(item, voice)
        lines += [
            f"{dose[:1].upper()}{dose[1:]}.",
            item.why,
            *(voice.quote(e) for e in (*item.evidence, *item.dose.evidence)),
        ]
    else:
        lines += [item.do, *(voice.quote(e) for e in item.evidence)]
    for caution in item.cautions:
        if caution.when.holds(known):
            lines += [f"- {caution.say}", *(voice.quote(e) for e in caution.evidence)]
    return lines
