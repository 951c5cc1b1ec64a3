"""Which mentions a message says are not so.

After ConText (Harkema et al. 2009): a denial has a direction and a reach. Widened for lay writing: lists after one "no",
two denials that make a yes, and a "no" that only answers. Where it is not clear what a "no" means, it denies nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from itertools import pairwise

from assistant.language.filled_in import cured, silenced
from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.scene import JOINING, LINKS, OWN, SUBJECTS, Scene

REACH = 6
"""Words between a denial and the first thing denied."""
LIST_STEP = 5
"""Words between one item of a denied list and the next."""
CLOSE = 4
"""Words apart that still belong to one item of a list."""
ITEM = 3
"""Words of a list item that needs no "or" to belong to the list."""
FORWARD = ("negation.before", "negation.clausal", "negation.surely", "negation.clear")
"""Kinds of cues that deny what comes after them."""
DENYING = frozenset("not no never without".split())
NEGATIVE = DENYING | frozenset("nothing none nor neither nope nah".split())
NOUN_LED = frozenset("no without zero nil".split())
"""Denials of nouns, so that "my" behind one begins something new."""
ARTICLES = frozenset("a an the my his her this that wait actually just sorry".split())
"""What never stands behind a "no" that means the next words: "no my leg is numb"."""
CONCORD = frozenset("no none nothing never nor neither nowhere any".split())
"""Behind another denial they only strengthen it: "ain't got no fever"."""


def denied(scene: Scene, void: Set[Mention], later: Set[Mention], lasting: Collection[str] = ()) -> set[Mention]:
    """The mentions that are said not to be so. `void` are those that say nothing, `later` those that a later denial means;
    `lasting` are findings whose history counts: words of cure leave them."""
    if not scene.has("negation"):
        return set()
    cues = [f for f in _longest(scene.of(*FORWARD)) if not silenced(scene, f)]
    inside = {cue: _inside(scene, cue) for cue in cues}
    said = scene.said.difference(*(set(m.used) for m in void))
    counts: dict[Mention, list[Found[Cue]]] = {}
    for cue in cues:
        behind = _behind(scene, cue, said)
        for mention in dict.fromkeys([*inside[cue], *behind, *_taken(scene, cue)]):
            if cue.what.kind == "negation.clear" and cured(scene, mention, lasting):
                continue
            counts.setdefault(mention, []).append(cue)
    found = {mention for mention, by in counts.items() if _comes_to_no(scene, by)}
    doubled = counts.keys() - found
    found |= later - doubled
    return found | {m for m in scene.mentions if m not in doubled and any(_carried_on(scene, m, no) for no in found)}


def _carried_on(scene: Scene, mention: Mention, no: Mention) -> bool:
    """Whether a mention begins with what is denied and goes on behind a comma: "a clot, all clear, it was a calf"."""
    behind = range(no.last + 1, mention.last + 1)
    return no.first <= mention.first <= no.last and any(scene.words[i].after_comma for i in behind)


def unclear(scene: Scene) -> set[Mention]:
    """The mentions that are put together of words that belong elsewhere; they say nothing. "don't pee much, no fever" is
    not "not peeing, fever", and "no blood clots, pain in my legs" is not "no blood in my legs"."""
    if scene.norms.isdisjoint(NEGATIVE):
        return set()
    crossed = {m for cue in scene.of("negation.before") for m in _inside(scene, cue) if _says_no(scene, m)}
    return crossed | {m for m in scene.mentions if _torn(scene, m) or _said_within(scene, m)}


def _said_within(scene: Scene, mention: Mention) -> bool:
    """ "don't get shortness of breath" is no "not get breath": what is denied says the same without the denial."""
    no = next((i for i in mention.used if scene.words[i].norm in NEGATIVE), None)
    if no is None or (no > 0 and scene.words[no - 1].norm in ("can", "could", "would", "will")):
        return False
    inner = [m for m in scene.between(no + 1, mention.last) if m.finding == mention.finding and not m.named]
    return any(not _says_no(scene, m) and not {*m.used}.isdisjoint(mention.used) for m in inner)


def _torn(scene: Scene, mention: Mention) -> bool:
    if not _says_no(scene, mention) or scene.stretch(mention.first) == scene.stretch(mention.last):
        return False
    near = scene.between(mention.first, mention.last)
    return any(m.finding != mention.finding and m.last < mention.last and {*m.used} & {*mention.used} for m in near)


def _longest(cues: list[Found[Cue]]) -> list[Found[Cue]]:
    """The cues without those that share a word with a longer one, in order."""
    taken: set[int] = set()
    kept = []
    for cue in sorted(cues, key=lambda f: (-len(f.used), f.what.kind != "negation.clausal", f.used)):
        if taken.isdisjoint(cue.used):
            kept.append(cue)
            taken.update(cue.used)
    return sorted(kept, key=lambda f: f.used)


def _comes_to_no(scene: Scene, cues: Sequence[Found[Cue]]) -> bool:
    """Whether several denials of one thing come to a denial: two make a yes, unless the second only strengthens or begins
    a statement of its own."""
    count = 1
    for before, after in pairwise(cues):
        clausal = before.what.kind == "negation.clausal"
        own = any(w.norm in SUBJECTS for w in scene.words[before.last + 1 : after.first])
        strengthens = any(scene.words[i].norm in CONCORD for i in after.used)
        count = count + 1 if clausal or not (own or strengthens) else count if strengthens else 1
    return count % 2 == 1


def _inside(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "walking does not make it worse": the denial stands within the phrase without being part of it."""
    around = scene.between(scene.clause(cue.first).start, cue.first - 1)
    return [m for m in around if cue.last < m.last and not {*m.used} & {*cue.used}]


