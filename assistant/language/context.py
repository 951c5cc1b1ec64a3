"""Whose, when and whether: the standing of each mention, after the ConText algorithm, over the cues of `cues.yml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum

from assistant.language.denial import denied, unclear
from assistant.language.filled_in import told
from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.persons import of_others
from assistant.language.scene import Scene
from assistant.language.times import no_more, over
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
) -> list[Standing]:
    """The standing of each mention, in the order of `mentions`. `lasting` are the findings whose history counts."""
    scene = Scene(words, mentions, cues)
    no, answered, other = denied(scene), told(scene), of_others(scene, lasting)
    past, gone, imagined, void = over(scene), no_more(scene), _imagined(scene), unclear(scene)
    given = []
    for mention in mentions:
        if mention in void:
            given.append(Standing.UNCLEAR)
        elif mention in answered:
            given.append(Standing.DENIED)
        elif mention in imagined and mention.finding not in ALWAYS:
            given.append(Standing.HYPOTHETICAL)
        elif mention in other:
            given.append(Standing.OTHER_PERSON)
        elif mention in gone:
            given.append(Standing.PAST)
        elif mention in no or mention.outright:
            given.append(Standing.DENIED)
        elif mention in past:
            given.append(Standing.PAST)
        else:
            given.append(Standing.PRESENT)
    return given


def _imagined(scene: Scene) -> set[Mention]:
    """Everything after "what if" to the end of the sentence, or as far as the cue reaches."""
    imagined: set[Mention] = set()
    for cue in scene.of("hypothetical"):
        sentence = scene.sentence(cue.first)
        for mention in scene.between(sentence.start, sentence.stop - 1):
            if mention.last > cue.first and not set(cue.used) <= set(mention.used) and _reached(scene, cue, mention):
                imagined.add(mention)
    for cue in scene.of("supposed"):
        stretch = scene.stretch(cue.first)
        imagined.update(scene.between(stretch.start, stretch.stop - 1))
    return imagined


def _reached(scene: Scene, cue: Found[Cue], mention: Mention) -> bool:
    if cue.what.reach is None:
        return True
    return mention.first < scene.stretch(cue.last).stop and scene.gap(cue.last, mention.first) <= cue.what.reach
