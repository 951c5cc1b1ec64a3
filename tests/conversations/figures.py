"""Figures over played cases: how often care and walking come out as a clinician expects, and how much was asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.conversations.simulated import Played


@dataclass(frozen=True)
class Figures:
    """Counts and shares over `cases` conversations; shares run from 0 to 1, questions are counted as often as asked."""

    cases: int
    exact: float
    care: float
    walking: float
    under: tuple[str, ...]
    over: tuple[str, ...]
    self_care: float
    median: float
    most: int

    def table(self) -> str:
        """The figures as lines for a terminal."""
        rows = [
            ("cases", f"{self.cases}"),
            ("care and walking exact", f"{self.exact:.1%}"),
            ("care exact", f"{self.care:.1%}"),
            ("walking exact", f"{self.walking:.1%}"),
            ("under-triage", f"{len(self.under)}  {' '.join(self.under)}"),
            ("over-triage", f"{len(self.over)}  {' '.join(self.over)}"),
            ("self-care told as such", f"{self.self_care:.1%}"),
            ("questions, median", f"{self.median:g}"),
            ("questions, most", f"{self.most}"),
        ]
        return "\n".join(f"{name:28}{value}" for name, value in rows)


def figures(played: Sequence[Played]) -> Figures:
    """The figures of some played cases."""
    alone = [p for p in played if p.case.expect["care"] == "self_care"]
    return Figures(
        cases=len(played),
        exact=_share([p.exact for p in played]),
        care=_share([p.assessment.get("care") == p.case.expect["care"] for p in played]),
        walking=_share([p.assessment.get("walking") == p.case.expect["walking"] for p in played]),
        under=tuple(p.case.id for p in played if p.step < 0),
        over=tuple(p.case.id for p in played if p.step > 0),
        self_care=_share([p.step == 0 for p in alone]),
        median=median(len(p.asked) for p in played),
        most=max(len(p.asked) for p in played),
    )


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)
