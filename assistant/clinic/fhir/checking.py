"""Checks a resource as far as a machine can: its structure with fhir.resources, its codes against the value sets of R4."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from fhir.resources.R4B import construct_fhir_element
from pydantic import ValidationError

from assistant.clinic.fhir.codes import Resource
from assistant.clinic.fhir.value_sets import CLOSED, REQUIRED
from assistant.errors import InputError


def checked(resource: Resource) -> Resource:
    """The resource as it is. Raises InputError naming every fault with its place."""
    problems = [*structure_faults(resource), *code_faults(resource)]
    if problems:
        raise InputError(*problems)
    return resource


def normal(resource: Mapping[str, Any]) -> Resource:
    """What came from outside in FHIR's own shape. Raises InputError naming every fault with its place."""
    model, faults = _constructed(resource)
    if model is None:
        raise InputError(*faults)
    shaped = dict(json.loads(model.json()))
    faults = code_faults(shaped)
    if faults:
        raise InputError(*faults)
    return shaped


def structure_faults(resource: Mapping[str, Any]) -> list[str]:
    """What does not have FHIR's shape."""
    return _constructed(resource)[1]


def _constructed(resource: Mapping[str, Any]) -> tuple[Any, list[str]]:
    try:
        return construct_fhir_element(str(resource.get("resourceType")), dict(resource)), []
    except ValidationError as error:
        return None, [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
    except (
        LookupError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
    ) as error:  # the library's own slips too
        return None, [f"{resource.get('resourceType')!r}: {error}"]


def code_faults(resource: Mapping[str, Any]) -> list[str]:
    """Every code that its value set does not have."""
    return list(_faults(resource, ""))


def _faults(node: Any, path: str) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _faults(one, path)
    elif isinstance(node, Mapping):
        path = str(node.get("resourceType", path))
        yield from _unknown_code(node, path)
        for name, value in node.items():
            yield from _faults(value, path if path.endswith(f".{name}") else f"{path}.{name}")
    elif path in REQUIRED and node not in REQUIRED[path]:
        yield f"{path}: {node!r} is not one of {', '.join(sorted(REQUIRED[path]))}"


def _unknown_code(node: Mapping[str, Any], path: str) -> Iterator[str]:
    allowed = CLOSED.get(str(node.get("system", "")))
    if allowed is not None and node.get("code") not in allowed:
        yield f"{path}: {node.get('system')} has no code {node.get('code')!r}"
