"""Which mentions are over: told of years ago, used to be, or cleared up, and not come back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import Scene
from assistant.language.words import Word

FIRST_YEAR = 1930
"""Four digits from here on to last year are a year gone by."""
AGE = "age_band"
WAS = frozenset("had was were did used got broke fractured injured hurt fell suffered".split())
"""Verbs that tell of a time gone by."""
RECENT = frozenset("recent_surgery pregnant_or_postpartum major_trauma minor_trauma".split())
"""Findings that still count some months later."""
ALONE = 1
"""Words beside a time that stands alone before a comma: "so last year, ..."."""
ONWARDS = frozenset("since from until till".split())
"""Words before a year that make it the beginning or the end of something longer."""


def over(scene: Scene) -> set[Mention]:
    """The mentions that are said to be over. What came back, and what is tied to a word of today, is not."""
    if not scene.mentions:
        return set()
    past: set[Mention] = set()
    for cue in scene.of("past.time"):
        past.update(_at_that_time(scene, cue.first, cue.last) if not _is_now(scene, cue) else ())
    for cue in scene.of("past.time_had"):
        past.update(m for m in _at_that_time(scene, cue.first, cue.last) if m.finding not in RECENT and _had(scene, m))
    for at in years_gone_by(scene):
        past.update(m for m in _at_that_time(scene, at, at) if _in_year(scene, m, at))
    masked = {i for f in scene.of("past.not_habit") for i in f.used}
    for cue in scene.of("past.habit"):
        past.update(_since_then(scene, cue) if masked.isdisjoint(cue.used) else ())
    for cue in scene.of("past.over"):
        past.update(_gone(scene, cue))
    for cue in scene.of("past.over_had"):
        past.update(m for m in _gone(scene, cue) if _had(scene, m) and _ends(scene, cue))
    for cue in scene.of("past.over_next"):
        past.update(m for m in _gone(scene, cue) if scene.gap(m.last, cue.first) == 0 and _ends(scene, cue))
    return {m for m in past if m.finding != AGE and not _returned(scene, m)} | _ages_gone_by(scene)


def _is_now(scene: Scene, cue: Found[Cue]) -> bool:
    """ "i am in my 30s"."""
    return cue.first > 0 and scene.words[cue.first - 1].norm in ("am", "is", "s", "are", "m")


def _ages_gone_by(scene: Scene) -> set[Mention]:
    """ "in my twenties i had ...": no age of today."""
    times = [{*f.used} for f in scene.of("past.time") if not _is_now(scene, f)]
    named = [m for m in scene.mentions if m.finding == AGE and any(not t.isdisjoint(m.used) for t in times)]
    return {m for m in named if not WAS.isdisjoint(w.norm for w in _around(scene, m))}


def _around(scene: Scene, mention: Mention) -> Sequence[Word]:
    """The words from the last comma before a mention to the end of its clause."""
    return scene.words[scene.stretch(mention.first).start : scene.clause(mention.last).stop]


def _had(scene: Scene, mention: Mention) -> bool:
    """Whether something is told of as past: "i was having a fever"."""
    stretch = scene.stretch(mention.first)
    return any(w.norm in ("had", "was", "were", "could") for w in scene.words[stretch.start : stretch.stop])


def _ends(scene: Scene, cue: Found[Cue]) -> bool:
    """Whether nothing comes behind the cue in its stretch: "it's gone", not "it's gone cold"."""
    rest = [scene.words[i].norm for i in range(cue.last + 1, scene.stretch(cue.last).stop)]
    return set(rest) <= {"now", "completely", "again", "thankfully", "thank", "god", "though"}


def no_more(scene: Scene) -> set[Mention]:
    """The mentions that are said to be no longer so."""
    return {m for cue in scene.of("past.no_more") for m in _no_more(scene, cue)}


def years_gone_by(scene: Scene) -> list[int]:
    """The positions of years gone by: "in 2015", "2020"; not of one from which on something lasts."""
    years = [(i, w.norm) for i, w in enumerate(scene.words) if len(w.norm) == 4 and w.norm.isdecimal()]
    last_year = date.today().year - 1 if years else 0
    gone = [i for i, n in years if FIRST_YEAR <= int(n) <= last_year]
    return [i for i in gone if i == 0 or scene.words[i - 1].norm not in ONWARDS]


def _in_year(scene: Scene, mention: Mention, at: int) -> bool:
    """Whether a year tells when something was: "in 2015" for all that it is told with, "2015" for what stands beside it."""
    return scene.words[at - 1].norm == "in" or (
        at in scene.stretch(mention.first) and scene.words[at - 1].norm != "born"
    )


def _current(scene: Scene, stretch: Collection[int], apart_from: Collection[int] = ()) -> bool:
    """Whether a word of today stands in a stretch."""
    return any(i in stretch and i not in apart_from for f in scene.of("current") for i in f.used)


def _at_that_time(scene: Scene, first: int, last: int) -> list[Mention]:
    """What a time of the past is told of: the stretch it stands in, or the one behind it where it stands alone."""
    stretch = scene.stretch(first)
    if _current(scene, stretch, range(first, last + 1)):
        return []
    here = _within(scene, stretch)
    alone = scene.gap(stretch.start - 1, stretch.stop) - scene.gap(first - 1, last + 1) <= ALONE
    if (
        not here
        and alone
        and stretch.stop < len(scene.words)
        and scene.words[stretch.stop].clause == scene.words[last].clause
    ):
        behind = scene.stretch(stretch.stop)
        here = [] if _current(scene, behind) else _within(scene, behind)
    return [m for m in here if not {*m.used} >= {*range(first, last + 1)}]


def _since_then(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """What used to be: from the cue to the end of its stretch."""
    stretch = scene.stretch(cue.last)
    if _current(scene, range(cue.last, stretch.stop), cue.used):
        return []
    return [m for m in _within(scene, stretch) if m.last > cue.first]


def _within(scene: Scene, stretch: range) -> list[Mention]:
    return [m for m in scene.between(stretch.start, stretch.stop - 1) if m.last < stretch.stop]


def _gone(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """What cleared up: in the same stretch, or else what was told last before it in the sentence. Words that say a
    symptom ("the feeling has gone") do not end one."""
    if not scene.said.isdisjoint(cue.used):
        return []
    stretch = scene.stretch(cue.first)
    here = [m for m in scene.between(stretch.start, cue.first - 1) if not {*m.used} >= {*cue.used}]
    if here:
        return here
    sentence = scene.sentence(cue.first)
    told = scene.between(sentence.start, stretch.start - 1)
    if not told:
        return []
    before = scene.stretch(told[-1].first)
    return [m for m in told if m.first >= before.start]


def _no_more(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """What is no longer so: "no longer wet the bed", "don't faint any more"; "can't pee any more" is no such thing."""
    if not set(cue.used).isdisjoint(scene.said):
        return []
    stretch = scene.stretch(cue.first)
    here = scene.between(stretch.start, stretch.stop - 1)
    if here:
        return [m for m in here if cue.last < m.first or cue.first < m.first < cue.last]
    return _gone(scene, cue)


def _returned(scene: Scene, mention: Mention) -> bool:
    """Whether something is said to have come back: in the same stretch, or behind it up to the end of the next sentence."""
    masked = {i for f in scene.of("not_returned") for i in f.used}
    stretch, end = scene.stretch(mention.first), scene.sentence(mention.first).stop
    end = scene.sentence(end).stop if end < len(scene.words) else end
    return any(
        f.first in stretch or mention.last < f.first < end
        for f in scene.of("returned")
        if masked.isdisjoint(f.used) and not set(f.used) <= set(mention.used)
    )
