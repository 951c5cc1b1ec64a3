"""Which cause a word of change belongs to: the one that follows a small word, else the nearest before it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.language.effect_parts import AHEAD, VALUES, Part, Stretch, as_condition

BEHIND = 14
"""Words between a cause and a word of change after it."""
OWN = 4
"""Words within which a cause has a change of its own: "sitting, walking does make it better"."""


def caused_by_walking(stretch: Stretch, part: Part) -> Part | None:
    """The walking that a word of change belongs to, if it does."""
    if part.kind == "walked":
        return part
    causes = stretch.of("walk", "other")
    ahead = _linked_ahead(stretch, part, causes)
    if ahead is not None:
        return _walking_of(stretch, ahead, causes)
    if part.kind == "more":
        return None
    before = [c for c in causes if c.last < part.first and part.first - c.last <= BEHIND]
    if not before:
        return None
    walk = _walking_of(stretch, before[-1], causes)
    return walk if walk and _leads_to(stretch, walk, part) else None


def _linked_ahead(stretch: Stretch, part: Part, causes: Sequence[Part]) -> Part | None:
    """The cause that follows: "worse when I sit", "better after a short walk", "hurts walking"."""
    following = [c for c in causes if c.first > part.last]
    if not following or following[0].first - part.last > 2 * AHEAD:
        return None
    cause = following[0]
    between = [p for p in stretch.parts if part.last < p.first < cause.first]
    if any(p.kind in VALUES or p.kind == "ends" for p in between) or stretch.commas(part.last, cause.first):
        return None
    links = [p for p in between if p.kind in ("link", "until")]
    near = cause.first - part.last <= 2 and "ing" in stretch.norm(cause.first)[-3:]
    return cause if near or (links and cause.first - links[-1].last <= AHEAD) else None


def _walking_of(stretch: Stretch, cause: Part, causes: Sequence[Part]) -> Part | None:
    """The walking in a list of causes that `cause` stands in: "standing or walking", "sitting and walking both"."""
    group = [cause]
    for other in causes:
        nearest = min(group, key=lambda c: abs(c.first - other.first))
        low, high = sorted((nearest, other), key=lambda c: c.first)
        inner = [stretch.norm(i) for i in range(low.last + 1, high.first)]
        own = any(0 < p.first - high.last <= OWN for p in stretch.of(*VALUES))
        listed = (
            not inner and not own and stretch.norm(low.last).endswith("ing") and stretch.norm(high.last).endswith("ing")
        )
        if other not in group and len(inner) <= 2 and (set(inner) & {"and", "or", "nor", "/"} or listed):
            group.append(other)
    return next((c for c in group if c.kind == "walk"), None)


def _leads_to(stretch: Stretch, walk: Part, part: Part) -> bool:
    """Whether walking before a word of change is its subject or its condition, not just told beside it."""
    if _as_subject(stretch, walk) or as_condition(stretch, walk):
        comma = stretch.commas(walk.last, part.first)
        if part.kind == "good" and part.first - walk.last > 4:
            return False
        if part.kind == "hurt" and as_condition(stretch, walk) and stretch.norm(walk.last + 1) == "and":
            return False
        return comma <= (2 if as_condition(stretch, walk) and part.kind != "hurt" else 1)
    joins = [p for p in stretch.of("join", "until") if walk.last < p.first < part.first]
    if part.kind in ("hurt", "good"):
        joins = [
            p
            for p in joins
            if stretch.norm(p.first) != "and" or (part.first - p.first <= 2 and p.first - walk.last <= 5)
        ]
    close = part.kind in ("fine", "same") and part.first - walk.last <= 4
    return close or (bool(joins) and (part.kind != "fine" or and_then(stretch, walk, part)))


def _as_subject(stretch: Stretch, walk: Part) -> bool:
    """ "walking helps", "a walk sorts it", "every step is agony"; not "I walk"."""
    if stretch.norm(walk.first).startswith("walkin"):
        own = stretch.words[stretch.kept[walk.first] - 1].norm if stretch.kept[walk.first] else ""
        if own in ("my", "his", "her"):
            return False
        return stretch.norm(walk.first - 1) not in ("am", "keep", "was", "been")
    return stretch.norm(walk.first - 1) not in ("i", "we", "he", "she", "they", "to", "can", "not", "usually", "always")


def and_then(stretch: Stretch, walk: Part, part: Part) -> bool:
    """ "a bit of a walk and I'm grand"."""
    between = [stretch.norm(i) for i in range(walk.last + 1, part.first)]
    return between[:1] == ["and"] and len(between) <= 4 and walk.first < part.first
