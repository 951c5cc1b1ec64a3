"""Three-valued conditions over findings: true, false, or unknown (None). Unknown is never read as no.

Written in the rules as: `fever_systemic` (the finding is true, or the named fact holds) · `{stride: short}` ·
`{pain_location: [groin, leg]}` (any of them) · `{pain_severity: {at_least: 8}}` · `{all: [...]}` · `{any: [...]}` · `{not: ...}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Findings = Mapping[str, Any]
"""Finding id to value. Absent: not asked. None: asked, and the person does not know."""
Truth = bool | None


class Anything:
    """Stands for an answer that is not known, taken as whatever a comparison asks for. Not meant for below `Not`."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ge__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANYTHING = Anything()


@dataclass(frozen=True)
class Is:
    """A finding has one of `values`; for list findings, contains one of them."""

    finding: str
    values: tuple[Any, ...]

    def holds(self, findings: Findings) -> Truth:
        value = findings.get(self.finding)
        if value is None:
            return None
        if isinstance(value, (list, tuple)):
            return any(v in self.values for v in value)
        return value in self.values

    def parts(self) -> Sequence[Condition]:
        return ()


@dataclass(frozen=True)
class AtLeast:
    """A number is at least `least`."""

    finding: str
    least: float

    def holds(self, findings: Findings) -> Truth:
        value = findings.get(self.finding)
        return None if value is None else value >= self.least

    def parts(self) -> Sequence[Condition]:
        return ()


@dataclass(frozen=True)
class All:
    """Every part holds. False as soon as one part is false, whatever is unknown."""

    of: tuple[Condition, ...]

    def holds(self, findings: Findings) -> Truth:
        truth: Truth = True
        for part in self.of:
            held = part.holds(findings)
            if held is False:
                return False
            if held is None:
                truth = None
        return truth

    def parts(self) -> Sequence[Condition]:
        return self.of


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds. True as soon as one part is true, whatever is unknown."""

    of: tuple[Condition, ...]

    def holds(self, findings: Findings) -> Truth:
        truth: Truth = False
        for part in self.of:
            held = part.holds(findings)
            if held:
                return True
            if held is None:
                truth = None
        return truth

    def parts(self) -> Sequence[Condition]:
        return self.of


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: Condition

    def holds(self, findings: Findings) -> Truth:
        held = self.part.holds(findings)
        return None if held is None else not held

    def parts(self) -> Sequence[Condition]:
        return (self.part,)


Condition = Is | AtLeast | All | AnyOf | Not


def parse(written: Any, facts: Mapping[str, Condition], known: Callable[[str], bool]) -> Condition:
    """The condition as written in YAML. `facts` are named conditions, `known` tells finding ids.

    Raises ValueError with a sentence naming the part that cannot be read.
    """
    if isinstance(written, str):
        if written in facts:
            return facts[written]
        return Is(_finding(written, known), (True,))
    if not isinstance(written, Mapping) or len(written) != 1:
        raise ValueError(f"{written!r} is not a condition: write a finding, or one of all, any, not, or finding: value")
    ((word, rest),) = written.items()
    if word in ("all", "any"):
        parts = tuple(parse(part, facts, known) for part in rest)
        return All(parts) if word == "all" else AnyOf(parts)
    if word == "not":
        return Not(parse(rest, facts, known))
    if isinstance(rest, Mapping):
        return AtLeast(_finding(word, known), float(rest["at_least"]))
    return Is(_finding(word, known), tuple(rest) if isinstance(rest, list) else (rest,))


def _finding(word: str, known: Callable[[str], bool]) -> str:
    if not known(word):
        raise ValueError(f"{word!r} is neither a finding of findings.yml nor a fact of facts.yml")
    return word


def leaves(condition: Condition) -> Iterator[Is | AtLeast]:
    """The single comparisons of a condition, in the order written."""
    if isinstance(condition, (Is, AtLeast)):
        yield condition
    for part in condition.parts():
        yield from leaves(part)


def open_findings(condition: Condition, findings: Findings) -> Iterator[str]:
    """The findings whose answer could still settle a condition that is unknown."""
    if condition.holds(findings) is not None:
        return
    if isinstance(condition, (Is, AtLeast)):
        yield condition.finding
    for part in condition.parts():
        yield from open_findings(part, findings)


def grounds(condition: Condition, findings: Findings) -> Iterator[str]:
    """The findings that make a condition true."""
    wanted = condition.holds(findings)
    if isinstance(condition, (Is, AtLeast)):
        if wanted is not None:
            yield condition.finding
    else:
        for part in condition.parts():
            if isinstance(condition, Not) or part.holds(findings) == wanted:
                yield from grounds(part, findings)
