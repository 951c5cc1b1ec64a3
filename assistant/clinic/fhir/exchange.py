"""FHIR as it goes over the wire: a body is read into a dictionary, a fault is told as an OperationOutcome."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from assistant.clinic.fhir.codes import Resource
from assistant.errors import InputError

MEDIA = "application/fhir+json; charset=utf-8"
DEEPEST = 40
"""Levels of nesting; a form has about ten."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
SHOWN = 300
"""Characters of a fault, and how many are told."""
MOST = 20


def read(body: bytes) -> Resource:
    """The resource in a body. Raises InputError where it is no JSON object, is nested too deep, or holds what FHIR forbids."""
    try:
        written = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the body is not JSON: {error}") from None
    if not isinstance(written, dict):
        raise InputError("the body is not a FHIR resource; give a JSON object with a resourceType")
    _check(written)
    return written


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _check(written: Any) -> None:
    level = [written]
    for _ in range(DEEPEST):
        if any(isinstance(one, str) and FORBIDDEN.search(one) for one in level):
            raise InputError("a text holds a sign that FHIR forbids")
        if any(one is None or one == {} for one in level):
            raise InputError("null and empty objects are no values; leave out what is not there")
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise InputError(f"the resource is nested deeper than {DEEPEST} levels")


def _inside(one: Any) -> Iterable[Any]:
    if isinstance(one, dict):
        return [*one, *one.values()]
    return one if isinstance(one, list) else ()


def outcome(code: str, faults: Iterable[str]) -> Resource:
    """An OperationOutcome of errors; `code` is one of FHIR's issue types."""
    told = [str(fault)[:SHOWN] for fault in faults][:MOST]
    issues = [{"severity": "error", "code": code, "diagnostics": fault} for fault in told if fault.strip()]
    return {"resourceType": "OperationOutcome", "issue": issues or [{"severity": "error", "code": code}]}
