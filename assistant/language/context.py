"""Whose, when and whether: the ConText algorithm over the cues of `knowledge/cues.yml`.

After Harkema et al. 2009: a cue has a direction and a reach; the reach ends at the sentence, the clause or an ending word.
Widened for lay writing: lists after one "no", words of denial that belong to the symptom itself ("can't pee"), and
somebody who writes on behalf of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.language.lexicon import Cue
from assistant.language.mentions import Mention
from assistant.language.patterns import Found
from assistant.language.words import Word

REACH = 6
"""Words between a denial and the first thing denied."""
LIST_STEP = 5
"""Words between one item of a denied list and the next."""
AFTER = 4
"""Words between a thing and a denial that follows it."""
JOINING = frozenset(("or", "nor", "and", "&", "/"))
SUBJECTS = frozenset(["i", "we", "he", "she", "they", "it", "there"])
HAS = frozenset(
    [
        "has",
        "had",
        "have",
        "is",
        "was",
        "can",
        "could",
        "got",
        "gets",
        "get",
        "with",
        "who",
        "suffers",
        "suffered",
        "died",
        "does",
        "did",
        "do",
        "will",
        "would",
        "keeps",
        "been's",
    ]
) | {"s"}


class Standing(Enum):
    """What a message says of a finding that it mentions."""

    PRESENT = "present"
    DENIED = "denied"
    OTHER_PERSON = "other_person"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True)
class Scene:
    """A message cut into words, its mentions, and the cues found in it by kind."""

    words: Sequence[Word]
    mentions: Sequence[Mention]
    cues: dict[str, list[Found[Cue]]]

    def of(self, *kinds: str) -> list[Found[Cue]]:
        return [f for kind in kinds for f in self.cues.get(kind, ())]


def standings(words: Sequence[Word], mentions: Sequence[Mention], cues: Iterable[Found[Cue]]) -> list[Standing]:
    """The standing of each mention, in the order of `mentions`."""
    by_kind: dict[str, list[Found[Cue]]] = {}
    for found in cues:
        by_kind.setdefault(found.what.kind, []).append(found)
    scene = Scene(words, sorted(mentions, key=lambda m: m.used), by_kind)
    denied, other, past, imagined = _denied(scene), _of_others(scene), _past(scene), _imagined(scene)
    given = []
    for mention in mentions:
        if mention in imagined:
            given.append(Standing.HYPOTHETICAL)
        elif mention in other:
            given.append(Standing.OTHER_PERSON)
        elif mention in denied or mention.outright:
            given.append(Standing.DENIED)
        elif mention in past:
            given.append(Standing.PAST)
        else:
            given.append(Standing.PRESENT)
    return given


def _denied(scene: Scene) -> set[Mention]:
    silent = {i for f in scene.of("negation.not_really", "negation.double") for i in f.used}
    said = {i for m in scene.mentions for i in m.used}
    denied: set[Mention] = set()
    for cue in scene.of("negation.before"):
        if silent.isdisjoint(cue.used):
            denied.update(_negated_inside(scene, cue))
            if said.isdisjoint(cue.used) and not _answers_only(scene.words, cue):
                denied.update(_negated_after(scene, cue))
    for cue in scene.of("negation.after"):
        if silent.isdisjoint(cue.used) and said.isdisjoint(cue.used):
            denied.update(_negated_before(scene, cue))
    return denied


def _negated_inside(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "walking does not make it worse": the denial stands within the phrase without being part of it."""
    return [m for m in scene.mentions if m.first < cue.first and cue.last < m.last and not {*m.used} & {*cue.used}]


def _answers_only(words: Sequence[Word], cue: Found[Cue]) -> bool:
    """ "no, my back hurts": the first word answers something and denies nothing of what follows."""
    following = cue.last + 1
    return cue.used == (0,) and following < len(words) and words[following].after_comma


