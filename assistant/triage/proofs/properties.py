"""The safety properties about deciding, each as a formula that nobody may meet. The numbers are those of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import z3

from assistant.triage.decide import WITHHOLDING
from assistant.triage.proofs.cells import values
from assistant.triage.proofs.deciding import Decided, decided
from assistant.triage.proofs.encoding import Formula, Person, anybody, truth
from assistant.triage.proofs.results import Property
from assistant.triage.rules import CARE, Rulebook

FREER = ("withheld", "stop_walking", "restore_first", "walk_with_corrections", "walk_freely")
"""Verdicts from the strictest to the freest. `not_covered` and `undecided` stand apart."""
WALKS = ("walk_with_corrections", "walk_freely")
STOP = ("sharp_pain_walking", "pain_increasing_with_activity")
FAULTS = {
    "stride": ("normal", "short"),
    "hip_extension": ("full", "limited"),
    "push_off": ("strong", "weak"),
    "pelvis": ("neutral", "arched"),
    "trunk": ("upright", "leaning_forward"),
    "pace": ("slow", "brisk"),
}
"""Each finding of form with its good value and its fault."""
UNGUESSED = {"walking_effect": "worse", "sharp_pain_walking": True, "pain_increasing_with_activity": True}
"""What walks and exercise do to the pain, each with its worst answer."""
OLDER = ("16_49", "50_69", "70_plus")
Change = Callable[[str], Formula]


@dataclass(frozen=True)
class Pair:
    """Two people, `p` and `q`, with what is decided for each, and what holds for every person."""

    p: Person
    q: Person
    first: Decided
    second: Decided
    always: list[Formula]
    book: Rulebook


def pair_of(book: Rulebook) -> Pair:
    p, p_rules = anybody("p", book)
    q, q_rules = anybody("q", book)
    return Pair(p, q, decided(p, book), decided(q, book), [*p_rules, *q_rules], book)


def properties(pair: Pair) -> Iterator[Property]:
    """The properties 1 to 5 of the contract, in its order."""
    yield from _total(pair)
    yield from _withheld(pair)
    yield from _monotone(pair)
    yield from _final(pair)
    yield from _order(pair)


def _total(pair: Pair) -> Iterator[Property]:
    care, people = pair.first.care, (pair.p,)
    levels = [z3.And(at, z3.Not(above)) for at, above in zip(care, (*care[1:], z3.BoolVal(False)), strict=True)]
    yield Property("1 Exactly one care for every combination", z3.Not(_one(levels)), people)
    verdicts = list(pair.first.walking.values())
    yield Property("1 Exactly one walking verdict for every combination", z3.Not(_one(verdicts)), people)
    yield Property("1 No combination gets past all walking rules", pair.first.silent, people)


def _one(formulas: list[Formula]) -> Formula:
    return z3.And(z3.AtMost(*formulas, 1), z3.Or(formulas))


def _withheld(pair: Pair) -> Iterator[Property]:
    told, people = pair.first, (pair.p,)
    withheld, plan = told.walking["withheld"], z3.Or([*told.corrections.values(), *told.exercises.values()])
    yield Property(
        "2 Urgent or emergency gives no verdict on walking, no correction and no exercise",
        z3.And(told.care[WITHHOLDING], z3.Or(z3.Not(withheld), plan)),
        people,
    )
    yield Property("2 Walking is withheld for nobody else", z3.And(withheld, z3.Not(told.care[WITHHOLDING])), people)
    for finding in STOP:
        walks = z3.Or([told.walking[verdict] for verdict in WALKS])
        yield Property(f"3 {finding} never lets a person walk", z3.And(pair.p.is_(finding, True), walks), people)


def _monotone(pair: Pair) -> Iterator[Property]:
    p, q, book = pair.p, pair.q, pair.book
    flags = [f.id for f in book.findings.values() if f.kind == "flag"]
    modifiers = [f.id for f in book.findings.values() if f.kind == "modifier" and f.type == "yes_no"]
    lists = [f.id for f in book.findings.values() if f.type == "many"]
    care, freer = _lower_care(pair.first, pair.second), _freer(pair.first, pair.second)
    either = z3.Or(care, freer)

    def becomes(new: Iterable[object], old: Iterable[object]) -> Change:
        return lambda f: z3.And(p.is_(f, *old), q.is_(f, *new))

    def claim(
        name: str, changes: Mapping[str, Change] | Iterable[str], how: Change | None, broken: Formula
    ) -> Property:
        ways = dict(changes) if isinstance(changes, Mapping) else dict.fromkeys(changes, how)
        return Property(f"4 {name}", broken, (p, q), tuple(_changed(pair, ways)))

    yield claim("A warning sign, from no or not known, never lowers care", flags, lambda f: q.is_(f, True), care)
    yield claim("A warning sign never frees the verdict", flags, lambda f: q.is_(f, True), freer)
    yield claim("A modifier never lowers care", modifiers, becomes([True], [False]), care)
    steps = {"age_band": _up(pair, "age_band", OLDER)}
    yield claim("Higher age never lowers care", steps, None, care)
    severity = {"pain_severity": _up(pair, "pain_severity", values("pain_severity", book))}
    yield claim("Stronger pain never lowers care and never frees the verdict", severity, None, either)
    worse = becomes(["worse"], values("walking_effect", book))
    yield claim("Walking that makes it worse never does either", {"walking_effect": worse}, None, either)
    sharp = {"sharp_pain_walking": becomes([True], [False])}
    yield claim("Sharp pain while walking never does either", sharp, None, either)
    yield claim("One more place or quality of pain never lowers care", lists, _more(pair), care)
    doubts = {f: _in_doubt(pair, worst) for f, worst in UNGUESSED.items()}
    yield claim(
        "Not knowing what a walk does never lets a person walk more than the worst answer", doubts, None, _walks(pair)
    )
    faults = {f: becomes([fault], [good]) for f, (good, fault) in FAULTS.items()}
    yield claim("A fault of form never lowers care and never lets a person walk more", faults, None, _walks_more(pair))


def _lower_care(first: Decided, second: Decided) -> Formula:
    return z3.Or([z3.And(a, z3.Not(b)) for a, b in zip(first.care, second.care, strict=True)])


def _freer(first: Decided, second: Decided) -> Formula:
    steps = ((strict, free) for n, strict in enumerate(FREER) for free in FREER[n + 1 :])
    return z3.Or([z3.And(first.walking[strict], second.walking[free]) for strict, free in steps])


def _walks_more(pair: Pair) -> Formula:
    """Lower care, or more walking."""
    return z3.Or(_lower_care(pair.first, pair.second), _walks(pair))


def _walks(pair: Pair) -> Formula:
    """A verdict with walking after one without, or free walking after corrected walking."""
    a, b = pair.first.walking, pair.second.walking
    without = z3.Or([a[verdict] for verdict in FREER if verdict not in WALKS])
    walks = z3.Or([b[verdict] for verdict in WALKS])
    return z3.Or(z3.And(without, walks), z3.And(a["walk_with_corrections"], b["walk_freely"]))


def _in_doubt(pair: Pair, worst: object) -> Change:
    """The first person gives the worst answer, the second does not know."""
    return lambda f: z3.And(pair.p.is_(f, worst), pair.q.unsure[f])


def _up(pair: Pair, finding: str, ladder: tuple[object, ...]) -> Change:
    steps = [(low, high) for n, low in enumerate(ladder) for high in ladder[n + 1 :]]
    return lambda f: z3.Or([z3.And(pair.p.is_(f, low), pair.q.is_(f, high)) for low, high in steps])


def _more(pair: Pair) -> Change:
    """The second person's list holds everything that the first one's does."""
    p, q = pair.p, pair.q
    return lambda f: z3.And(p.told[f], q.told[f], *(z3.Implies(p.has[f][v], q.has[f][v]) for v in p.has[f]))


def _changed(pair: Pair, ways: Mapping[str, Change | None]) -> Iterator[Formula]:
    """The two people are alike, but for any of the findings in `ways`, which may differ as said there."""
    for finding in pair.book.findings:
        how, alike = ways.get(finding), _alike(pair.p, pair.q, finding)
        yield z3.Or(alike, how(finding)) if how else alike


def _alike(p: Person, q: Person, finding: str) -> Formula:
    members = [p.has[finding][v] == q.has[finding][v] for v in p.has[finding]]
    return z3.And(p.told[finding] == q.told[finding], p.unsure[finding] == q.unsure[finding], *members)


def _final(pair: Pair) -> Iterator[Property]:
    """The second person is the first one with some of what is unknown answered."""
    first, second, people = pair.first, pair.second, (pair.p, pair.q)
    known = first.known
    unknown = {f: z3.Or(_alike(pair.p, pair.q, f), z3.Not(known.told[f])) for f in pair.book.findings}
    unasked = {f: z3.Or(_alike(pair.p, pair.q, f), known.missing(f)) for f in pair.book.findings}
    higher = z3.Or(_lower_care(second, first), _freer(first, second))
    yield Property(
        "4 With nothing left to ask, no unknown answer hides higher care, and none a freer verdict",
        z3.And(first.final, higher),
        people,
        tuple(unknown.values()),
    )
    now, then = everything_told(first), everything_told(second)
    differs = [now[line] != then[line] for line in now]
    doubts = [z3.Implies(known.unsure[f], second.known.unsure[f]) for f in pair.book.findings]
    yield Property(
        "4 With nothing left to ask, no answer that was not asked for changes anything, unless it settles a doubt",
        z3.And(first.final, z3.Or(differs)),
        people,
        (*unasked.values(), *doubts),
    )
    doubtful = [z3.Implies(first.live[f], known.unsure[f]) for f in pair.book.findings]
    raised = [z3.Not(truth(rule.when, known).no) for rule in pair.book.care if rule.care != CARE[0]]
    yield Property(
        "4 With nothing but doubts left, a doubt that could raise care never leaves it at self-care",
        z3.And(*doubtful, z3.Or(raised), z3.Not(first.care[1])),
        people[:1],
    )
    undecided = z3.And(first.final, first.walking["undecided"])
    yield Property("4 With nothing left to ask, the verdict is not left undecided", undecided, people[:1])


def everything_told(result: Decided) -> dict[str, Formula]:
    """All that a person is told, each with when it is."""
    levels = {f"at least {name}": formula for name, formula in zip(CARE, result.care, strict=True)}
    return {**levels, **result.walking, **result.corrections, **result.exercises, **result.modified}


def _order(pair: Pair) -> Iterator[Property]:
    """With this, applying the implied rules in any order ends in the same findings: none undoes another."""
    p, known = pair.p, pair.first.known
    against = [
        z3.And(truth(implied.when, known).yes, z3.Not(p.told[finding]), z3.Not(known.has[finding][value]))
        for implied in pair.book.implied
        for finding, value in implied.sets.items()
    ]
    yield Property("5 What is implied is the same in any order", z3.Or(against), (p,))
    lost = [z3.And(p.has[f][v], z3.Not(known.has[f][v])) for f in pair.book.findings for v in p.has[f]]
    yield Property("5 What is implied never overwrites what was said", z3.Or(lost), (p,))


def answered_at_once(pair: Pair) -> Property:
    signs = [f.id for f in pair.book.findings.values() if f.level == "emergency"]
    late = z3.And(z3.Or([pair.p.is_(f, True) for f in signs]), z3.Not(pair.first.care[CARE.index("emergency")]))
    return Property("8 An emergency sign gives emergency care, whatever else is known or not", late, (pair.p,))
