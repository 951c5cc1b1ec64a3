"""Whose, when and whether: the standing of each mention, after the ConText algorithm, over the cues of `cues.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from itertools import pairwise

from assistant.language.denial import denied, turned_round, unclear
from assistant.language.filled_in import told
from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.persons import of_others, of_the_writer
from assistant.language.scene import Scene
from assistant.language.times import no_more, over
from assistant.language.wellness import said_well
from assistant.language.words import Word


class Standing(Enum):
    """What a message says of a finding that it mentions."""

    PRESENT = "present"
    DENIED = "denied"
    OTHER_PERSON = "other_person"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    UNCLEAR = "unclear"


ALWAYS = frozenset(("self_harm_statement",))
"""Findings that count even in a what-if."""
HAVING = frozenset("have had get got am s is feel felt suffer keep".split())
"""Verbs behind "i" that tell of what is so."""
OWNED = frozenset("i my me mine myself he she his her him we our he's she's".split())
"""Words by which a question is asked about somebody there."""
OPENERS = frozenset(
    "so and but also hi hello hey doctor doc please just ok okay then um well wondering wonder curious question true know "
    "it is that if quick asking out of curiosity".split()
)
"""What a question may begin after."""


def standings(
    words: Sequence[Word], mentions: Sequence[Mention], cues: Iterable[Found[Cue]], lasting: Collection[str] = ()
) -> list[tuple[Mention, Standing]]:
    """The mentions, each with its standing; what is told of somebody else and of the writer too stands there twice.
    `lasting` are the findings whose history counts."""
    scene = Scene(words, mentions, cues)
    well, no, outright = said_well(scene), denied(scene, lasting), {m for m in mentions if m.outright}
    imagined = {m for m in _imagined(scene) | _believed(scene, lasting) if m.finding not in ALWAYS}
    others = of_others(scene, lasting)
    groups = (
        (well, Standing.DENIED),
        ({*scene.working} | unclear(scene), Standing.UNCLEAR),
        (told(scene), Standing.DENIED),
        (imagined, Standing.HYPOTHETICAL),
        (others, Standing.OTHER_PERSON),
        (no_more(scene), Standing.PAST),
        ({m for m in outright if turned_round(scene, m)}, Standing.UNCLEAR),
        (no | outright, Standing.DENIED),
        (over(scene), Standing.PAST),
    )
    given = [(m, next((s for group, s in groups if m in group), Standing.PRESENT)) for m in mentions]
    theirs = [m for m, s in given if s is Standing.OTHER_PERSON]
    too = [(m, Standing.PRESENT) for m in of_the_writer(scene, theirs, "other_person.also_me")]
    return [*given, *too, *((m, Standing.DENIED) for m in of_the_writer(scene, theirs, "other_person.not_me"))]


def _imagined(scene: Scene) -> set[Mention]:
    """Everything after "what if" to the end of the sentence, or as far as the cue reaches; what somebody says that they
    have ("the numbness that i have") is not."""
    imagined: set[Mention] = set()
    for cue in scene.of("hypothetical"):
        sentence = scene.sentence(cue.first)
        for mention in scene.between(sentence.start, sentence.stop - 1):
            if mention.last > cue.first and not set(cue.used) <= set(mention.used) and _reached(scene, cue, mention):
                imagined.add(mention)
    for cue in scene.of("supposed"):
        stretch = scene.stretch(cue.first)
        imagined.update(m for m in scene.between(stretch.start, stretch.stop - 1) if m.last < stretch.stop)
    for cue in scene.of("asked"):
        near = scene.between(cue.last + 1, scene.stretch(cue.last).stop - 1)
        imagined.update(m for m in near if _reached(scene, cue, m) and not _own_between(scene, cue, m))
    for cue in scene.of("general.does", "general.nature"):
        imagined.update(_asked_in_general(scene, cue))
    return {m for m in imagined if not _had(scene, m)}


def _believed(scene: Scene, lasting: Collection[str]) -> set[Mention]:
    """ "my boyfriend reckons it's cancer": an illness that somebody else only believes in."""
    near = {
        m: scene.stretch(f.last)
        for f in scene.of("believed")
        for m in scene.between(f.first, scene.stretch(f.last).stop)
    }
    return {m for m, stretch in near.items() if m.finding in lasting and m.first in stretch}


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
    end = min(mention.last + 4, scene.clause(mention.last).stop)
    norms = [scene.words[i].norm for i in range(mention.first + 1, end) if scene.words[i].norm not in ("that", "which")]
    reach = mention.last - mention.first + 1
    return any(who in ("i", "he", "she", "we") and does in HAVING for who, does in pairwise(norms[: reach + 1]))


def _reached(scene: Scene, cue: Found[Cue], mention: Mention) -> bool:
    if cue.what.reach is None:
        return True
    return (
        cue.last < mention.first < scene.stretch(cue.last).stop and scene.gap(cue.last, mention.first) <= cue.what.reach
    )
