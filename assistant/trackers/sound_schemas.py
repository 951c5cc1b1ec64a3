"""A JSON Schema that was found sound once is not looked at again.

Rasa validates every answer of the action server against one constant schema, and jsonschema first checks that schema
against the metaschema of its dialect, each time anew: four fifths of a turn. Here the dialect is registered once more, with
jsonschema's own `extend`, so that the metaschema's `allOf` remembers what it found nothing wrong with. Answers are
validated as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

MOST = 500
"""So many sound schemas are remembered; the action server's has about a hundred within it, and is the last to be found sound."""
_plain = Draft202012Validator.VALIDATORS["allOf"]
_meta = Draft202012Validator.META_SCHEMA["$id"]
_sound: list[Any] = []


def remember_sound_schemas() -> None:
    """Register the dialect that remembers. Calling it twice changes nothing."""
    extend(Draft202012Validator, validators={"allOf": _all_of}, version="draft2020-12")


def _all_of(validator: Any, branches: Any, schema: Any, within: Mapping[str, Any]) -> Iterator[ValidationError]:
    if within.get("$id") != _meta:
        yield from _plain(validator, branches, schema, within)
        return
    if any(schema == known for known in reversed(_sound)):
        return
    errors = list(_plain(validator, branches, schema, within))
    if not errors and len(_sound) < MOST:
        _sound.append(deepcopy(schema))
    yield from errors
