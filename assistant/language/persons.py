"""Whom each mention is about: the writer, the one they write for, or somebody else.

Each mention belongs to whoever was named last before it. A relative is the person triaged when the message tells of how
they are now and tells nothing of the writer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.people import CLOSE, DISTANT, PET, RELATIVES, WRITER, Named, people
from assistant.language.scene import Scene

PAST_VERBS = frozenset(
    "had was were died used lost passed broke carked croaked succumbed suffered survived beat got through".split()
)
NEAR = 3
"""Words before a mention in which "had" or "was" tells that it is past."""
AGE = "age_band"


def of_others(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """The mentions that are about somebody who is not the person triaged. `lasting` are findings whose history counts:
    told of a relative they are family history."""
    if not scene.has(RELATIVES) and not scene.of("other_person.family"):
        return set()
    named = people(scene)
    owners = _without_left_behind(scene, {m: _owner(scene, named, m) for m in scene.mentions})
    family = {m for cue in scene.of("other_person.family") for m in _in_the_family(scene, cue)}
    return family | _others(scene, named, owners, lasting)


def _without_left_behind(scene: Scene, owners: dict[Mention, Named | None]) -> dict[Mention, Named | None]:
    """The owners without a relative whose past was told before the last comma and who is not named again: "dad had a
    stroke, back is stiff from the driving"."""
    behind: set[Mention] = set()
    for mention, who in owners.items():
        if who is None or not who.called or who.kind == WRITER or mention.first in scene.stretch(who.at):
            continue
        told = [m for m, owner in owners.items() if owner == who and m.first in scene.stretch(who.at)]
        if told and all(_was(scene, who, m) for m in told if not _names(m, who)):
            behind.add(mention)
    return {m: None if m in behind else who for m, who in owners.items()}


def _others(
    scene: Scene, named: Sequence[Named], owners: dict[Mention, Named | None], lasting: Collection[str]
) -> set[Mention]:
    theirs = {m: who for m, who in owners.items() if who is not None and who.kind != WRITER}
    if scene.of("on_behalf"):
        patient = next((who.word for who in named if who.kind not in (WRITER, PET)), "")
        return {m for m, who in theirs.items() if who.kind == PET or who.word != patient}
    close = [m for m, who in theirs.items() if who.kind == CLOSE]
    distant = [m for m, who in theirs.items() if who.kind == DISTANT]
    if close and _is_patient(scene, close, owners, lasting):
        return theirs.keys() - set(close)
    alone = all(who.kind == DISTANT for who in named)
    if alone and len({m.finding for m in distant}) > 1 and _is_patient(scene, distant, owners, lasting):
        return theirs.keys() - set(distant)
    return set(theirs)


def _is_patient(
    scene: Scene, close: Sequence[Mention], owners: dict[Mention, Named | None], lasting: Collection[str]
) -> bool:
    """ "my husband can't pee": someone told of in the present, and nothing told of oneself."""
    own = bool(scene.of("other_person.am_well")) or any(who and who.kind == WRITER for who in owners.values())
    free = [m for m, who in owners.items() if who is None and m.finding not in (AGE, "duration")]
    before = any(m.first < close[0].first for m in free)
    now = [m for m in close if not _was(scene, owners[m], m) and not _names(m, owners[m])]
    return not own and not before and any(m.finding not in lasting or m.finding == AGE for m in now)


def _was(scene: Scene, who: Named | None, mention: Mention) -> bool:
    """Whether something is told of a person as past: "my mum had ...", unless it was just now."""
    begin = who.at if who is not None else mention.first
    stretch = scene.stretch(mention.first)
    joined = max((i for i in range(stretch.start, mention.first) if scene.words[i].norm == "and"), default=0)
    near = range(max(stretch.start, joined, mention.first - NEAR), mention.last)
    if who is not None and who.kind == DISTANT and _did(scene, stretch):
        return True
    if any(i in stretch or begin <= i <= stretch.stop for f in scene.of("current", "returned") for i in f.used):
        return False
    over = any(begin <= i < stretch.stop for f in scene.of("past.time", "past.habit", "past.over") for i in f.used)
    return over or any(scene.words[i].norm in PAST_VERBS for i in near)


def _did(scene: Scene, stretch: range) -> bool:
    """Whether somebody told of did something there: "my nephew broke ..."."""
    behind = [f.last + 1 for f in scene.of(RELATIVES + DISTANT) if f.first in stretch and f.last + 1 in stretch]
    return any(scene.words[i].norm in PAST_VERBS or scene.words[i].norm.endswith("ed") for i in behind)


def _names(mention: Mention, who: Named | None) -> bool:
    """Whether the words of a mention only name somebody: "my old man"."""
    return who is not None and mention.last <= who.at and who.called


def _owner(scene: Scene, named: Sequence[Named], mention: Mention) -> Named | None:
    """Who was named last before the mention, in its sentence."""
    sentence = scene.sentence(mention.first)
    behind = mention.last + 1
    if behind < sentence.stop and scene.words[behind].norm == "me" and not scene.words[behind].after_comma:
        return Named(behind, WRITER)
    early = mention.used[1] if len(mention.used) > 1 else mention.last
    reaches = {WRITER: early}
    before = [who for who in named if sentence.start <= who.at <= reaches.get(who.kind, mention.first)]
    before = [who for who in before if who.kind != PET or mention.first in scene.stretch(who.at)]
    within = [who for who in named if mention.first < who.at <= mention.last]
    return before[-1] if before else within[0] if within else None


def _in_the_family(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "cancer runs in the family": what stands between the same commas."""
    stretch = scene.stretch(cue.first)
    return list(scene.between(stretch.start, stretch.stop - 1))


def of_the_writer(scene: Scene, theirs: Sequence[Mention], kind: str) -> list[Mention]:
    """What was just told of somebody else and is then said of the writer: "and so do i" or, to deny it, ", i don't"."""
    found: list[Mention] = []
    for cue in scene.of(kind):
        sentence = scene.sentence(cue.first)
        if cue.last + 1 < scene.stretch(cue.last).stop:
            continue
        theirs = [m for m in theirs if m.value is None]
        own = [m for m in theirs if sentence.start <= m.first and m.last < cue.first]
        before = scene.sentence(sentence.start - 1) if sentence.start else sentence
        found += own or [m for m in theirs if m.first in before and m.last < cue.first]
    return found
