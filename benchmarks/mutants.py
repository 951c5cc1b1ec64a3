"""Mutation check of the rules: breaks each of them in small ways and counts which breakages something notices.

`python -m benchmarks.mutants` tries every mutant, `--quick` every seventh. It prints one table (each mutant under the first
check that notices it; "same result" where nobody at all could tell the difference), then the survivors.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import z3

from assistant.command_lines import opened
from assistant.knowledge_base.checking import check_rules
from assistant.triage.decide import decide
from assistant.triage.proofs import deciding
from assistant.triage.proofs.deciding import decided
from assistant.triage.proofs.encoding import anybody
from assistant.triage.proofs.properties import everything_told
from assistant.triage.rules import Rulebook
from benchmarks.breakages import Mutant, mutants
from tests.cases.cases import complete, load_cases
from tests.triage.tables import wrong_boundaries, wrong_cautions

EVERY = 7
Notice = Callable[[Rulebook], Iterator[str]]
"""Whatever is wrong with a rulebook, as far as one check can see, one sentence after the other."""


@dataclass(frozen=True)
class Check:
    """One way to notice a breakage, and what it already says of the rules as they are."""

    name: str
    notice: Notice
    before: frozenset[str]

    def notices(self, book: Rulebook) -> bool:
        try:
            return any(fault not in self.before for fault in self.notice(book))
        except (KeyError, ValueError, StopIteration):
            return True


def cases(book: Rulebook) -> Iterator[str]:
    """The clinical cases that are not decided as expected, as tests/cases has them."""
    for case in CASES:
        told, expect = decide(complete(case.person, book), book), case.expect
        got = (told["care"], told["walking"])
        plans = [sorted(told["corrections"]), [e["id"] for e in told["exercises"]]]
        wanted = [sorted(expect.get("corrections", plans[0])), expect.get("exercises", plans[1])]
        if got != (expect["care"], expect["walking"]) or plans != wanted:
            yield case.id


def tables(book: Rulebook) -> Iterator[str]:
    """The lines of the tables in tests/triage that are decided otherwise."""
    yield from wrong_boundaries(book)
    yield from wrong_cautions(book)


def proofs(book: Rulebook) -> Iterator[str]:
    """The properties that do not hold."""
    return (result.name for result in deciding(book) if not result.holds)


def faults(book: Rulebook) -> Iterator[str]:
    """What `psoas knowledge check` says of the rules."""
    return iter(check_rules(book))


CASES = load_cases()


def main(arguments: list[str]) -> int:
    """Try the mutants, print the table; 0 whatever survives, since this is a measure and no test."""
    book = opened().book
    ways: tuple[tuple[str, Notice], ...] = (("cases", cases), ("tables", tables), ("check", faults), ("proofs", proofs))
    checks = [Check(name, notice, frozenset(notice(book))) for name, notice in ways]
    tried = [m for n, m in enumerate(mutants(book)) if "--quick" not in arguments or n % EVERY == 0]
    killers = [(mutant, _killer(mutant, checks)) for mutant in tried]
    judged = [
        (mutant, killer or ("same result" if same_result(book, mutant.book) else "")) for mutant, killer in killers
    ]
    print("\n".join(_table(judged, [check.name for check in checks])))
    survivors = [mutant for mutant, killer in judged if not killer]
    print("\n".join(["", f"{len(survivors)} survive:", *(f"  {m.kind}: {m.what}" for m in survivors)]))
    return 0


def _killer(mutant: Mutant, checks: list[Check]) -> str:
    """The first check that notices a mutant, "" where none does."""
    return next((check.name for check in checks if check.notices(mutant.book)), "")


def same_result(book: Rulebook, other: Rulebook) -> bool:
    """Whether z3 finds nobody at all who is told something else by the other rulebook: then there is nothing to notice."""
    person, always = anybody("anybody", book)
    one, two = (everything_told(decided(person, rules)) for rules in (book, other))
    never = z3.BoolVal(False)
    solver = z3.SolverFor("QF_FD")
    solver.add(*always, z3.Or([one.get(line, never) != two.get(line, never) for line in {**one, **two}]))
    return bool(solver.check() == z3.unsat)


def _table(judged: list[tuple[Mutant, str]], names: list[str]) -> Iterator[str]:
    columns = [*names, "same result", "survive"]
    yield f"{'kind of breakage':<38}{'tried':>8}" + "".join(f"{name:>13}" for name in columns)
    for kind in [*dict.fromkeys(mutant.kind for mutant, _ in judged), "all"]:
        count = Counter(killer or "survive" for mutant, killer in judged if kind in (mutant.kind, "all"))
        yield f"{kind:<38}{sum(count.values()):>8}" + "".join(f"{count[name]:>13}" for name in columns)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
