"""What was decided, for a hand-over: care and verdict with their rules, what was advised, what was withheld and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.clinic.case import Case
from assistant.clinic.handover.parts import Entry, Section
from assistant.clinic.wording import Wording

WITHHELD = ("emergency", "urgent")
CAUTIONED = ": "
"""Stands between an exercise or correction and the caution about it in the name of a rule."""


def result(case: Case, words: Wording) -> Section:
    """Care and verdict, then every rule that decided them with what it rests on and a sentence of its source."""
    care = words.text("care", care=words.part("care_words", case.care))
    walking = words.text("walking", walking=words.part("walking_words", case.walking))
    planned = _planned(case)
    rules = [r for r in case.rules if r["rule"] not in planned and CAUTIONED not in r["rule"]]
    quotes = [tuple(e["quote"] for e in r["evidence"][:1]) for r in rules]
    entries = [
        _rule(r, case, words, quoted=quotes.index(quote) < n)
        for n, (r, quote) in enumerate(zip(rules, quotes, strict=True))
    ]
    return Section("result", words.part("sections", "result"), entries=(Entry(care), Entry(walking), *entries))


def _planned(case: Case) -> set[str]:
    return {*case.told["corrections"], *(e["id"] for e in case.told["exercises"])}


def _rule(reason: Mapping[str, Any], case: Case, words: Wording, *, quoted: bool) -> Entry:
    """A rule with its sentence, which is left out where an earlier rule `quoted` the same."""
    lead = words.text("rule", rule=reason["rule"])
    because = _because(reason, case, words) if reason["because"] else ""
    return Entry(lead, because, below=() if quoted else tuple(_quote(e, words) for e in reason["evidence"][:1]))


def _because(reason: Mapping[str, Any], case: Case, words: Wording) -> str:
    """What a rule rests on; what the person does not know, and was taken as so to be on the safe side, says so."""
    doubtful = [f for f in reason["because"] if case.decided_on.get(f, False) is None]
    sure = {f: value for f, value in reason["because"].items() if f not in doubtful}
    parts = [words.told(sure)] if sure else []
    parts += [words.text("taken_as_so", findings=words.labels(doubtful))] if doubtful else []
    return words.text("because", findings="; ".join(parts))


def _quote(evidence: Mapping[str, Any], words: Wording) -> str:
    return words.text("quote", quote=evidence["quote"], source=words.source(str(evidence["source"])))


def advised(case: Case, words: Wording) -> Section:
    """How soon to be seen, then corrections and exercises with dose, what was changed for this person, and the rule."""
    told = case.told
    entries = [Entry(words.part("advised_care", case.care))]
    entries += [Entry(words.name(c), _rule_of(c, words), below=_changes(c, case, words)) for c in told["corrections"]]
    for e in told["exercises"]:
        text = f"{words.dose(e['dose'])}; {_rule_of(e['id'], words)}"
        changes = tuple(words.text("changed_for_them", say=say) for say in e["modify"])
        entries.append(Entry(words.name(e["id"]), text, below=changes))
    return Section("advised", words.part("sections", "advised"), entries=tuple(entries))


def _rule_of(item: str, words: Wording) -> str:
    return words.text("rule", rule=item)


def _changes(item: str, case: Case, words: Wording) -> tuple[str, ...]:
    """The sentences that change a correction: the assessment names none of it but the caution."""
    cautions = [r for r in case.rules if r["rule"].startswith(item + CAUTIONED)]
    return tuple(words.text("changed_for_them", say=_quote(r["evidence"][-1], words)) for r in cautions)


def withheld(case: Case, words: Wording) -> Section:
    """What the article would suggest and this person was not advised, with the caution that forbids it."""
    title = words.part("sections", "withheld")
    if case.care in WITHHELD:
        line = words.text("all_withheld", care=words.part("care_words", case.care))
        return Section("withheld", title, entries=(Entry(line),))
    planned = _planned(case)
    cautions = [r for r in case.rules if CAUTIONED in r["rule"] and r["rule"].split(CAUTIONED)[0] not in planned]
    forbidden: dict[tuple[str, ...], list[str]] = {}
    for item in dict.fromkeys(r["rule"].split(CAUTIONED)[0] for r in cautions):
        forbidden.setdefault(_cautions(item, cautions, case, words), []).append(words.name(item))
    entries = [Entry("; ".join(names), below=lines) for lines, names in forbidden.items()]
    if case.walking == "undecided":
        entries.append(Entry(words.text("undecided_withheld")))
    text = "" if entries else words.text("nothing_withheld")
    return Section("withheld", title, text, tuple(entries))


def _cautions(item: str, cautions: Sequence[Mapping[str, Any]], case: Case, words: Wording) -> tuple[str, ...]:
    """One line for each caution that forbids an exercise or correction."""
    return tuple(_caution(r, case, words) for r in cautions if r["rule"].split(CAUTIONED)[0] == item)


def _caution(reason: Mapping[str, Any], case: Case, words: Wording) -> str:
    """What a caution rests on, its rule, its sentence."""
    rule = words.text("rule", rule=reason["rule"].partition(CAUTIONED)[2])
    said = " ".join(_quote(e, words) for e in reason["evidence"][-1:])
    return f"{_because(reason, case, words)}; {rule}: {said}"


def knowledge(case: Case, words: Wording) -> Section:
    """Which knowledge decided, and whether the names on the page are of another."""
    book = words.knowledge.book
    stamp = {"version": case.knowledge.version, "sha256": case.knowledge.sha256}
    text = words.text("known", **stamp, schema=case.told.get("schema", ""))
    if book.sha256 != case.knowledge.sha256:
        text += " " + words.text("newer_words", version=book.version, sha256=book.sha256[:12])
    return Section("knowledge", words.part("sections", "knowledge"), text)
