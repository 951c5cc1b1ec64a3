"""From a message to findings: the one function that the doors call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from assistant.language.context import Standing, standings
from assistant.language.lexicon import Cue, Lexicon, Sense
from assistant.language.measures import find_measures
from assistant.language.mentions import Mention, Value, find_mentions
from assistant.language.numbers import Number, find_numbers
from assistant.language.patterns import Found, Patterns
from assistant.language.spelling import Speller
from assistant.language.windows import windows, without_repetitions
from assistant.language.words import Cutter, Word

AGE = "age_band"
"""A finding that lasts, but not by its history: "in my twenties i had ..." is no age of today."""
LONGEST = 20_000
"""Characters of one message that are read; the rest of a longer one is left out and `cut_short` says so."""


@dataclass(frozen=True)
class Span:
    """A place of the message: what finding it speaks of, with which value and standing, and its character offsets."""

    finding: str
    value: Value
    standing: Standing
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """What one message says. `findings` maps ids to values; the other groups hold ids in the vocabulary's order."""

    findings: dict[str, object] = field(default_factory=dict)
    denied: tuple[str, ...] = ()
    other_person: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    hypothetical: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    numbers: tuple[float, ...] = ()
    cut_short: bool = False


Judged = tuple[Mention, Standing, Sequence[Word]]
"""A mention, its standing, and the part of the message that its positions count in."""


class Reader:
    """Reads messages with one lexicon. Building it takes a moment; reading does not change it."""

    def __init__(self, lexicon: Lexicon):
        self.lexicon = lexicon
        spoken: list[tuple[str, Sense | Cue]] = [*lexicon.phrases, *lexicon.cues]
        self._patterns: Patterns[Sense | Cue] = Patterns(spoken, lexicon.classes, lexicon.forms, lexicon.places)
        speller = Speller(lexicon.vocabulary, lexicon.slips)
        self._cutter = Cutter(speller.mend, lexicon.forms, lexicon.clause_words)
        self._order = {finding: at for at, finding in enumerate(lexicon.kinds)}

    def words(self, text: str) -> list[Word]:
        """The message's words, corrected."""
        return self._cutter.cut(text)

    def read(self, text: str, asked: Collection[str] = ()) -> Reading:
        """The findings of `text`. `asked` are the findings that the last question was about, if there was one."""
        words = without_repetitions(self.words(text[:LONGEST]))
        judged: list[Judged] = []
        numbers: list[float] = []
        for part in windows(words):
            stated = find_numbers(part)
            numbers += [n.value for n in stated]
            judged += [(m, s, part) for m, s in self._judged(part, stated, frozenset(asked))]
        return self._reading(judged, numbers, cut_short=len(text) > LONGEST)

    def _judged(
        self, words: Sequence[Word], stated: Sequence[Number], asked: frozenset[str]
    ) -> list[tuple[Mention, Standing]]:
        """The mentions of one part of a message, each with its standing."""
        found = self._patterns.find(words)
        mentions = find_mentions([f for f in found if _speaks(f)], words, self.lexicon.grave)
        measured = find_measures(words, stated, self.lexicon.terms, asked)
        if measured:
            mentions = [m for m in mentions if not any(_within(m, measure) for measure in measured)]
            mentions += [m for m in measured if not _said(m, mentions)]
        given = standings(words, mentions, [f for f in found if _is_cue(f)], self.lexicon.lasting)
        judged = [(m, self._lasting(m, s)) for m, s in given]
        judged.sort(key=lambda pair: pair[0].used)
        return [(m, s) for m, s in judged if s is Standing.DENIED or not (m.named or s is Standing.UNCLEAR)]

    def _lasting(self, mention: Mention, standing: Standing) -> Standing:
        """A past finding whose history counts is as good as present."""
        lasting = standing is Standing.PAST and mention.finding in self.lexicon.lasting - {AGE}
        return Standing.PRESENT if lasting else standing

    def _reading(self, judged: Sequence[Judged], numbers: Sequence[float], *, cut_short: bool) -> Reading:
        ids: dict[Standing, list[str]] = {s: [] for s in Standing}
        for mention, standing, _ in judged:
            ids[standing].append(mention.finding)
        findings = self._values([m for m, s, _ in judged if s is Standing.PRESENT])
        plain_no = [i for i in ids[Standing.DENIED] if self.lexicon.types[i] == "yes_no" and i not in findings]
        findings |= {i: False for i in plain_no if self.lexicon.kinds[i] == "about"}
        return Reading(
            findings=dict(sorted(findings.items(), key=lambda item: self._order[item[0]])),
            denied=self._listed(plain_no),
            other_person=self._listed(ids[Standing.OTHER_PERSON]),
            past=self._listed(ids[Standing.PAST]),
            hypothetical=self._listed(ids[Standing.HYPOTHETICAL]),
            spans=tuple(Span(m.finding, m.value, s, words[m.first].start, words[m.last].end) for m, s, words in judged),
            numbers=tuple(numbers),
            cut_short=cut_short,
        )

    def _listed(self, ids: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(set(ids), key=self._order.__getitem__)) if ids else ()

    def _values(self, present: Sequence[Mention]) -> dict[str, object]:
        values: dict[str, object] = {}
        for mention in present:
            kind = self.lexicon.types[mention.finding]
            if kind == "yes_no":
                values[mention.finding] = True
            elif kind == "many":
                listed = values.setdefault(mention.finding, [])
                if isinstance(listed, list) and mention.value not in listed:
                    listed.append(mention.value)
            else:
                values[mention.finding] = _number(kind, mention.value)
        if _both_ways(present):
            values["walking_effect"] = "mixed"
        if values.get("sitting_long") is True and "sitting_hours" in values:
            del values["sitting_long"]
        return values


def _speaks(found: Found[Sense | Cue]) -> TypeGuard[Found[Sense]]:
    return isinstance(found.what, Sense)


def _is_cue(found: Found[Sense | Cue]) -> TypeGuard[Found[Cue]]:
    return isinstance(found.what, Cue)


def _number(kind: str, value: Value) -> object:
    if kind not in {"number", "scale"} or value is None:
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _within(mention: Mention, measure: Mention) -> bool:
    """Whether a measure says the same finding with more words: "two and a half years" over "half years"."""
    return mention.finding == measure.finding and set(mention.used) < set(measure.used)


def _said(measure: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a phrase already used the words of a measure for the same finding."""
    return any(m.finding == measure.finding and set(m.used) & set(measure.used) for m in mentions)


def _both_ways(present: Sequence[Mention]) -> bool:
    """Walking that is said to make it better and, elsewhere, worse is mixed."""
    said = {m.value for m in present if m.finding == "walking_effect"}
    return "mixed" in said or {"better", "worse"} <= said
