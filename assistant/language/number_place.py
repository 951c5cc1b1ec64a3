"""A number where it stands in the message: what is said before it and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.language.mentions import Mention
from assistant.language.numbers import Number
from assistant.language.terms import Terms
from assistant.language.words import Word

REACH = 8
"""Words looked at on each side of a number."""


@dataclass(frozen=True)
class Place:
    """A number where it stands: the message's words, the words around numbers, and the findings just asked for."""

    words: Sequence[Word]
    number: Number
    terms: Terms
    asked: frozenset[str]

    @cached_property
    def before(self) -> list[str]:
        """The words before it in its sentence, nearest last."""
        first = self.number.first
        return [w.norm for w in self.words[max(0, first - REACH) : first] if w.sentence == self.words[first].sentence]

    @cached_property
    def after(self) -> list[str]:
        """The words after it in its sentence, nearest first."""
        last = self.number.last
        return [w.norm for w in self.words[last + 1 : last + 1 + REACH] if w.sentence == self.words[last].sentence]

    @cached_property
    def segment(self) -> list[str]:
        """The words between the last comma or clause end and the number."""
        clause, first = self.words[self.number.first].clause, self.number.first
        while first > 0 and not self.words[first].after_comma and self.words[first - 1].clause == clause:
            first -= 1
        return [w.norm for w in self.words[first : self.number.first]]

    @cached_property
    def rest(self) -> list[str]:
        """The words between the number and the next comma or clause end."""
        clause, end = self.words[self.number.last].clause, self.number.last + 1
        while end < len(self.words) and not self.words[end].after_comma and self.words[end].clause == clause:
            end += 1
        return [w.norm for w in self.words[self.number.last + 1 : end]]

    @cached_property
    def clause(self) -> set[str]:
        """The words of the number's clause."""
        clause = self.words[self.number.first].clause
        return {w.norm for w in self.words if w.clause == clause}

    @cached_property
    def lead(self) -> list[str]:
        """`segment` without the words that make a number vague: "about", "only", "nearly"."""
        lead = list(self.segment)
        while (
            taken := self.terms.ends("hedge", lead) or self.terms.ends("nearly", lead) or self.terms.ends("over", lead)
        ):
            lead = lead[:-taken]
        return lead

    def hedged(self, name: str) -> bool:
        """Whether one of the vague words just before the number is of the kind `name`: "nearly", "over"."""
        vague = self.segment[len(self.lead) :]
        return any(self.terms.ends(name, vague[: at + 1]) for at in range(len(vague)))

    @property
    def joined(self) -> bool:
        """Whether the number is written together with the word after it: "52F", "34m"."""
        last = self.number.last
        return last + 1 < len(self.words) and self.words[last].end == self.words[last + 1].start

    def mention(self, finding: str, value: str | float, more: int = 0) -> Mention:
        """A mention that uses the number and `more` words after it."""
        return Mention(finding, value, tuple(range(self.number.first, self.number.last + 1 + more)))