def _negated_after(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """The first thing after the cue, and the rest of the list it begins."""
    negated: list[Mention] = []
    position, reach = cue.last, REACH if cue.what.reach is None else cue.what.reach
    for mention in scene.mentions:
        if mention.first <= cue.last:
            continue
        between = scene.words[position + 1 : mention.first]
        if scene.words[mention.first].clause != scene.words[cue.last].clause or _stops(scene, position, mention.first):
            break
        if len([w for w in between if not w.filler]) > reach:
            break
        comma = any(w.after_comma for w in scene.words[position + 1 : mention.first + 1])
        if mention.first > position and ((comma and not _listed(scene, cue)) or _says_no(scene.words, mention)):
            break
        if negated and mention.first > position and not _goes_on(scene.words, position, mention, negated[-1]):
            break
        negated.append(mention)
        position, reach = max(position, mention.last), LIST_STEP
    return negated


def _listed(scene: Scene, cue: Found[Cue]) -> bool:
    """Whether a comma after the cue can belong to a list: "no fever, chills or sweats", not "no fever, numb down there"."""
    clause = scene.words[cue.last].clause
    return any(w.norm in {"or", "nor", "and"} for w in scene.words[cue.last + 1 :] if w.clause == clause)


def _says_no(words: Sequence[Word], mention: Mention) -> bool:
    """Whether a finding is itself said with a denial ("can't pee"), so that no earlier "no" means it."""
    return any(words[i].norm in {"not", "no", "lost", "never"} for i in mention.used)


def _goes_on(words: Sequence[Word], position: int, mention: Mention, before: Mention) -> bool:
    """Whether a list goes on from the item that ends at `position` to `mention`."""
    between = words[position + 1 : mention.first + 1]
    joined = {w.norm for w in between} & JOINING
    if joined & {"or", "nor"}:
        return True
    bare = all(w.filler or w.norm in JOINING for w in between[:-1])
    own = any(w.norm in {"my", "now"} for w in between[:-1])
    return (bool(joined) or any(w.after_comma for w in between)) and bare and not own


def _stops(scene: Scene, position: int, first: int) -> bool:
    """Whether a cue's reach ends between two positions: an ending word, or somebody begins a new statement."""
    ends = {i for f in scene.of("ends") for i in f.used}
    return any(
        i in ends or (scene.words[i].norm in SUBJECTS and not _inner_subject(scene.words, i))
        for i in range(position + 1, first)
    )


def _inner_subject(words: Sequence[Word], at: int) -> bool:
    """ "when i walk", "pain that i have": a subject that goes on with the statement instead of beginning one."""
    return at > 0 and words[at - 1].norm in {"when", "if", "that", "while", "as", "where", "what", "before", "after"}


def _negated_before(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """ "numbness: none", "my knees are fine"."""
    reach = AFTER if cue.what.reach is None else cue.what.reach
    clause = scene.words[cue.first].clause
    return [
        m
        for m in scene.mentions
        if m.last < cue.first
        and scene.words[m.last].clause == clause
        and len([w for w in scene.words[m.last + 1 : cue.first] if not w.filler]) <= reach
        and not _stops(scene, m.last, cue.first)
    ]


def _of_others(scene: Scene) -> set[Mention]:
    """The mentions that are about somebody else, who is not the person triaged."""
    if scene.of("on_behalf"):
        return set()
    close = {m for f in scene.of("other_person.relatives.close") for m in _about(scene, f)}
    distant = {m for f in scene.of("other_person.relatives.distant") for m in _about(scene, f)}
    family = {m for f in scene.of("other_person.family") for m in _same_sentence(scene, f)}
    if close and not distant and _speaks_for(scene, close):
        return family
    return close | distant | family


def _speaks_for(scene: Scene, about: set[Mention]) -> bool:
    """ "my husband can't pee": someone near, spoken of in the present, and nothing told of oneself."""
    past_tense = any(
        scene.words[i].norm in {"had", "died", "was"} for m in about for i in range(max(0, m.first - 3), m.first)
    )
    own = any(w.norm in {"i", "me", "mine", "myself"} for w in scene.words)
    return not past_tense and not own and about == set(scene.mentions)


def _about(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    """What is said of a relative: from "my mum has" on, until somebody else is spoken of."""
    following = scene.words[cue.last + 1 : cue.last + 3]
    subject = cue.first == 0 or cue.first == 1 or any(w.norm in HAS for w in following)
    if not subject:
        return []
    clause = scene.words[cue.last].clause
    return [
        m
        for m in scene.mentions
        if m.first > cue.last
        and scene.words[m.first].clause == clause
        and not any(w.norm in {"i", "me", "my", "mine", "myself"} for w in scene.words[cue.last + 1 : m.last + 1])
    ]


def _same_sentence(scene: Scene, cue: Found[Cue]) -> list[Mention]:
    sentence = scene.words[cue.first].sentence
    return [m for m in scene.mentions if scene.words[m.first].sentence == sentence]


def _past(scene: Scene) -> set[Mention]:
    said = {i for m in scene.mentions for i in m.used}
    current = scene.of("current")
    past: set[Mention] = set()
    for cue in scene.of("past"):
        if said.issuperset(cue.used):
            continue
        stretch = _stretch(scene.words, cue.first)
        if not any(i in stretch for f in current for i in f.used if not set(f.used) & set(cue.used)):
            past.update(m for m in scene.mentions if m.first in stretch)
    return past


def _stretch(words: Sequence[Word], at: int) -> range:
    """The words between the commas and clause ends around a position."""
    first, last = at, at
    while first > 0 and words[first - 1].clause == words[at].clause and not words[first].after_comma:
        first -= 1
    while last + 1 < len(words) and words[last + 1].clause == words[at].clause and not words[last + 1].after_comma:
        last += 1
    return range(first, last + 1)


def _imagined(scene: Scene) -> set[Mention]:
    """Everything after "what if" to the end of the sentence, or as far as the cue reaches."""
    return {
        m
        for cue in scene.of("hypothetical")
        for m in _same_sentence(scene, cue)
        if m.last > cue.first and not set(cue.used) <= set(m.used) and _reached(scene.words, cue, m)
    }


def _reached(words: Sequence[Word], cue: Found[Cue], mention: Mention) -> bool:
    between = [w for w in words[cue.last + 1 : mention.first] if not w.filler]
    return cue.what.reach is None or len(between) <= cue.what.reach
