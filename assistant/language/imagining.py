"""Which mentions are only imagined, feared, read about or asked about."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import Scene

HAVING = frozenset("have had get got am s is feel felt suffer keep".split())
"""Verbs behind "i" that tell of what is so."""
OWNED = frozenset("i my me mine myself he she his her him we our he's she's".split())
"""Words by which a question is asked about somebody there."""
OPENERS = frozenset(
    "so and but also hi hello hey doctor doc please just ok okay then um well wondering wonder curious question true know "
    "it is that if quick asking out of curiosity".split()
)
"""What a question may begin after."""
STATING = frozenset("i my it we he she now also".split())
"""Words behind a comma that begin a statement of its own: "what if it is serious, my foot drags"."""


def imagined(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """The mentions that are said not to be real; what somebody says that they have ("the numbness that i have") is not among
    them. `lasting` are the findings whose history counts."""
    unreal = _what_if(scene) | _believed(scene, lasting)
    for cue in scene.of("supposed"):
        stretch = scene.stretch(cue.first)
        unreal.update(m for m in scene.between(stretch.start, stretch.stop - 1) if m.last < stretch.stop)
    for cue in scene.of("asked"):
        near = scene.between(cue.last + 1, scene.stretch(cue.last).stop - 1)
        unreal.update(m for m in near if _reached(scene, cue, m) and not _own_between(scene, cue, m))
    for cue in scene.of("general.does", "general.nature"):
        unreal.update(_asked_in_general(scene, cue))
    for cue in scene.of("general.due"):
        near = scene.between(cue.last + 1, scene.stretch(cue.last).stop - 1)
        unreal.update(m for m in near if m.value is None and not _own_between(scene, cue, m))
    return {m for m in unreal if not _had(scene, m)}


def _what_if(scene: Scene) -> set[Mention]:
    """Everything after "what if" to the end of the sentence, or as far as the cue reaches."""
    unreal: set[Mention] = set()
    for cue in scene.of("hypothetical"):
        sentence = scene.sentence(cue.first)
        for mention in scene.between(sentence.start, sentence.stop - 1):
            if mention.last > cue.first and not set(cue.used) <= set(mention.used) and _reached(scene, cue, mention):
                unreal.add(mention)
    return unreal


def _reached(scene: Scene, cue: Found[Cue], mention: Mention) -> bool:
    stretch = scene.stretch(cue.last)
    if cue.what.reach is None:
        return mention.first < stretch.stop or not _states(scene, cue, mention)
    near = scene.gap(cue.last, mention.first) <= cue.what.reach
    return near and mention.last > cue.last and mention.first < stretch.stop


def _states(scene: Scene, cue: Found[Cue], mention: Mention) -> bool:
    """Whether what follows the stretch of a "what if" is a statement of its own."""
    conditional = any(scene.words[i].norm == "if" for i in range(cue.first, scene.stretch(cue.last).stop))
    begin = scene.stretch(mention.first).start
    opening = next((w.norm for w in scene.words[begin:] if not w.filler or w.norm in STATING), "")
    behind_a_mark = scene.words[begin].mark in (":", ";") and scene.words[begin].clause != scene.words[cue.last].clause
    return conditional and (opening in STATING or behind_a_mark)


def _believed(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """ "my boyfriend reckons it's cancer": an illness that somebody else only believes in."""
    unreal: set[Mention] = set()
    for cue in scene.of("believed"):
        stretch = scene.stretch(cue.last)
        unreal.update(m for m in scene.between(cue.first, stretch.stop - 1) if m.finding in lasting)
    return unreal


def _asked_in_general(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "what causes foot drop": what a question opens with and goes on to, where nobody's own is asked about."""
    stretch = scene.stretch(cue.first)
    rest = range(cue.first, stretch.stop)
    if any(scene.words[i].norm not in OPENERS for i in range(stretch.start, cue.first)):
        return []
    if "if" not in {scene.words[i].norm for i in cue.used} and any(scene.words[i].norm in OWNED for i in rest):
        return []
    end = cue.last if cue.what.kind.endswith("nature") else stretch.stop - 1
    return [m for m in scene.between(cue.first, end) if m.last < stretch.stop]


def _own_between(scene: Scene, cue: Found[Cue], mention: Mention) -> bool:
    """ "i asked about my numb foot": there it is."""
    return any(w.norm in OWNED for w in scene.words[cue.last + 1 : mention.first + 1])


def _had(scene: Scene, mention: Mention) -> bool:
    """Whether somebody is said to have it: "the numbness i have", "the numbness i have between my legs"."""
    end = min(mention.last + 4, scene.stretch(mention.last).stop)
    norms = [scene.words[i].norm for i in range(mention.first + 1, end) if scene.words[i].norm not in ("that", "which")]
    reach = mention.last - mention.first + 1
    return any(who in ("i", "he", "she", "we") and does in HAVING for who, does in pairwise(norms[: reach + 1]))
