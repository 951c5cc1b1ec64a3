"""The plan: verdict first, then why, what to do, when to stop, what would change it, and when to see someone."""

from __future__ import annotations

from typing import Any

from assistant.conversation import cautioning
from assistant.conversation.naming import labels, listed, said
from assistant.conversation.picturing import picture_of
from assistant.conversation.plan_lines import Line, Part
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.triage.conditions import Findings, grounds
from assistant.triage.decide import Assessment, assumed, care_of, decide, settled, worth_telling
from assistant.triage.exercises import chosen_corrections, chosen_exercises
from assistant.triage.questions import live_findings
from assistant.triage.rules import CARE, Correction, Evidence, Exercise

NOT_WRITTEN_FOR = ("pregnant_or_postpartum", "recent_surgery", "cancer_history")


def plan(session: Session, voice: Voice) -> Say:
    """The result for the session's findings as text, as parts, and as the contract's assessment."""
    book = voice.knowledge.book
    known = settled(session.findings, book)
    assessment = decide(session.findings, book)
    verdict = _verdict(known, assessment, voice)
    parts = [part for part in _parts(session, known, assessment, voice) if part.lines]
    net = [voice.text("safety_net"), voice.text("safety_line")]
    text = "\n".join([verdict, *(_written(part, voice) for part in parts), *net])
    shown = {"verdict": verdict.replace("**", ""), "parts": [_shown(p, voice) for p in parts], "safety_net": net}
    buttons = tuple(voice.text("more_about", what=name) for name in _names(assessment, voice))[:4] or _tries(
        known, voice
    )
    return Say(text, buttons, {"assessment": assessment, "plan": shown})


def _tries(known: dict[str, Any], voice: Voice) -> tuple[str, ...]:
    """What can be told once a walk was tried, where that alone keeps the verdict open."""
    book = voice.knowledge.book
    still_open = _still_open(known, voice)
    tried = [book.findings[f] for f in still_open if f in book.turning]
    return tuple(label[:1].upper() + label[1:] for f in tried[:1] for label in f.values.values())


def _names(assessment: Assessment, voice: Voice) -> list[str]:
    chosen = {e["id"] for e in assessment["exercises"]}
    return [f"the {e.name.split(' (')[0].lower()}" for e in voice.knowledge.book.exercises if e.id in chosen]


def _written(part: Part, voice: Voice) -> str:
    lines = [f"**{part.title}**"]
    for line in part.lines:
        lines.append(f"- {line.text}")
        lines += [voice.quote(e) for e in line.evidence[:1]]
    return "\n".join(lines)


def _shown(part: Part, voice: Voice) -> dict[str, Any]:
    lines = [
        {
            "text": line.text,
            "quote": line.evidence[0].quote if line.evidence else None,
            "source_label": voice.label(line.evidence[0]) if line.evidence else None,
            **({"picture": line.picture} if line.picture else {}),
        }
        for line in part.lines
    ]
    return {"id": part.id, "title": part.title, "lines": lines}


def _verdict(known: dict[str, Any], assessment: Assessment, voice: Voice) -> str:
    walking = assessment["walking"]
    count = len(assessment["corrections"])
    things = voice.text("change_one") if count == 1 else voice.text("change_many", count=count)
    if walking == "undecided":
        still_open = _still_open(known, voice)
        first = voice.text("verdict_undecided", findings=labels(still_open, voice.knowledge.book))
        untried = [f for f in still_open if f in voice.knowledge.book.turning]
        return f"{first} {voice.text('verdict_undecided_try' if untried == still_open else 'verdict_undecided_do')}"
    if walking == "walk_with_corrections" and not count:
        return voice.text("verdict_corrections_left_out")
    return voice.text(f"verdict_{walking}", count=things)


def _still_open(known: dict[str, Any], voice: Voice) -> list[str]:
    """What keeps the verdict open: warning signs that are not known, else what no guess stands for."""
    book = voice.knowledge.book
    level, _ = care_of(known, book)
    live = [f for f in live_findings(known, level, book) if known.get(f) is None]
    signs = [f for f in live if book.findings[f].kind == "flag"]
    return signs or [f for f in dict.fromkeys(live) if f in book.turning and f not in book.assumed]


