"""Who is named in a message, and where: the writer, relatives, others, animals; "he" and "she" are whoever was named last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.lexicon import Cue
from assistant.language.patterns import Found
from assistant.language.scene import Scene

FIRST = frozenset("i me my mine myself".split())
THIRD = frozenset("he she his her him himself herself hers".split())
WHOSE = frozenset("her his their them him hers".split())
RELATIVES = "other_person.relatives."
CLOSE, DISTANT, PET, WRITER = "close", "distant", "pets", "writer"
UNTOLD = frozenset(("age_band", "duration"))
"""Findings that do not tell what somebody has."""
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


def people(scene: Scene) -> list[Named]:
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
        elif latest is not None and at not in inside and _goes_back(scene, at, latest):
            named.append(Named(at, latest.kind, latest.word, called=False))
    return named


def _goes_back(scene: Scene, at: int, latest: Named) -> bool:
    """Whether a word like "he" goes on about whoever was named last: "they" only about somebody who is told of, and "her" only
    before what is told ("her foot"), not in "by her bed"."""
    norm = scene.words[at].norm
    if norm in ("they", "their", "them") and latest.kind != DISTANT:
        return False
    if norm in THIRD | {"they"} and norm not in WHOSE:
        return True
    told = [m for m in scene.mentions if m.finding not in UNTOLD]
    return norm in WHOSE and any({at + 1, at + 2}.intersection(m.used) for m in told)


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
    """The relative named, None where the word names the writer. Somebody of somebody ("my friend's dad") is no one near."""
    kind = found.what.kind.removeprefix(RELATIVES)
    if _is_the_writer(scene, found, kind):
        return None
    before = scene.words[found.first - 1].norm if found.first else ""
    whose = named[-1] if named and named[-1].kind != WRITER else None
    if before == "s" and whose is not None and found.first - whose.at <= 2:
        kind = DISTANT
    return Named(found.last, kind, scene.words[found.last].norm)


def _is_the_writer(scene: Scene, found: Found[Cue], kind: str) -> bool:
    """ "i'm a mum", "i'm a big lad", "new mum here", "a mum of two"."""
    before = [w.norm for w in scene.words[max(scene.clause(found.first).start, found.first - NAMED) : found.first]]
    if {"my", "our", "his", "her"} & set(before):
        return False
    if "am" in before and ("a" in before or scene.words[found.first].norm == "a"):
        return True
    own = {i for f in scene.of("other_person.the_writer") for i in f.used}
    article = before[-1:] in (["a"], ["new"], ["am"]) and before[-2:] != ["s", "a"]
    following = scene.words[found.last + 1].norm if found.last + 1 < len(scene.words) else ""
    return kind == CLOSE and (found.last in own or article or following == "of")


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
