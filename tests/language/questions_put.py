"""Questions of the vocabulary, put to the answer reader by tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.language.answers import Answer, Asked, Choice, read_answer

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


WORDS = load("knowledge/answers.yml")
FINDINGS = {f["id"]: f for f in load("knowledge/findings.yml")["findings"]}
QUESTIONS = {q["id"]: q for q in load("knowledge/questions.yml")["questions"]}


def choices_of(ids: Sequence[str]) -> tuple[Choice, ...]:
    """The choices of a question that lists none of its own."""
    only = FINDINGS[ids[0]]
    if len(ids) > 1:
        flags = [FINDINGS[f] for f in ids if FINDINGS[f]["type"] == "yes_no"]
        return tuple(Choice(f["id"], f["label"].capitalize(), {f["id"]: True}, {f["id"]: False}) for f in flags)
    if only["type"] == "yes_no":
        return (Choice("yes", "Yes", {only["id"]: True}, {}), Choice("no", "No", {only["id"]: False}, {}))
    many = only["type"] == "many"
    return tuple(Choice(v, label, {only["id"]: [v] if many else v}, {}) for v, label in only.get("values", {}).items())


def asked(*ids: str) -> Asked:
    """A question about some findings of the vocabulary."""
    kind = FINDINGS[ids[0]]["type"] if len(ids) == 1 else "many"
    return Asked(tuple(ids), kind, choices_of(ids), {f: FINDINGS[f]["type"] for f in ids})


def question(name: str) -> Asked:
    """A question of questions.yml."""
    q = QUESTIONS[name]
    given = [Choice(str(o["value"]), o["label"], o["sets"], o.get("otherwise", {})) for o in q.get("options", ())]
    types = {f: FINDINGS[f]["type"] for f in q["findings"]}
    return Asked(tuple(q["findings"]), q["kind"], tuple(given) or choices_of(q["findings"]), types)


def read(text: str, to: Asked, told: Mapping[str, Any] | None = None, numbers: Sequence[float] = ()) -> Answer | None:
    return read_answer(text, to, WORDS, told or {}, numbers)


def plain(expect: Mapping[str, Any]) -> dict[str, Any]:
    """An expectation with its parts in an order of their own."""
    findings = {f: sorted(v) if isinstance(v, list) else v for f, v in expect.get("findings", {}).items()}
    return {
        "findings": findings,
        "denied": sorted(expect.get("denied", ())),
        "unsure": sorted(expect.get("unsure", ())),
    }


def outcome(to: Asked, chosen: Sequence[int], otherwise: bool = True) -> dict[str, Any]:
    """What choosing the choices at these places must bring, with or without what follows for the others."""
    values: dict[str, Any] = {}
    for place, choice in enumerate(to.choices):
        values |= choice.sets if place in chosen else choice.otherwise if otherwise else {}
    return plain(
        {
            "findings": {f: v for f, v in values.items() if v is not False},
            "denied": [f for f, v in values.items() if v is False],
        }
    )


def given(answer: Answer | None) -> dict[str, Any]:
    assert answer is not None
    return plain({"findings": answer.findings, "denied": answer.denied, "unsure": answer.unsure})
