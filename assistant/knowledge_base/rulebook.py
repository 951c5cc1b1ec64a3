"""Puts the rulebook together: the written rules of `knowledge/` and the sentences that support them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import InputError
from assistant.triage.conditions import Condition, parse
from assistant.triage.rules import (
    CARE,
    WALKING,
    CareRule,
    Caution,
    Correction,
    Dose,
    Evidence,
    Exercise,
    Finding,
    Implied,
    Option,
    Question,
    Rulebook,
    WalkingRule,
)

Written = Mapping[str, Any]
Supports = Callable[[str], Sequence[Evidence]]


@dataclass
class Assembly:
    """One run of putting a rulebook together: looks things up and gathers problems instead of stopping at the first.

    `evidence` gives the sentences behind a claim id or an anchor; `doses` the amounts read from them at build time.
    """

    findings: Mapping[str, Finding]
    evidence: Supports
    doses: Mapping[tuple[str, str], tuple[float, float]]
    facts: dict[str, Condition] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def when(self, place: str, written: Any) -> Condition:
        try:
            return parse(written, self.facts, self.findings.__contains__)
        except (ValueError, KeyError, TypeError) as error:
            self.problems.append(f"{place}: {error}")
            return parse({"all": []}, {}, lambda _: False)

    def because(self, place: str, names: Iterable[str]) -> tuple[Evidence, ...]:
        quoted: dict[str, Evidence] = {}
        for name in names:
            fresh = [e for e in self.evidence(name) if e.passage not in quoted]
            quoted.update((e.passage, e) for e in fresh[:1])
        if not quoted:
            self.problems.append(f"{place}: no sentence supports it; name a claim or an anchor in `because`")
        return tuple(quoted.values())

    def one_of(self, place: str, value: Any, allowed: Iterable[str]) -> str:
        if value not in allowed:
            self.problems.append(f"{place}: {value!r} is not one of {', '.join(allowed)}")
        return str(value)


def findings_of(written: Iterable[Written]) -> dict[str, Finding]:
    """The vocabulary out of `findings.yml`, in its order."""
    return {
        f["id"]: Finding(
            id=f["id"],
            kind=f["kind"],
            type=f["type"],
            label=f["label"],
            ask=f["ask"],
            values=dict(f.get("values") or {}),
            level=f.get("level"),
            history_counts=bool(f.get("history_counts")),
            source=f.get("source", ""),
        )
        for f in written
    }


def assemble(
    part: Callable[[str], Any],
    evidence: Supports,
    doses: Mapping[tuple[str, str], tuple[float, float]],
    dropped: frozenset[str] = frozenset(),
    version: str = "",
    sha256: str = "",
) -> Rulebook:
    """The rulebook out of the written parts; `dropped` names rules to leave out because nothing supports them.

    Raises InputError listing every rule that cannot be read.
    """
    findings = findings_of(part("findings"))
    work = Assembly(findings, evidence, doses)
    for name, written in part("facts").items():
        work.facts[name] = work.when(f"rules/facts.yml: {name}", written)
    kept = {
        name: [r for r in part(name) if r["id"] not in dropped]
        for name in ("care", "walking", "corrections", "exercises")
    }
    book = Rulebook(
        findings=findings,
        implied=tuple(Implied(work.when("rules/facts.yml: implied", i["when"]), i["sets"]) for i in part("implied")),
        assumed=part("assumed"),
        care=tuple(_care(work, r) for r in kept["care"]),
        unsure=_care(work, {**part("unsure"), "when": {"all": []}}),
        walking=tuple(_walking(work, r) for r in kept["walking"]),
        corrections=tuple(_correction(work, r) for r in kept["corrections"]),
        exercises=tuple(_exercise(work, r) for r in kept["exercises"]),
        questions=tuple(_question(work, q) for q in part("questions")),
        clearing=tuple(_question(work, q) for q in part("clearing")),
        version=version,
        sha256=sha256,
    )
    if work.problems:
        raise InputError(*work.problems)
    return book


def _care(work: Assembly, r: Written) -> CareRule:
    place = f"rules/red_flags.yml: {r['id']}"
    care = work.one_of(place, r["care"], CARE)
    return CareRule(r["id"], work.when(place, r["when"]), care, work.because(place, r["because"]))


def _walking(work: Assembly, r: Written) -> WalkingRule:
    place = f"rules/walking.yml: {r['id']}"
    verdict = work.one_of(place, r["then"], WALKING)
    return WalkingRule(r["id"], work.when(place, r["when"]), verdict, work.because(place, r["because"]))


def _cautions(work: Assembly, place: str, written: Iterable[Written]) -> tuple[Caution, ...]:
    return tuple(
        Caution(
            id=c["id"],
            when=work.when(f"{place}: {c['id']}", c["when"]),
            effect=work.one_of(f"{place}: {c['id']}", c["then"], ("block", "modify")),
            say=c["say"],
            evidence=work.because(f"{place}: {c['id']}", [c["id"]]),
            instead=tuple(c.get("instead", ())),
        )
        for c in written
    )


def _correction(work: Assembly, r: Written) -> Correction:
    place = f"rules/corrections.yml: {r['id']}"
    return Correction(
        id=r["id"],
        name=r["name"],
        when=work.when(place, r["when"]),
        do=r["do"],
        evidence=work.because(place, r["because"]),
        cautions=_cautions(work, place, r.get("cautions", ())),
    )


def _exercise(work: Assembly, r: Written) -> Exercise:
    place = f"rules/exercises.yml: {r['id']}"
    return Exercise(
        id=r["id"],
        kind=r["kind"],
        name=r["name"],
        when=work.when(place, r["when"]),
        verdicts={work.one_of(place, v, WALKING): int(n) for v, n in r["verdicts"].items()},
        steps=tuple(r["steps"]),
        why=r["why"],
        dose=_dose(work, r),
        evidence=work.because(place, r["because"]),
        cautions=_cautions(work, place, r.get("cautions", ())),
    )


def _dose(work: Assembly, r: Written) -> Dose:
    amounts: dict[str, tuple[float, float]] = {}
    sources: dict[str, str] = {}
    quotes: dict[str, Evidence] = {}
    for measure in r.get("dose", ()):
        name = measure["measure"]
        amount = work.doses.get((r["id"], name))
        evidence = work.evidence(measure.get("claim") or measure["anchor"])
        if amount is not None and evidence:
            amounts[name], sources[name] = amount, evidence[0].source
            quotes[evidence[0].passage] = evidence[0]
    return Dose(amounts, sources, tuple(quotes.values()))


def _question(work: Assembly, q: Written) -> Question:
    place = f"questions.yml: {q['id']}"
    unknown = [f for f in q["findings"] if f not in work.findings]
    work.problems.extend(f"{place}: {f} is not a finding of findings.yml" for f in unknown)
    asked = [work.findings[f] for f in q["findings"] if f in work.findings]
    options = tuple(_option(o) for o in q["options"]) if "options" in q else _own_options(asked)
    stated = work.evidence(q["why"]) or "or_why" not in q
    evidence = work.because(place, [q["why"] if stated else q["or_why"]])
    ids, said = tuple(q["findings"]), tuple(q.get("said", ()))
    return Question(q["id"], ids, q["kind"], q["text"], q["again"], q["why"], evidence, options, said)


def _option(o: Written) -> Option:
    return Option(str(o["value"]), o["label"], o["sets"], o.get("otherwise", {}))


def _own_options(asked: Sequence[Finding]) -> tuple[Option, ...]:
    """The options of a question that lists none: the values of its one finding, or one option for each finding."""
    if len(asked) == 1 and asked[0].values:
        many = asked[0].type == "many"
        return tuple(Option(v, label, {asked[0].id: [v] if many else v}) for v, label in asked[0].values.items())
    if len(asked) == 1:
        yes_no = asked[0].type == "yes_no"
        return (Option("yes", "Yes", {asked[0].id: True}), Option("no", "No", {asked[0].id: False})) if yes_no else ()
    return tuple(
        Option(f.id, f.label[:1].upper() + f.label[1:], {f.id: True}, {f.id: False})
        for f in asked
        if f.type == "yes_no"
    )