def _taken(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "haven't noticed any change in my bowels" is no "not noticed my bowels": such a denial takes its words back."""
    around = scene.between(cue.first, cue.last) if cue.what.kind == "negation.surely" else ()
    return [m for m in around if not {*m.used} >= {*cue.used}]


def _behind(scene: Scene, cue: Found[Cue], said: Set[int]) -> list[Mention]:
    """The first thing after the cue, and the rest of the list it begins. `said` are words that say a symptom."""
    sure = cue.what.kind == "negation.surely"
    negative = [i for i in cue.used if scene.words[i].norm in NEGATIVE] or cue.used
    if (not sure and not said.isdisjoint(negative)) or _only_answers(scene, cue):
        return []
    negated: list[Mention] = []
    clausal = cue.what.kind == "negation.clausal"
    reach, position = REACH if cue.what.reach is None else cue.what.reach, cue.last
    stop = _reach_ends(scene, cue, clausal=clausal)
    for mention in scene.between(max(negative) + 1, stop - 1):
        if mention.first <= position and negated:
            if _says_no(scene, mention):
                continue
            negated.append(mention)
            position = max(position, _item_end(scene, mention))
            continue
        if scene.gap(position, mention.first) > reach or (_says_no(scene, mention) and not clausal):
            break
        comma = any(w.after_comma for w in scene.words[position + 1 : mention.first + 1])
        if (comma or negated) and not _goes_on(scene, cue, position, mention, stop, comma=comma):
            break
        negated.append(mention)
        position, reach, clausal = _item_end(scene, mention), LIST_STEP, False
    return negated


def _item_end(scene: Scene, mention: Mention) -> int:
    """The last word of a mention that stands close to the ones before, with no comma between."""
    end = mention.first
    for at in mention.used:
        apart = at - end > CLOSE or any(w.after_comma for w in scene.words[end + 1 : at + 1])
        end = end if apart else at
    return end


def _reach_ends(scene: Scene, cue: Found[Cue], *, clausal: bool) -> int:
    """Where the reach of a cue ends: the clause's end or the first stop; one that means a whole statement ("can't say
    that ...") passes over the first subject."""
    end = scene.clause(cue.last).stop
    for at in range(cue.last + 1, end):
        if scene.anew(at) or _begins_own(scene, cue, at):
            return at
        if at in scene.stops:
            if not (clausal and at in scene.subjects):
                return at
            clausal = False
    return end


def _only_answers(scene: Scene, cue: Found[Cue]) -> bool:
    """ "no, my back hurts", "actually no my leg is numb": the word answers something and denies nothing that follows."""
    if len(cue.used) > 1 or scene.words[cue.first].norm not in ("no", "nope", "nah", "never", "none"):
        return False
    following = cue.last + 1
    if following == len(scene.words) or scene.words[following].clause != scene.words[cue.last].clause:
        return False
    word = scene.words[following]
    first = scene.clause(cue.first).start == cue.first or scene.words[cue.first - 1].norm in (
        "actually",
        "wait",
        "um",
        "oh",
    )
    alone = word.after_comma and (first or scene.words[cue.first].after_comma)
    determiner = scene.words[cue.first].norm != "never" and word.norm in ARTICLES
    return alone or determiner or following in scene.subjects


def _begins_own(scene: Scene, cue: Found[Cue], at: int) -> bool:
    """Whether "my" or "his" behind some other word begins something new: "no bother my leg is numb"."""
    own = scene.words[at].norm in OWN and at > cue.last + 1
    return own and scene.words[cue.last].norm in NOUN_LED and scene.words[at - 1].norm not in LINKS | JOINING


def _says_no(scene: Scene, mention: Mention) -> bool:
    """Whether a finding is itself said with a denial ("can't pee"), so that no earlier "no" means it."""
    return any(scene.words[i].norm in DENYING for i in mention.used)


def _goes_on(scene: Scene, cue: Found[Cue], position: int, mention: Mention, stop: int, *, comma: bool) -> bool:
    """Whether a list goes on from the item that ends at `position` to `mention`.

    "or" joins anything; "and" and a bare comma join nouns only: "no fever, chills", but not "no fever, numb down there".
    """
    between = scene.words[position + 1 : mention.first]
    joined = {w.norm for w in between} & JOINING
    if joined & {"or", "nor", "/"}:
        return True
    if any(w.norm in OWN or w.norm == "now" for w in between):
        return False
    bare = all(w.filler or w.norm in JOINING for w in between) or position == cue.last
    if not bare:
        return False
    if not _noun(scene, mention):
        later = scene.words[mention.last + 1 : stop]
        verbal = scene.words[cue.last].norm in ("not", "never")
        return verbal and comma and any(w.norm in ("or", "nor") for w in later[: LIST_STEP + 1])
    return _short_item(scene, mention, position) or (comma and _list_follows(scene, mention, stop))


def _noun(scene: Scene, mention: Mention) -> bool:
    named = {i for f in scene.of("nouns") for i in f.used}
    said = {scene.words[i].norm for i in mention.used}
    return said.isdisjoint(DENYING | {"lost", "lose", "losing"}) and any(
        i in named or scene.words[i].norm.endswith(("ness", "tion", "itis", "osis")) for i in mention.used
    )


def _short_item(scene: Scene, mention: Mention, position: int) -> bool:
    """Whether the words from the last item to the next comma are the mention and no more, and not many."""
    item = range(position + 1, scene.stretch(mention.last).stop)
    words = [i for i in item if not scene.words[i].filler and scene.words[i].norm not in JOINING]
    return len(words) <= ITEM and set(words) <= set(mention.used)


def _list_follows(scene: Scene, mention: Mention, stop: int) -> bool:
    """Whether "or" comes before the list ends: "no numbness, tingling or weakness"."""
    return any(w.norm in ("or", "nor", "and") for w in scene.words[mention.last + 1 : stop])
