"""The words and phrases that the reader holds a message against, taken out of `knowledge/phrases` and `cues.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.errors import InputError
from assistant.language.terms import Terms, terms
from assistant.language.words import cut

SAY, UNLESS, DENY = "say", "unless", "deny"
NAMED = "named"
"""The role of a word that only names a finding: "accident" says nothing, but "no accident" does."""
WORKS = "works"
"""The role of a part or function of the body that denies a finding where it is said to be well: "bladder", "speech"."""
ROLES = (SAY, UNLESS, DENY)


@dataclass(frozen=True)
class Sense:
    """What one phrase stands for: a finding, the value it gives (None for yes/no findings) and the phrase's role."""

    finding: str
    value: str | None
    role: str


@dataclass(frozen=True)
class Cue:
    """A word that says whose, when or whether: its kind ("negation.before") and how many words it reaches over."""

    kind: str
    reach: int | None = None


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader knows about words; plain content, no logic.

    `kinds` and `types` give each finding's kind and type of the vocabulary, `lasting` the findings whose past counts,
    `grave` those of an emergency or of the same day,
    `slips` what is meant by slips that look like another word, `places` where each phrase is written.
    """

    phrases: tuple[tuple[str, Sense], ...]
    classes: Mapping[str, tuple[str, ...]]
    cues: tuple[tuple[str, Cue], ...]
    forms: Mapping[str, str]
    clause_words: frozenset[str]
    kinds: Mapping[str, str]
    types: Mapping[str, str]
    lasting: frozenset[str]
    terms: Terms
    grave: frozenset[str] = frozenset()
    slips: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every single word of the phrases and cues: what misspelt words may be mended into."""
        texts = [p for p, _ in self.phrases] + [c for c, _ in self.cues] + [*self.forms]
        texts += [entry for entries in self.classes.values() for entry in entries]
        letters = str.maketrans({c: " " for c in "()|<>&=.,'-/"})
        return frozenset(w for text in texts for w in text.lower().translate(letters).split())


def lexicon(
    phrase_files: Mapping[str, Any],
    cue_file: Mapping[str, Any],
    measures: Mapping[str, Any],
    findings: Iterable[Mapping[str, Any]],
) -> Lexicon:
    """The lexicon out of the parsed YAML of `knowledge/phrases/*.yml` (by file name), `cues.yml`, `measures.yml` and the
    findings.

    Raises InputError naming every phrase of an unknown finding or value, and every word class defined twice.
    """
    listed = {f["id"]: f for f in findings}
    problems = _form_faults(cue_file.get("forms", {}))
    classes: dict[str, tuple[str, ...]] = {}
    phrases = [s for role in (NAMED, WORKS) for s in _named(cue_file.get(role, {}), role, listed, problems)]
    places = {phrase: f"cues.yml: {sense.role}: {sense.finding}" for phrase, sense in phrases}
    for name, content in phrase_files.items():
        for word_class, entries in (content.get("words") or {}).items():
            if word_class in classes:
                problems.append(f"{name}: word class {word_class} is already defined in another file")
            classes[word_class] = tuple(map(str, entries))
        for finding, block in (content.get("findings") or {}).items():
            senses = _senses(name, finding, block, listed.get(finding), problems)
            places.update((phrase, f"{name}: {finding}") for phrase, _ in senses)
            phrases.extend(senses)
    cues = _cues(cue_file.get("cues", {}), "")
    places.update((cue, f"cues.yml: {what.kind}") for cue, what in cues)
    if problems:
        raise InputError(*problems)
    return Lexicon(
        phrases=tuple(phrases),
        classes=classes,
        cues=tuple(cues),
        forms=dict(cue_file.get("forms", {})),
        clause_words=frozenset(cue_file.get("clauses", ())),
        kinds={i: f["kind"] for i, f in listed.items()},
        types={i: f["type"] for i, f in listed.items()},
        lasting=frozenset(i for i, f in listed.items() if f.get("history_counts")),
        terms=terms(measures),
        grave=frozenset(i for i, f in listed.items() if f.get("level") in ("emergency", "urgent")),
        slips=dict(cue_file.get("slips", {})),
        places=places,
    )


def _form_faults(forms: Mapping[str, Any]) -> list[str]:
    return [
        f'cues.yml: forms: "{word}: {base}": one word stands for one word; write a word class for several'
        for word, base in forms.items()
        if len(cut(str(word))) != 1 or len(cut(str(base))) != 1
    ]


def _named(
    written: Mapping[str, Any], role: str, listed: Mapping[str, Mapping[str, Any]], problems: list[str]
) -> list[tuple[str, Sense]]:
    """The words that only name a finding, or a part or function of the body."""
    problems += [f"cues.yml: {role}: {i} is not a finding; correct the name" for i in written if i not in listed]
    return [(str(entry), Sense(finding, None, role)) for finding, entries in written.items() for entry in entries]


def _senses(
    name: str, finding: str, block: Mapping[str, Any], listed: Mapping[str, Any] | None, problems: list[str]
) -> list[tuple[str, Sense]]:
    if listed is None:
        problems.append(f"{name}: {finding} is not a finding; add it to findings.yml or correct the name")
        return []
    if set(block) <= set(ROLES):
        return [(str(p), Sense(finding, None, role)) for role in ROLES for p in block.get(role) or ()]
    senses = []
    for value, roles in block.items():
        allowed = listed.get("values")
        if (allowed is not None and str(value) not in allowed) or not set(roles) <= set(ROLES):
            problems.append(f"{name}: {finding}: {value} is neither a value of it nor one of say, unless, deny")
            continue
        senses += [(str(p), Sense(finding, str(value), role)) for role in ROLES for p in roles.get(role) or ()]
    return senses


def _cues(block: Any, kind: str) -> list[tuple[str, Cue]]:
    """The leaves of the nested cue groups, each with the path of names that leads to it."""
    if isinstance(block, Mapping) and "say" not in block:
        return [leaf for name, part in block.items() for leaf in _cues(part, f"{kind}.{name}".strip("."))]
    if isinstance(block, Mapping):
        return [(str(block["say"]), Cue(kind, block.get("reach")))]
    if isinstance(block, str):
        return [(block, Cue(kind))]
    return [leaf for entry in block or () for leaf in _cues(entry, kind)]
