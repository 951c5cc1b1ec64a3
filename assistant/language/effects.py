"""What walking does to the complaint: every "better", "worse" or "hurts" is tied to what causes it in its clause.

A word of change belongs to the cause that follows it after a small word ("worse when I sit", "better with walking"), else to
the nearest cause before it ("heat helps, walking makes it worse"). Only what belongs to walking counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.effect_parts import VALUES, Part, Stretch, stretches
from assistant.language.effect_ties import and_then, caused_by_walking
from assistant.language.effect_words import Effects
from assistant.language.mentions import Mention
from assistant.language.words import Word

DENIED = 3
"""Words between a denial and the word of change that it denies."""
ANSWERED = frozenset("it i they he she this that walking".split())
"""Words behind a "no" that begin a statement of its own."""
OPENERS = frozenset(("", "and", "or", "so", "hi", "hello", "also", "but", "doctor", "doc"))
"""What a question may begin after: "so does walking help"."""


def find_effects(words: Sequence[Word], known: Effects) -> list[Mention]:
    """Every statement of what walking does, as a mention of `walking_effect`."""
    if known.walking.isdisjoint([word.stem for word in words]):
        return []
    told = [t for stretch in stretches(words, known) for t in _told(stretch)]
    fine = {words[m.last].sentence for m, kind in told if kind == "fine" and m.value == "same"}
    both = any(m.value == "worse" and words[m.last].sentence in fine for m, _ in told)
    return [Mention(m.finding, "mixed", m.used) if both else m for m, _ in told]


def _told(stretch: Stretch) -> list[tuple[Mention, str]]:
    """The mentions of a clause, each with the kind of its word of change."""
    found = []
    for part in stretch.of(*VALUES):
        walk = caused_by_walking(stretch, part)
        if walk is None or _only_asked(stretch, walk, part) or _weak(stretch, walk, part):
            continue
        value, used = _value(stretch, walk, part)
        if value and not _in_a_list(stretch, part, used):
            found.append((Mention("walking_effect", value, used), part.kind))
    return found


def _only_asked(stretch: Stretch, walk: Part, part: Part) -> bool:
    """ "does walking help?", "not sure if walking helps", "would it help to walk more?", "walk more to ease it"."""
    first = min(walk.first, part.first)
    close = any(0 < first - p.last <= 4 for p in stretch.of("asks"))
    aux = [p for p in stretch.of("aux") if 0 < walk.first - p.last <= 2 and walk.first < part.first]
    aux = [p for p in aux if (stretch.norm(p.first), stretch.norm(walk.first)) != ("can", "walk")]
    close = (
        close
        or any(stretch.norm(p.first - 1) in OPENERS or stretch.commas(p.first - 1, p.first) for p in aux)
        or (stretch.norm(walk.first) == "walking" and stretch.norm(walk.first - 1) == "if")
    )
    wanted = stretch.norm(part.first - 1) == "to" and stretch.norm(part.first - 2) not in (
        "seem",
        "seems",
        "tend",
        "tends",
    )
    return close or (wanted and part.first > walk.first)


def _weak(stretch: Stretch, walk: Part, part: Part) -> bool:
    """Whether a word of pain only names what a stronger word changes: "walking eases the pain"; or another finding says it:
    a sharp pain."""
    if part.kind != "hurt":
        return False
    near = range(part.first - 6, part.last + 7)
    causes = [c.first for c in stretch.of("walk", "other")]
    stronger = [
        p
        for p in stretch.of("eased", "harmed", "same")
        if p.first in near and not any(min(p.first, part.first) < c < max(p.first, part.first) for c in causes)
    ]
    sharp = any(
        p.first in near and (p.last + 1 == part.first or stretch.norm(p.first - 1) not in ("nothing", "not"))
        for p in stretch.of("sharp")
    )
    return bool(stronger) or sharp


def _value(stretch: Stretch, walk: Part, part: Part) -> tuple[str, tuple[int, ...]]:
    """The value with the words that say it; a denied change is none."""
    nots = [p for p in stretch.of("not") if 0 < part.first - p.last <= DENIED and not _only_answers(stretch, p)]
    outer = [p for p in stretch.of("not") if 0 < walk.first - p.last <= 2 and walk.first < part.first]
    value = VALUES[part.kind]
    if nots and not outer:
        value = "worse" if part.kind in ("fine", "good") else "same"
    once = walk.first > part.last and {"once", "after"} & {stretch.norm(i) for i in range(part.last + 1, walk.first)}
    if part.kind == "fine" and not nots and (once or and_then(stretch, walk, part)):
        value = "better"
    it = [Part("", part.first - 1, part.first - 1)] if stretch.norm(part.first - 1) in ("it", "they") else []
    spans = [walk, part, *nots, *outer, *it]
    used = sorted({stretch.kept[i] for p in spans for i in range(p.first, p.last + 1)})
    return value, tuple(used)


def _only_answers(stretch: Stretch, no: Part) -> bool:
    """ "no, it is worse when i walk": the word answers something and denies nothing that follows."""
    if stretch.norm(no.first) != "no" or no.last + 1 >= len(stretch.kept):
        return False
    comma = stretch.commas(no.last, no.last + 1) > 0
    return comma or stretch.norm(no.last + 1) in ANSWERED


def _in_a_list(stretch: Stretch, part: Part, used: Sequence[int]) -> bool:
    """Whether a denial among the words used denies more than the change: "no pain or numbness on walking"."""
    denied = any(stretch.words[i].norm in ("no", "not", "without", "never", "nor") for i in used)
    after = [stretch.norm(i) for i in range(part.last + 1, part.last + 4)]
    return denied and bool({"or", "nor"} & set(after)) and not {"worse", "better"} & set(after)
