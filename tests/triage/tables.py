"""Reads the tables of small decided cases and tells what a rulebook decides otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from assistant.triage.decide import decide
from assistant.triage.rules import Rulebook
from tests.triage.people import ordinary

FOLDER = Path(__file__).parent


def table(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


BOUNDARIES, CAUTIONS = table("boundaries.yml"), table("cautions.yml")


def wrong_boundaries(book: Rulebook, lines: list[dict[str, Any]] = BOUNDARIES) -> Iterator[str]:
    """Each line of boundaries.yml that is decided otherwise, with what came instead."""
    for line in lines:
        told = decide(_without(ordinary(book, **line["person"]), line.get("not_asked", ())), book)
        rules = [reason["rule"] for reason in told["reasons"]] or [""]
        exercises = [e["id"] for e in told["exercises"]]
        got = {"care": told["care"], "walking": told["walking"], "flags": told["red_flags"], "exercises": exercises}
        wrong = [f"{name} is {got[name]}" for name in got if name in line and line[name] != got[name]]
        wrong += [f"{line['because']} is no reason"] if line.get("because", rules[0]) not in rules else []
        if wrong:
            yield f"{line}: {'; '.join(wrong)}"


def _without(person: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {f: value for f, value in person.items() if f not in names}


def wrong_cautions(book: Rulebook, items: Mapping[str, Any] = CAUTIONS) -> Iterator[str]:
    """Each person whom cautions.yml gives a correction or an exercise otherwise."""
    for item, written in items.items():
        left_out = [(_who(who), None) for who in written.get("left_out", ())]
        changed = [(_who(line["who"]), line["words"]) for line in written.get("changed", ())]
        as_it_stands = [(dict(who), "") for who in written.get("unchanged", ())]
        alone = {name for who, _ in (*left_out, *changed) for name in who if len(who) == 1}
        start = ordinary(book, **written["start"])
        as_it_stands += [({name: True}, "") for name in _others(alone, book)]
        for person, words in (*left_out, *changed, *as_it_stands):
            for answers in (person, _not_known(person)) if words != "" else (person,):
                given = _given(item, {**start, **answers}, book)
                if not _as_written(given, words):
                    yield f"{item}: {answers}: {given}, expected {words}"


def _as_written(given: list[str] | None, words: str | None) -> bool:
    """`words`: None for left out, "" for given as it stands, else some words of its caution."""
    if words is None or given is None:
        return given is words
    return any(words in line for line in given) if words else given == []


def _who(written: Any) -> dict[str, Any]:
    return {written: True} if isinstance(written, str) else dict(written)


def _not_known(person: Mapping[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(person) if list(person.values()) == [True] else dict(person)


def _others(listed: set[str], book: Rulebook) -> Iterator[str]:
    """The signs and background facts that are not listed and that alone leave walking and care below urgent open."""
    names = (f.id for f in book.findings.values() if f.type == "yes_no" and f.kind != "about" and f.id not in listed)
    for name in names:
        if decide(ordinary(book, **{name: True}), book)["walking"] == "walk_freely":
            yield name


def _given(item: str, person: Mapping[str, Any], book: Rulebook) -> list[str] | None:
    """The words of caution that something is given with; None where it is not given."""
    told = decide(person, book)
    exercises = {e["id"]: list(e["modify"]) for e in told["exercises"]}
    if item in exercises:
        return exercises[item]
    corrections = {c.id: c for c in book.corrections}
    if item not in told["corrections"]:
        return None
    taken = {f: book.assumed.get(f) if v is None else v for f, v in person.items()}
    return [c.say for c in corrections[item].cautions if c.effect == "modify" and c.when.holds(taken)]
