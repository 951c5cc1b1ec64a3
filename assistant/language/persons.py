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
PAST_VERBS = frozenset("had was were died used lost passed broke".split())
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
    """Somebody named at a position: the writer, or a relative of some kind, called by one word."""

    at: int
    kind: str
    word: str = ""


def of_others(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """The mentions that are about somebody who is not the person triaged. `lasting` are findings whose history counts:
    told of a relative they are family history."""
    if not scene.has(RELATIVES) and not scene.of("other_person.family"):
        return set()
    named = _named(scene)
    owners = {m: _owner(scene, named, m) for m in scene.mentions}
    family = {m for cue in scene.of("other_person.family") for m in _in_the_family(scene, cue)}
    return family | _others(scene, named, owners, lasting)


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
    own = any(who is not None and who.kind == WRITER for who in owners.values())
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
    if any(i in stretch or begin <= i <= stretch.stop for f in scene.of("current", "returned") for i in f.used):
        return False
    over = any(begin <= i < stretch.stop for f in scene.of("past.time", "past.habit", "past.over") for i in f.used)
    return over or any(scene.words[i].norm in PAST_VERBS for i in near)


def _names(mention: Mention, who: Named | None) -> bool:
    """Whether the words of a mention only name somebody: "my old man"."""
    return who is not None and mention.last <= who.at


def _named(scene: Scene) -> list[Named]:
    """Everybody named as one who has, is or does something, in order; "he" and "she" are whoever was named last."""
    relatives = {f.last: f for f in _longest(scene.of(*(RELATIVES + kind for kind in (CLOSE, DISTANT, PET))))}
    inside = {i for f in relatives.values() for i in range(_begin(scene, f), f.last + 1)}
    named: list[Named] = []
    latest: Named | None = None
    for at, word in enumerate(scene.words):
        if at in relatives:
            found = _relative(scene, relatives[at], named)
            latest = found if found and (found.kind != PET or latest is None) else latest
            if found and _does(scene, relatives[at]):
                named.append(found)
        elif word.norm in FIRST and at not in inside:
            named.append(Named(at, WRITER))
        elif word.norm in THIRD and latest is not None and at not in inside:
            named.append(Named(at, latest.kind, latest.word))
    return named


def _longest(cues: Sequence[Found[Cue]]) -> list[Found[Cue]]:
    return [f for f in cues if not any(set(f.used) < set(other.used) for other in cues)]


def _begin(scene: Scene, found: Found[Cue]) -> int:
    """Where the naming of a relative begins: "my" in "my poor old mum"."""
    first = max(scene.clause(found.first).start, found.first - NAMED)
    return next((i for i in range(found.first - 1, first - 1, -1) if scene.words[i].norm in ("my", "our")), found.first)


def _relative(scene: Scene, found: Found[Cue], named: Sequence[Named]) -> Named | None:
    """The relative named, None where the word names the writer ("i'm a mum", "new mum here"). Somebody of somebody
    ("my friend's dad") is no one near."""
    kind = found.what.kind.removeprefix(RELATIVES)
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
    objects = {i for f in scene.of("other_person.not_subject") for i in f.used}
    if any(i in objects for i in range(max(0, begin - 2), found.first) if scene.words[i].norm not in FIRST):
        return False
    before = [w.norm for w in scene.words[max(0, begin - 2) : begin]]
    if len(before) == 2 and before[0] in ("i", "we") and before[1] not in NOTICES:
        return False
    spoken = {f.first for f in scene.of("other_person.speaks")}
    following = range(found.last + 1, min(found.last + 3, len(scene.words)))
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
    within = [who for who in named if mention.first < who.at <= mention.last]
    return before[-1] if before else within[0] if within else None


def _in_the_family(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "cancer runs in the family": what stands between the same commas."""
    stretch = scene.stretch(cue.first)
    return list(scene.between(stretch.start, stretch.stop - 1))
