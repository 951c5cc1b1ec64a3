"""Parts and functions of the body that are said to be well: "bladder and bowels fine", "normal feeling down there".

Each denies the finding that it stands for. What is well only so far ("fine until I stand"), was well, or is not well denies
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.filled_in import ANSWERED, silenced
from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import JOINING, Scene

NEAR = 3
"""Words between a part and the word that says it is well."""
ASKED = 5
"""Words of a question or heading that only names parts."""
LIMITS = frozenset("until till til unless when if before except apart once while after then sometimes".split())
"""Words behind "fine" that take it back in part."""
TREATED = frozenset("tablets tablet medication meds pills drugs treatment injections".split())
GONE_BY = frozenset("was were used had".split())
NEGATIVE = frozenset("not no never without nothing hardly barely nor neither".split())
EXAMINED = frozenset("checked tested done taken examined".split())
QUESTION = frozenset("is are does do will would should was".split())
"""Words before a part that ask whether it is well."""
AND = JOINING | {"and", "both", "all"}


def said_well(scene: Scene) -> set[Mention]:
    """The parts that are said to be well."""
    after = [cue for cue in scene.of("well.after") if _stands(scene, cue)]
    behind = [m for cue in after for m in (*_list_before(scene, cue), *_asked(scene, cue))]
    ahead = [m for cue in scene.of("well.before") if _stands(scene, cue) for m in _list_behind(scene, cue)]
    return {*behind, *ahead}


def taken_back(scene: Scene, mention: Mention) -> bool:
    """Whether an outright denial is turned round: "can't put weight on it" is no "put weight on", "bladder not fine" no "bladder
    fine"; nor does it hold where it is asked or only so far: "is my bladder fine", "bladder fine until i stand"."""
    inner = [
        w.norm for i, w in enumerate(scene.words[mention.first : mention.last], mention.first) if i not in mention.used
    ]
    own = any(scene.words[i].norm in NEGATIVE for i in mention.used)
    comma = any(w.after_comma for w in scene.words[mention.first + 1 : mention.last + 1])
    turned = not (own or comma) and (not NEGATIVE.isdisjoint(inner) or _negated(scene, mention.first))
    return turned or _limited(scene, mention.last)


def _limited(scene: Scene, last: int) -> bool:
    """Whether the words behind take something back: "until i stand", "apart from the leaking", not "apart from that"."""
    after = [w.norm for w in scene.words[last + 1 : min(last + 4, scene.clause(last).stop)]]
    return after[:1] != [] and after[0] in LIMITS and after[1:3] not in (["from", "that"], ["from", "this"])


def _parts(scene: Scene) -> list[Mention]:
    """The parts named, without those inside a longer name: "urine" in "urine test"."""
    return [m for m in scene.working if not any(set(m.used) < set(other.used) for other in scene.working)]


def _stands(scene: Scene, cue: Found[Cue]) -> bool:
    """Whether a word says that something is well, now and without more ado."""
    words = scene.words
    after = [w.norm for w in words[cue.last + 1 : min(cue.last + 4, scene.clause(cue.last).stop)]]
    limited = _limited(scene, cue.last) or not TREATED.isdisjoint(after)
    ill = any(not m.named and not m.outright and set(m.used) & set(cue.used) for m in scene.mentions)
    return not (limited or ill or silenced(scene, cue))


def _list_before(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "bladder, bowels and legs are fine": the nearest part before the cue and those that it is listed with."""
    clause = scene.clause(cue.first)
    found: list[Mention] = []
    begin = cue.first
    for part in reversed([m for m in _parts(scene) if m.first >= clause.start and m.last < cue.first]):
        if part.last >= begin:
            found += [part] if found and part.last < cue.first else []
            continue
        between = scene.words[part.last + 1 : begin]
        if found and not all(w.filler or w.norm in AND for w in between):
            break
        if not found and (scene.gap(part.last, begin) > NEAR or _broken(scene, part.last + 1, begin)):
            break
        found.append(part)
        begin = part.first
    return found if found and not _negated(scene, begin) else []


def _asked(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "peeing? all good": the parts that the few words before the mark name."""
    if scene.clause(cue.first).start != cue.first or scene.words[cue.first].mark not in ANSWERED:
        return []
    clause = scene.clause(cue.first - 1)
    own = any(i in scene.subjects for i in clause)
    return [] if own or len(clause) > ASKED else [m for m in _parts(scene) if m.first in clause]


def _list_behind(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "nothing wrong with my bladder or bowels": the first part behind the cue and those that it is listed with."""
    clause = scene.clause(cue.last)
    found: list[Mention] = []
    end = cue.last
    for part in [m for m in _parts(scene) if m.first > cue.last and m.last < clause.stop]:
        if part.first <= end:
            found += [part] if found else []
            continue
        between = scene.words[end + 1 : part.first]
        if scene.gap(end, part.first) > (1 if not found else NEAR) or not all(
            w.filler or w.norm in AND or (not found and not w.after_comma) for w in between
        ):
            break
        found.append(part)
        end = part.last
    return found if found and not _negated(scene, cue.first) else []


def _broken(scene: Scene, begin: int, end: int) -> bool:
    """Whether a denial, a time gone by, somebody new or a comma stands between a part and what is said of it."""
    norms: Sequence[str] = [w.norm for w in scene.words[begin:end]]
    if not EXAMINED.issuperset(norms) and any(w.after_comma for w in scene.words[begin : end + 1]):
        return True
    looked = any(scene.words[i].norm in EXAMINED for i in scene.clause(begin))
    return not (NEGATIVE if looked else NEGATIVE | GONE_BY).isdisjoint(norms) or any(
        i in scene.subjects for i in range(begin, end)
    )


def _negated(scene: Scene, at: int) -> bool:
    """Whether the words just before deny it or ask for it: "do not have normal feeling", "is my bladder fine"."""
    stretch = scene.stretch(at)
    begin = max([stretch.start, at - 3, *(i for i in scene.subjects if i <= at)])
    near = [w.norm for w in scene.words[begin:at] if not w.filler][-2:]
    return not NEGATIVE.isdisjoint(near) or not QUESTION.isdisjoint(near[-1:])
