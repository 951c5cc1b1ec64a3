"""What was found, for a hand-over: warning signs in the person's words, the history, the table, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.handover.parts import Entry, Row, Said, Section, said, said_at
from assistant.clinic.wording import Wording

LEVELS = ("emergency", "urgent", "clinician", "other")
TOGETHER = 3
"""So many findings that rest on the same words share a row."""
GROUPS = ("emergency", "urgent", "clinician", "modifier", "about", "other")


def flags(case: Case, words: Wording) -> Section:
    """Every warning sign of the result or told since, the gravest first; those taken back stay, and say so."""
    told = [f for f, origin in case.findings.items() if origin["value"] is True and words.group(f) in LEVELS[:3]]
    found = [*dict.fromkeys([*case.told["red_flags"], *told])]
    found.sort(key=lambda f: LEVELS.index(_level(f, words)))
    spoken = [said(f, case, words, sentence=True) for f in found]
    entries = tuple(
        _flag(f, case, words, sentence=spoken.index(s) == n) for n, (f, s) in enumerate(zip(found, spoken, strict=True))
    )
    text = "" if entries else words.text("no_flags")
    return Section("flags", words.part("sections", "flags"), text, entries, alarm=bool(entries))


def _level(finding: str, words: Wording) -> str:
    group = words.group(finding)
    return group if group in LEVELS else "other"


def _flag(finding: str, case: Case, words: Wording, *, sentence: bool) -> Entry:
    """A warning sign in the sentence of the person, or in its words alone where that `sentence` stands above already."""
    origin = case.findings.get(finding)
    notes = [words.part("level", _level(finding, words))]
    if finding not in case.told["red_flags"]:
        notes.append(words.text("told_later"))
    elif origin is None and finding not in case.decided_on:
        notes.append(words.text("follows"))
    elif origin is None or origin["value"] is not True:
        notes.append(words.text("taken_back"))
    return Entry(words.label(finding), ", ".join(notes), said(finding, case, words, sentence=sentence))


def history(case: Case, words: Wording) -> Section:
    """One paragraph: place, quality, duration, severity, sitting, walking, age, background."""
    known = {f: origin["value"] for f, origin in case.findings.items()}
    sentences = [_sentence(template, known, words) for template in words.written["history"]]
    text = " ".join(s for s in sentences if s) or words.text("no_history")
    return Section("history", words.part("sections", "history"), text)


def _sentence(template: Mapping[str, Any], known: Mapping[str, Any], words: Wording) -> str:
    about = template.get("about")
    if template.get("unless") in known and known[template["unless"]] is not None:
        return ""
    if isinstance(about, str) and known.get(about) is False:
        return str(template.get("denied", ""))
    value = _values(template, about, known, words)
    return str(template["say"]).format(value=value, Value=value[:1].upper() + value[1:]) if value else ""


def _values(template: Mapping[str, Any], about: Any, known: Mapping[str, Any], words: Wording) -> str:
    if "kind" in template:
        found = [f for f, v in known.items() if v is True and words.group(f) == template["kind"]]
        return words.labels(found)
    ids = [about] if isinstance(about, str) else list(about)
    there = [f for f in ids if known.get(f) not in (None, False, [])]
    return "; ".join(words.label(f) if known[f] is True else words.value(f, known[f]) for f in there)


def table(case: Case, words: Wording) -> Section:
    """What was said with its words, then what was denied, and what was not asked; what is not known is an open point."""
    rows = _told(case, words)
    groups = {"denied": case.denied, "not_asked": not_told(case, words)}
    rows += [row for name, ids in groups.items() for row in _grouped(words.text(name), ids, words)]
    columns = tuple(words.part("columns", name) for name in ("finding", "answer", "words"))
    return Section("findings", words.part("sections", "findings"), columns=columns, rows=tuple(rows))


def _told(case: Case, words: Wording) -> list[Row]:
    """A row for each finding that is so; basics that rest on the very same words ("None of these") share one, which spans the
    table."""
    present = {f: o["value"] for f, o in case.findings.items() if o["value"] is not None and o["value"] is not False}
    rows = {f: Row(words.label(f), words.value(f, value), said(f, case, words)) for f, value in present.items()}
    same: dict[tuple[Said, ...], list[str]] = {}
    for finding, row in rows.items():
        if row.said and words.group(finding) == "about":
            same.setdefault(row.said, []).append(finding)
    shared = {spoken: found for spoken, found in same.items() if len(found) >= TOGETHER}
    alone = [row for f, row in rows.items() if not any(f in found for found in shared.values())]
    return alone + [_shared(spoken, [rows[f] for f in found]) for spoken, found in shared.items()]


def _shared(spoken: tuple[Said, ...], rows: Sequence[Row]) -> Row:
    said_once = " ".join(f"“{one.words}” ({one.where})" for one in spoken)
    return Row(said_once, "; ".join(f"{row.finding}: {row.answer}" for row in rows))


def not_told(case: Case, words: Wording) -> tuple[str, ...]:
    """What was never spoken of, the basics among it; hours of sitting tell both of its findings."""
    about = [f.id for f in words.knowledge.book.findings.values() if f.kind == "about" and f.id not in case.findings]
    sat = {"sitting_hours", "sitting_long"}
    told = sat.intersection(f for f, o in case.findings.items() if o["value"] is not None)
    return tuple(dict.fromkeys([*case.not_asked, *(f for f in about if f not in sat or not told)]))


def _grouped(name: str, ids: Iterable[str], words: Wording) -> list[Row]:
    by: dict[str, list[str]] = {}
    for finding in ids:
        group = words.group(finding)
        by.setdefault(group if group in GROUPS else "other", []).append(finding)
    return [Row(f"{name}: {words.part('groups', g)}", words.labels(by[g])) for g in GROUPS if g in by]


def open_points(case: Case, words: Wording) -> Section:
    """What the person does not know, what was contradicted, and what came after the result."""
    entries = [Entry(words.text("unknown"), words.labels(case.unknown))] if case.unknown else []
    entries += [_contradiction(c, case, words) for c in case.contradictions]
    entries += _since_decided(case, words)
    text = "" if entries else words.text("nothing_open")
    return Section("open", words.part("sections", "open"), text, tuple(entries))


def _contradiction(c: Mapping[str, Any], case: Case, words: Wording) -> Entry:
    finding = str(c["finding"])
    told = {"was": words.value(finding, c["was"]), "now": words.value(finding, c["now"])}
    line = words.part("contradiction", str(c["kind"]), finding=words.label(finding), **told)
    return Entry(line, said=(said_at(c, finding, case, words),))


def _since_decided(case: Case, words: Wording) -> list[Entry]:
    """What was told after the result; signs denied then are only counted, so that none is read as told."""
    told = {f: case.findings[f]["value"] for f in case.told_since}
    denied = [f for f in case.since_decided if case.findings.get(f, {}).get("value") is False]
    entries = [Entry(words.text("since_decided"), words.told(told))] if told else []
    if denied:
        entries.append(Entry(words.text("denied_since"), words.text("denied_since_count", count=len(denied))))
    return entries
