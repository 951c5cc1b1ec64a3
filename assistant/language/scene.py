"""A message laid out for ConText: its words, its mentions in order, its cues by kind, and its stretches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.words import Word

SUBJECTS = frozenset("i we he she they it there you".split())
OWN = frozenset("my his her their our".split())
LINKS = frozenset("in with of on down at from to inside around round between about for over when".split())
"""Words that tie "my leg" to what stands before: "no pain in my leg", but "no bother my leg is numb"."""
JOINING = frozenset("or nor and /".split())
NEARLY = frozenset("nearly almost mostly largely partly half not hardly never".split())
"""Words before "gone" that leave something of it."""
INNER = frozenset("when if that while as where what before after how than whenever because".split())
"""Words after which a subject goes on with the statement instead of beginning one: "pain when i walk"."""
TURNED = frozenset("do does did have has had am is are was were can could will would".split())
"""Verbs that stand before their subject after "nor" and "never": "nor do i have"."""
OPENING = frozenset("and so then now plus cos coz because".split())
"""Words that begin a stretch of their own where somebody follows: "and my leg is numb"."""


class Scene:
    """A message cut into words, its mentions in order, those of parts that `working` may tell to be well apart, and its
    cues by kind."""

    def __init__(self, words: Sequence[Word], mentions: Sequence[Mention], cues: Iterable[Found[Cue]]):
        self.words = words
        told = sorted(set(mentions), key=lambda m: (m.used, m.finding, str(m.value)))
        self.mentions = [m for m in told if not m.works]
        self.working = [m for m in told if m.works]
        self._firsts = [m.first for m in self.mentions]
        self._by_kind: dict[str, list[Found[Cue]]] = {}
        for found in cues:
            if found.what.kind.startswith("past.") and (self._parted(found) or self._nearly(found)):
                continue
            self._by_kind.setdefault(found.what.kind, []).append(found)

    def _parted(self, cue: Found[Cue]) -> bool:
        """Whether a comma stands within a cue: "for years, back aches" is no "years back"."""
        return any(self.words[i].after_comma for i in range(cue.first + 1, cue.last + 1))

    def _nearly(self, cue: Found[Cue]) -> bool:
        """ "nearly gone" is not gone."""
        return cue.first > 0 and self.words[cue.first - 1].norm in NEARLY and cue.what.kind.startswith("past.over")

    def of(self, *kinds: str) -> list[Found[Cue]]:
        """The cues of some kinds."""
        return [f for kind in kinds for f in self._by_kind.get(kind, ())]

    def has(self, group: str) -> bool:
        """Whether any cue of a group of kinds was found."""
        return any(kind.startswith(group) for kind in self._by_kind)

    def between(self, first: int, last: int) -> Sequence[Mention]:
        """The mentions that begin between two positions, both included."""
        return self.mentions[bisect_left(self._firsts, first) : bisect_right(self._firsts, last)]

    @cached_property
    def norms(self) -> frozenset[str]:
        """The words of the message, to see at once whether any of some words is among them."""
        return frozenset(w.norm for w in self.words)

    @cached_property
    def said(self) -> frozenset[int]:
        """The positions of the words that mentions are said with, save one that a comma parts from the others."""
        return frozenset(i for m in self.mentions if not m.named for i in m.used if self._together(m, i))

    def _together(self, mention: Mention, at: int) -> bool:
        if not any(w.after_comma for w in self.words[mention.first + 1 : mention.last + 1]):
            return True
        stretch = self.stretch(at)
        return any(i in stretch and i != at for i in mention.used)

    @cached_property
    def stops(self) -> frozenset[int]:
        """Positions where the reach of a denial ends: "only", "because", or somebody who begins a new statement."""
        ends = {i for f in self.of("ends") for i in f.used}
        return frozenset(ends | self.subjects)

    @cached_property
    def subjects(self) -> frozenset[int]:
        """Positions of those who begin a statement: "i", "she", "there is" (not "down there")."""
        return frozenset(i for i, w in enumerate(self.words) if w.norm in SUBJECTS and self._begins_statement(i))

    def _begins_statement(self, at: int) -> bool:
        if at and self.words[at - 1].norm in INNER:
            return False
        before = [w.norm for w in self.words[max(0, at - 2) : at]]
        if len(before) == 2 and before[0] in ("nor", "neither", "never", "point", "time") and before[1] in TURNED:
            return False
        following = self.words[at + 1].norm if at + 1 < len(self.words) else ""
        return self.words[at].norm != "there" or following in ("is", "s", "are", "was", "were", "has", "have")

    def stopped(self, first: int, last: int) -> bool:
        """Whether a stop stands between two positions, neither included."""
        return any(i in self.stops for i in range(first + 1, last))

    def gap(self, first: int, last: int) -> int:
        """How many words that are not fillers stand between two positions."""
        return sum(1 for w in self.words[first + 1 : last] if not w.filler)

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [i for i, w in enumerate(self.words) if i + 1 == len(self.words) or self.words[i + 1].clause != w.clause]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        ends = range(len(self.words))
        return [i for i in ends if i + 1 == len(self.words) or self.words[i + 1].sentence != self.words[i].sentence]

    @cached_property
    def _stretch_ends(self) -> list[int]:
        ends = range(len(self.words))
        return [i for i in ends if i + 1 == len(self.words) or self._begins_stretch(i + 1)]

    def _begins_stretch(self, at: int) -> bool:
        word = self.words[at]
        return word.after_comma or word.clause != self.words[at - 1].clause or self.anew(at)

    def anew(self, at: int) -> bool:
        """Whether a new statement begins with words like "and my", "so i"."""
        following = self.words[at + 1].norm if at + 1 < len(self.words) else ""
        begins = following in OWN or following in ("if", "when") or at + 1 in self.subjects
        return begins and self.words[at].norm in OPENING

    def clause(self, at: int) -> range:
        """The words of the clause around a position."""
        return _around(self._clause_ends, at)

    def sentence(self, at: int) -> range:
        """The words of the sentence around a position."""
        return _around(self._sentence_ends, at)

    def stretch(self, at: int) -> range:
        """The words around a position between commas, clause ends, and words like "and my", "now it"."""
        return _around(self._stretch_ends, at)


def _around(ends: Sequence[int], at: int) -> range:
    found = bisect_left(ends, at)
    return range(ends[found - 1] + 1 if found else 0, ends[found] + 1)
