"""The properties that are proved by looking at every line of the rulebook once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.triage.proofs.cells import comparisons, items, misfits
from assistant.triage.proofs.results import Result, combinations
from assistant.triage.rules import Evidence, Rulebook


def exact_reduction(book: Rulebook) -> Result:
    """The space that z3 searches answers every comparison as the findings themselves would."""
    problems, count = misfits(book), len(list(comparisons(book)))
    how = f"{count} comparisons looked at one by one, over {combinations(book):.0e} combinations"
    return Result(
        "0 Numbers are cut where the rules cut them, and nowhere loses a value",
        not problems,
        how,
        notes=tuple(problems),
    )


def every_line_is_quoted(book: Rulebook) -> Result:
    lines = list(quoted_lines(book))
    bare = [line for line, evidence in lines if not any(e.quote.strip() for e in evidence)]
    notes = tuple(f"{line}: no sentence of a source stands behind it" for line in bare)
    name = "6 Every rule, correction, exercise, caution, dose and question quotes a sentence of its source"
    return Result(name, not bare, f"{len(lines)} lines looked at one by one", notes=notes)


def quoted_lines(book: Rulebook) -> Iterator[tuple[str, Sequence[Evidence]]]:
    """Every line that a person can be shown, with its evidence."""
    yield from ((f"care {rule.id}", rule.evidence) for rule in (*book.care, book.unsure))
    yield from ((f"walking {rule.id}", rule.evidence) for rule in book.walking)
    for item in items(book):
        yield item.id, item.evidence
        yield from ((f"{item.id}: {caution.id}", caution.evidence) for caution in item.cautions)
    for exercise in book.exercises:
        stated = {e.source for e in exercise.dose.evidence}
        for measure in exercise.dose.amounts:
            known = exercise.dose.sources.get(measure) in stated
            yield f"{exercise.id}: {measure}", exercise.dose.evidence if known else ()
    yield from ((f"question {q.id}", q.evidence) for q in (*book.questions, *book.clearing))
