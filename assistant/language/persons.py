"""Whom each mention is about: the writer, the one they write for, or somebody else.

Each mention belongs to whoever was named last before it. A relative is the person triaged when the message tells of how
they are now and tells nothing of the writer.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import Scene

FIRST = frozenset("i me my mine myself".split())
THIRD = frozenset("he she his her him himself herself hers".split())
PAST_VERBS = frozenset(
    "had was were died used lost passed broke carked croaked succumbed suffered survived beat got through".split()
)
RELATIVES = "other_person.relatives."
CLOSE, DISTANT, PET, WRITER = "close", "distant", "pets", "writer"
NEAR = 3
"""Words before a mention in which "had" or "was" tells that it is past."""
AGE = "age_band"
NOTICES = frozenset(
    "think thought know knew noticed notice believe found saw fear guess reckon say hope feel suspect mean".split()
)
"""What "i" may do before a relative who is then told of: "i think my dad ...", but not "i use my son's crutches"."""
NAMED = 4
"""Words before a relative that may describe them: "my poor old mum", "my 6 year old son"."""


@dataclass(frozen=True)
class Named:
    """Somebody named at a position: the writer, or a relative of some kind, by the word for them (`called`) or by "he"."""

    at: int
    kind: str
    word: str = ""
    called: bool = True


def of_others(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """The mentions that are about somebody who is not the person triaged. `lasting` are findings whose history counts:
    told of a relative they are family history."""
    if not scene.has(RELATIVES) and not scene.of("other_person.family"):
        return set()
    named = _named(scene)
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


def _named(scene: Scene) -> list[Named]:
    """Everybody named as one who has, is or does something, in order; "he" and "she" are whoever was named last."""
    relatives = {f.last: f for f in _longest(scene.of(*(RELATIVES + kind for kind in (CLOSE, DISTANT, PET))))}
    inside = {i for f in relatives.values() for i in range(_begin(scene, f), _end(scene, f) + 1)}
    named: list[Named] = []
    latest: Named | None = None
    for at, word in enumerate(scene.words):
        if at in relatives:
            found = _relative(scene, relatives[at], named)
            latest = found if found and (found.kind != PET or latest is None) else latest
            if found and _does(scene, relatives[at]):
                named.append(found)
        elif at not in inside and (word.norm in FIRST or _both_of_us(scene, at)) and not _beside_me(scene, at):
            named.append(Named(at, WRITER))
        elif latest is not None and at not in inside and _goes_back(word.norm, latest):
            named.append(Named(at, latest.kind, latest.word, called=False))
    return named


def _goes_back(norm: str, latest: Named) -> bool:
    """Whether a word like "he" means whoever was named last; "they" only somebody who is told of."""
    return norm in THIRD or (norm in ("they", "their", "them") and latest.kind == DISTANT)


def _beside_me(scene: Scene, at: int) -> bool:
    """ "the man next to me had ...": tells where somebody is, not of the writer."""
    before = [w.norm for w in scene.words[max(0, at - 2) : at]]
    return scene.words[at].norm == "me" and (
        before[-1:] in (["beside"], ["near"], ["with"], ["opposite"]) or before == ["next", "to"]
    )


def _both_of_us(scene: Scene, at: int) -> bool:
    """ "we both have tight hips": told of the writer too."""
    return scene.words[at].norm == "we" and at + 1 < len(scene.words) and scene.words[at + 1].norm in ("both", "all")


def _longest(cues: Sequence[Found[Cue]]) -> list[Found[Cue]]:
    return [f for f in cues if not any(set(f.used) < set(other.used) for other in cues)]


def _begin(scene: Scene, found: Found[Cue]) -> int:
    """Where the naming of a relative begins: "my" in "my poor old mum"."""
    first = max(scene.clause(found.first).start, found.first - NAMED)
    if found.first > first and scene.words[found.first - 1].norm == "me":
        return found.first - 1
    return next((i for i in range(found.first - 1, first - 1, -1) if scene.words[i].norm in ("my", "our")), found.first)


def _end(scene: Scene, found: Found[Cue]) -> int:
    """Where the naming of a relative ends: "mine" in "a colleague of mine"."""
    after = [w.norm for w in scene.words[found.last + 1 : found.last + 3]]
    return found.last + 2 if after == ["of", "mine"] else found.last


def _relative(scene: Scene, found: Found[Cue], named: Sequence[Named]) -> Named | None:
    """The relative named, None where the word names the writer ("i'm a mum", "new mum here"). Somebody of somebody
    ("my friend's dad") is no one near."""
    kind = found.what.kind.removeprefix(RELATIVES)
    if (
        found.first > 0
        and scene.words[found.first].norm == "a"
        and scene.words[found.first - 1].norm in ("am", "as", "m")
    ):
        return None
    before = [w.norm for w in scene.words[max(0, found.first - 2) : found.first]]
    after = [w.norm for w in scene.words[found.last + 1 : found.last + 2]]
    if kind == CLOSE and ((before[-1:] in (["a"], ["new"], ["am"]) and before != ["s", "a"]) or after == ["of"]):
        return None
    whose = named[-1] if named and named[-1].kind != WRITER else None
    if before[-1:] == ["s"] and whose is not None and found.first - whose.at <= 2:
        kind = DISTANT
    return Named(found.last, kind, scene.words[found.last].norm)


def _does(scene: Scene, found: Found[Cue]) -> bool:
    """Whether a relative named is one who has, is or does something there, not whom something is done with ("walk the
    dog"), nor one who only says so ("my wife says")."""
    begin = _begin(scene, found)
    following = range(found.last + 1, min(found.last + 3, len(scene.words)))
    if {scene.words[i].norm for i in following[:1]} & {"who", "whose", "through"}:
        return True
    objects = {i for f in scene.of("other_person.not_subject") for i in f.used}
    if any(i in objects for i in range(max(0, begin - 2), found.first) if scene.words[i].norm not in FIRST):
        return False
    before = [w.norm for w in scene.words[max(0, begin - 2) : begin]]
    if len(before) == 2 and before[0] in ("i", "we") and before[1] not in NOTICES:
        return False
    spoken = {f.first for f in scene.of("other_person.speaks")}
    return not any(i in spoken for i in following)


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
        own = [m for m in theirs if sentence.start <= m.first and m.last < cue.first]
        before = scene.sentence(sentence.start - 1) if sentence.start else sentence
        found += own or [m for m in theirs if m.first in before and m.last < cue.first]
    return found
