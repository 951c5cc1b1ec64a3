"""Loads the claims file, and tells everything that is wrong in it at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError
from assistant.knowledge_base.claims import Claim, Claims
from assistant.knowledge_base.concepts import Concepts, Pattern, compile_phrase
from assistant.knowledge_base.documents import read_text

KINDS = ("anatomy", "complaint", "mechanism", "gait", "correction", "stop_rule", "exercise", "dose", "benefit")
READINGS = ("hold_seconds",)

_SECTIONS = {"skip": list, "subject": dict, "themes": dict, "words": dict, "concepts": dict, "claims": list}
_REQUIRED = {"id": str, "kind": str, "says": str, "concepts": list}
_OPTIONAL = {"without": list, "reads": str, "between": list}


def load_claims(path: Path) -> Claims:
    """Return the claims of a YAML file. Raises InputError with all its faults, each with its place."""
    root, content = _parsed(path)
    _refuse(path, [*_repeated_keys(root), *_wrong_types(content, _SECTIONS, {}, "the file")])
    _refuse(path, [fault for claim in content["claims"] for fault in _claim_faults(claim)])
    phrases, faults = _phrases(content)
    _refuse(path, [*faults, *_naming_faults(content)])
    themes = {theme: frozenset(names) for theme, names in content["themes"].items()}
    subject = content["subject"]
    concepts = Concepts(phrases, content["skip"])
    return Claims(tuple(map(_claim, content["claims"])), concepts, subject["concept"], subject["one_in"], themes)


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        raise InputError(*(f"{path}: {fault}" for fault in faults))


def _parsed(path: Path) -> tuple[yaml.Node | None, Any]:
    text = read_text(path)
    try:
        return yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(f"{path}: line {line}: not valid YAML: {error.problem}; mend the line") from error


def _repeated_keys(node: yaml.Node | None) -> Iterator[str]:
    """Yield the keys that stand twice in one mapping: YAML itself would keep the last without a word."""
    children = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(node, yaml.MappingNode):
        children = [value for _, value in node.value]
        counted = Counter(key.value for key, _ in node.value)
        for key, _ in node.value:
            if counted[key.value] > 1:
                yield f"line {key.start_mark.line + 1}: {key.value} stands {counted[key.value]} times; keep one"
    for child in children:
        yield from _repeated_keys(child)


def _wrong_types(entry: Any, required: Mapping[str, type], optional: Mapping[str, type], place: str) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"{place}: expected names with values, found {entry!r}"
        return
    for name in sorted(entry.keys() - required.keys() - optional.keys(), key=str):
        yield f"{place}: {name} is not known; known are {', '.join([*required, *optional])}"
    for name, kind in {**required, **optional}.items():
        if name in entry and not (isinstance(entry[name], kind) and entry[name]):
            yield f"{place}: {name} must be a {kind.__name__} with something in it, found {entry[name]!r}"
        elif name in required and name not in entry:
            yield f"{place}: {name} is missing; add it"


def _claim_faults(claim: Any) -> Iterator[str]:
    place = f"claim {claim.get('id', '?')}" if isinstance(claim, dict) else "claims"
    faults = list(_wrong_types(claim, _REQUIRED, _OPTIONAL, place))
    yield from faults
    if faults:
        return
    if claim["kind"] not in KINDS:
        yield f"{place}: kind {claim['kind']} is not one of {', '.join(KINDS)}"
    if claim.get("reads", READINGS[0]) not in READINGS:
        yield f"{place}: reads {claim['reads']} is not one of {', '.join(READINGS)}"
    between = claim.get("between", [0, 0])
    if len(between) != 2 or not all(type(end) is int for end in between) or between[0] > between[1]:
        yield f"{place}: between must be two whole numbers, the least first, found {between}"


def _phrases(content: Mapping[str, Any]) -> tuple[dict[str, list[Pattern]], list[str]]:
    """Return the patterns of every concept, and the faults of its phrases."""
    found: dict[str, list[Pattern]] = {}
    faults: list[str] = []
    for name, phrases in content["concepts"].items():
        found[name] = []
        for phrase in phrases or [""]:
            try:
                found[name].append(compile_phrase(str(phrase), content["words"], content["skip"]))
            except KeyError as missing:
                faults.append(f"concept {name}: there is no <{missing.args[0]}> under words; add it or mend {phrase!r}")
            except ValueError:
                faults.append(f"concept {name}: {phrase!r} must begin and end with a word that is not skipped")
    return found, faults


def _naming_faults(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield ids that stand twice, concepts that do not exist, and concepts that nothing uses."""
    for repeated, times in Counter(claim["id"] for claim in content["claims"]).items():
        if times > 1:
            yield f"claim {repeated}: the id stands {times} times; give each claim its own"
    used = {f"theme {theme}": names for theme, names in content["themes"].items()}
    used["subject"] = [content["subject"].get("concept")]
    for claim in content["claims"]:
        used[f"claim {claim['id']}"] = [*claim["concepts"], *claim.get("without", [])]
    for place, names in used.items():
        for name in sorted(set(names) - content["concepts"].keys(), key=str):
            yield f"{place}: there is no concept {name}; add it under concepts or mend the name"
    for name in sorted(content["concepts"].keys() - set(chain.from_iterable(used.values()))):
        yield f"concept {name}: nothing uses it; use it in a claim or remove it"


def _claim(entry: Mapping[str, Any]) -> Claim:
    between = entry.get("between")
    return Claim(
        id=entry["id"],
        kind=entry["kind"],
        says=entry["says"],
        concepts=frozenset(entry["concepts"]),
        without=frozenset(entry.get("without", ())),
        reads=entry.get("reads"),
        between=(between[0], between[1]) if between else None,
    )
