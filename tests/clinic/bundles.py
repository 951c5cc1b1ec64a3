"""What is looked for in a Bundle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Found = dict[str, Any]


def of_type(made: Mapping[str, Any], kind: str) -> list[Found]:
    """The resources of one type."""
    return [e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind]


def nodes(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object within a value, itself included."""
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from nodes(inner)
