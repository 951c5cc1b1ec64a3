"""Whose, when and whether: the standing of each mention, after the ConText algorithm, over the cues of `cues.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from assistant.language.denial import denied, unclear
from assistant.language.filled_in import filled_in, told
from assistant.language.imagining import imagined
from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.persons import of_others, of_the_writer
from assistant.language.scene import Scene
from assistant.language.times import no_more, over
from assistant.language.wellness import said_well, taken_back
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


def standings(
    words: Sequence[Word], mentions: Sequence[Mention], cues: Iterable[Found[Cue]], lasting: Collection[str] = ()
) -> list[tuple[Mention, Standing]]:
    """The mentions, each with its standing; what is told of somebody else and of the writer too stands there twice.
    `lasting` are the findings whose history counts."""
    scene = Scene(words, mentions, cues)
    void, outright = unclear(scene), {m for m in mentions if m.outright}
    later = filled_in(scene, lasting)
    well, no = said_well(scene), denied(scene, void, later, lasting)
    unreal = {m for m in imagined(scene, lasting) if m.finding not in ALWAYS}
    others = of_others(scene, lasting)
    groups = (
        (well, Standing.DENIED),
        ({*scene.working} | void, Standing.UNCLEAR),
        (told(scene) | ((later & no) - others), Standing.DENIED),
        (unreal, Standing.HYPOTHETICAL),
        (others, Standing.OTHER_PERSON),
        (no_more(scene), Standing.PAST),
        ({m for m in outright if taken_back(scene, m)}, Standing.UNCLEAR),
        (no | outright, Standing.DENIED),
        (over(scene), Standing.PAST),
    )
    held = [(group, standing) for group, standing in groups if group]
    given = [(m, next((s for group, s in held if m in group), Standing.PRESENT)) for m in mentions]
    theirs = [m for m, s in given if s is Standing.OTHER_PERSON]
    too = [(m, Standing.PRESENT) for m in of_the_writer(scene, theirs, "other_person.also_me")]
    theirs += [m for m, s in given if s is Standing.HYPOTHETICAL]
    return [*given, *too, *((m, Standing.DENIED) for m in of_the_writer(scene, theirs, "other_person.not_me"))]
