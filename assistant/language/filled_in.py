"""Denials that stand behind what they deny: "bladder fine", "fever: none", "fever? no", "fever - nope"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import JOINING, LINKS, OWN, Scene
from assistant.language.times import years_gone_by

AFTER = 4
"""Words between a thing and a denial that follows it."""
ANSWERED = frozenset(("?", ":", "-", "="))
"""Marks between a thing and the answer to it."""
ASKING = frozenset("do does did is are am any have has had was were can could ever".split())
"""Words that a question to oneself begins with: "do i have numbness? no"."""
SURE = frozenset("nah nope none nothing".split())
"""Answers that cannot belong to the words behind them."""


def silenced(scene: Scene, cue: Found[Cue]) -> bool:
    """Whether a cue belongs to words that only look like a denial ("no doubt"), or to two that make a yes."""
    doubled = [f for f in scene.of("negation.double") if f.last not in scene.said]
    looks = [*scene.of("negation.not_really"), *doubled]
    return any(not set(f.used).isdisjoint(cue.used) and not set(f.used) < set(cue.used) for f in looks)


def filled_in(scene: Scene, lasting: Collection[str] = ()) -> set[Mention]:
    """The mentions that a later denial means."""
    found: set[Mention] = set()
    for cue in scene.of("negation.after", "negation.after_well", "negation.answer", "negation.answer_well"):
        if scene.said.isdisjoint(cue.used) and not silenced(scene, cue):
            meant = _before(scene, cue) if "after" in cue.what.kind else _answered(scene, cue)
            well = cue.what.kind.endswith("_well") and scene.words[cue.first].mark != "?"
            found.update(m for m in meant if not (well and cured(scene, m, lasting)))
    for cue in scene.of("negation.heading"):
        found.update(_headed(scene, cue))
    return found


def cured(scene: Scene, mention: Mention, lasting: Collection[str]) -> bool:
    """Whether words of being well tell of a cure, since the finding counts for life and nobody only looked for it:
    "breast cancer 2010, all clear"."""
    if mention.finding not in lasting:
        return False
    sentence = scene.sentence(mention.first)
    tested = any(f.first in sentence for f in scene.of("negation.tested"))
    return not tested or any(at in sentence for at in years_gone_by(scene))


def _before(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "numbness is not there", "my knees are fine": the nearest thing before, and what is joined to it."""
    reach = AFTER if cue.what.reach is None else cue.what.reach
    near: list[Mention] = []
    position = cue.first
    for mention in reversed(scene.between(scene.clause(cue.first).start, cue.first - 1)):
        if mention.last >= position:
            near += [mention] if near and mention.last < cue.first else []
            continue
        if near and not _joined(scene, mention, position):
            break
        if not near and (scene.gap(mention.last, position) > reach or scene.stopped(mention.last, position)):
            break
        near.append(mention)
        position = mention.first
    return near


def _joined(scene: Scene, mention: Mention, position: int) -> bool:
    """Whether a thing is one of a list with the next: "fever or chills - no"."""
    between = scene.words[mention.last + 1 : position]
    listed = any(w.norm in JOINING for w in between) or scene.words[position].after_comma
    if any(scene.anew(i) for i in range(mention.last + 1, position)):
        return False
    return listed and all(w.filler or w.norm in JOINING for w in between)


def _answered(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """What a "no" answers: it stands alone behind a mark, or ends a stretch that names things only."""
    words, last = scene.words, cue.last
    alone = last + 1 == len(words) or words[last + 1].after_comma or words[last + 1].clause != words[last].clause
    if cue.first == 0:
        return []
    if scene.clause(cue.first).start == cue.first:
        mark = words[cue.first].mark
        sure = mark == "?" and (words[cue.first].norm in SURE or len(cue.used) > 1)
        if mark not in ANSWERED or not (alone or sure):
            return []
        return _asked(scene, scene.clause(cue.first - 1), question=mark == "?")
    stretch = scene.stretch(cue.first)
    if words[cue.first].after_comma:
        stretch = range(scene.stretch(cue.first - 1).start, cue.first)
    return _asked(scene, range(stretch.start, cue.first), question=False) if alone else []


def _asked(scene: Scene, stretch: range, *, question: bool) -> list[Mention]:
    """The things that a question or a heading names. A statement ("i have numbness: ...") is no heading, and of a question
    only the part behind the last comma is meant where the rest tells something."""
    asks = question and scene.words[stretch.start].norm in ASKING
    asks = asks or any(f.first in stretch for f in scene.of("asked"))
    if not asks and _tells(scene, stretch):
        last = scene.stretch(stretch.stop - 1)
        if last.start <= stretch.start or _tells(scene, last):
            return []
        stretch = last
    return [m for m in scene.between(stretch.start, stretch.stop - 1) if m.last < stretch.stop]


def _headed(scene: Scene, cue: Found[Cue]) -> Sequence[Mention]:
    """ "none of the following: fever, chills": the clause behind the colon that follows at once."""
    following = cue.last + 1
    if following >= len(scene.words) or scene.words[following].mark != ":":
        return ()
    clause = scene.clause(following)
    return [m for m in scene.between(clause.start, clause.stop - 1) if m.last < clause.stop]


def _tells(scene: Scene, stretch: range) -> bool:
    """Whether somebody says something there: "i have numbness", "my leg is numb"."""
    owns = [i for i in stretch if scene.words[i].norm in OWN]
    return any(i in scene.subjects for i in stretch) or any(
        i == stretch.start or scene.words[i - 1].norm not in LINKS for i in owns
    )


def told(scene: Scene) -> set[Mention]:
    """The mentions that somebody asked about and was told no."""
    return {m for cue in scene.of("negation.told") for m in _told(scene, cue)}


def _told(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "she asked about numbness and i said no": everything before it in the sentence, or else the sentence before."""
    sentence = scene.sentence(cue.first)
    own = [m for m in scene.between(sentence.start, cue.first - 1)]
    if own or sentence.start == 0:
        return own
    before = scene.sentence(sentence.start - 1)
    return list(scene.between(before.start, before.stop - 1))
