"""Coverage both ways: what the document claims and nothing uses, and what is used and no sentence supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import create_engine, select

from assistant.knowledge_base import tables as t
from assistant.knowledge_base.reading import Knowledge

FILES = {"care": "rules/red_flags.yml", "walking": "rules/walking.yml", "corrections": "rules/corrections.yml"}


@dataclass(frozen=True)
class Use:
    """One name of a claim or an anchor, and the place where the content uses it."""

    name: str
    place: str


def uncovered(knowledge: Knowledge) -> Iterator[str]:
    """A sentence for each claim that nothing uses, and for each name in use that no sentence supports."""
    claims, uses = _content(knowledge)
    used = {use.name for use in uses}
    for claim, says in claims.items():
        if claim not in used:
            yield f"claims.yml: {claim} ({says}) is used by nothing; name it in a rule, question or topic, or remove it"
    for use in uses:
        if use.name not in knowledge.evidence:
            fault = "no sentence supports this claim" if use.name in claims else "there is no such claim or anchor"
            yield f"{use.place}: {use.name}: {fault}; name another one, or take the name out"


def _content(knowledge: Knowledge) -> tuple[dict[str, str], list[Use]]:
    """The claims with what they say, and every use of a claim or an anchor."""
    engine = create_engine(f"sqlite:///file:{knowledge.path}?mode=ro&uri=true", future=True)
    try:
        with engine.connect() as connection:
            claims = {row.id: row.says for row in connection.execute(select(t.CLAIMS))}
            rules = [(FILES[row.kind], row.written) for row in connection.execute(select(t.RULES))]
            exercises = [("rules/exercises.yml", row.written) for row in connection.execute(select(t.EXERCISES))]
            questions = [row.written for row in connection.execute(select(t.QUESTIONS))]
    finally:
        engine.dispose()
    uses = [use for file, written in (*rules, *exercises) for use in _rule(file, written)]
    uses += [Use(q["why"], f"questions.yml: {q['id']}") for q in questions]
    uses += [Use(c, f"topics.yml: {topic['id']}") for topic in knowledge.topics for c in topic["claims"]]
    return claims, uses


def _rule(file: str, written: Mapping[str, Any]) -> Iterator[Use]:
    """The names that one rule, correction or exercise rests on, its doses and cautions included."""
    place = f"{file}: {written['id']}"
    yield from (Use(name, place) for name in written.get("because", ()))
    yield from (Use(caution["id"], place) for caution in written.get("cautions", ()))
    yield from (Use(dose.get("claim") or dose["anchor"], place) for dose in written.get("dose", ()))