def _parts(session: Session, known: dict[str, Any], assessment: Assessment, voice: Voice) -> list[Part]:
    book = voice.knowledge.book
    taken = assumed(known, book)
    walking = assessment["walking"]
    corrections = chosen_corrections(taken, walking, book)
    exercises = chosen_exercises(taken, walking, book)
    stop = _evidence(voice, "stop_rule")
    lines = {
        "why": _why(known, assessment, voice),
        "corrections": [line for c, _ in corrections for line in _correction(c, taken, voice)],
        "exercises": [line for e, _ in exercises for line in _exercise(e, taken, voice)],
        "left_out": cautioning.forbidden(taken, walking, voice),
        "stop": [Line(voice.text("stop_quote_intro"), stop)]
        if exercises or corrections or walking == "walk_freely"
        else [],
        "change": _changes(assessment, voice),
        "see": _see(session, known, voice),
    }
    if walking == "restore_first":
        lines["exercises"].append(Line(voice.text("test_walk"), _evidence(voice, "slow_start")))
    return [Part(name, voice.text(f"part_{name}"), tuple(part)) for name, part in lines.items()]


def _evidence(voice: Voice, name: str) -> tuple[Evidence, ...]:
    return voice.knowledge.evidence.get(name, ())


def _why(known: dict[str, Any], assessment: Assessment, voice: Voice) -> list[Line]:
    book = voice.knowledge.book
    rule = next((r for r in book.walking if r.id in {x["rule"] for x in assessment["reasons"]}), None)
    lines = []
    if rule is not None:
        grounded = {f: known[f] for f in grounds(rule.when, known) if known.get(f) is not None}
        because = listed(grounded, book, voice.knowledge.messages) or listed(known, book, voice.knowledge.messages)
        lines.append(Line(voice.text("because_you", findings=because), rule.evidence))
    return lines if assessment["walking"] in ("undecided", "not_covered") else [*lines, *_guessed(known, voice)]


def _guessed(known: dict[str, Any], voice: Voice) -> list[Line]:
    """What the verdict takes for so where the person does not know: a good form, and the careful answer about pain."""
    book = voice.knowledge.book
    unsure = [f for f in book.turning if f in known and known[f] is None]
    form, careful = ([f for f in unsure if (book.assumed.get(f) is True) is so] for so in (False, True))
    lines = [Line(voice.text("assumed_careful", findings=labels(careful, book)))] if careful else []
    if form:
        lines.append(Line(voice.text("assumed_form", findings=labels(form, book))))
        lines.append(Line(voice.text("self_check"), _evidence(voice, "check.side_video")))
    return lines


def _correction(correction: Correction, taken: Findings, voice: Voice) -> list[Line]:
    picture = picture_of(correction, taken, voice.knowledge)
    line = Line(f"**{correction.name}.** {correction.do}", correction.evidence, picture)
    return [line, *cautioning.changed(correction, taken, voice)]


def _exercise(exercise: Exercise, taken: Findings, voice: Voice) -> list[Line]:
    picture = picture_of(exercise, taken, voice.knowledge)
    line = Line(f"**{exercise.name}:** {dose_line(exercise, voice)}.", _stated(exercise), picture)
    return [line, *cautioning.changed(exercise, taken, voice)]


def _stated(exercise: Exercise) -> tuple[Evidence, ...]:
    """The sentence that carries the exercise's own dose first, then why it is done."""
    return (*exercise.dose.evidence, *exercise.evidence)


def dose_line(exercise: Exercise, voice: Voice) -> str:
    """The dose in words: "hold 20 to 30 seconds, 2 to 3 times"."""
    amounts = [
        voice.text(f"dose_{measure}", amount=f"{low} to {high}" if low != high else low)
        for measure, (low, high) in exercise.dose.amounts.items()
    ]
    return ", ".join(amounts) or voice.text("no_dose")


def _changes(assessment: Assessment, voice: Voice) -> list[Line]:
    book = voice.knowledge.book
    lines = []
    for change in worth_telling(assessment["would_change"])[:3]:
        finding = book.findings[change["finding"]]
        value = said(finding, change["to"], voice.knowledge.messages)
        walking = voice.name(change["then"]["walking"])
        lines.append(Line(voice.text("change_line", value=value, walking=walking)))
    return lines


def _see(session: Session, known: dict[str, Any], voice: Voice) -> list[Line]:
    book = voice.knowledge.book
    level, fired = care_of(known, book)
    if CARE[level] != "clinician":
        return [Line(voice.text("see_self_care"), _evidence(voice, "message.5"))]
    reasons = {f for r in fired if r.care == "clinician" for f in grounds(r.when, known) if known.get(f)}
    lines = [
        Line(
            voice.text("see_clinician", findings=labels(reasons, book) or labels(_dunno(known), book)),
            fired[0].evidence,
        )
    ]
    if any(known.get(f) for f in NOT_WRITTEN_FOR):
        lines.append(Line(voice.text("not_written_for_you"), _evidence(voice, "message.8")))
    return lines


def _dunno(known: dict[str, Any]) -> list[str]:
    return [f for f, value in known.items() if value is None]
