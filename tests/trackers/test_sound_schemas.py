"""jsonschema says the same as before, only quicker."""

from __future__ import annotations

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction

from assistant.trackers.sound_schemas import remember_sound_schemas

SPEC = RemoteAction.action_response_format_spec()


@pytest.fixture(autouse=True)
def _remembering() -> None:
    remember_sound_schemas()


@pytest.mark.parametrize("time", [1, 2, 3])
def test_a_good_answer_of_the_action_server_is_taken_each_time(time: int) -> None:
    jsonschema.validate({"events": [{"event": "slot", "name": "care", "value": "urgent"}], "responses": []}, SPEC)


@pytest.mark.parametrize("time", [1, 2, 3])
@pytest.mark.parametrize(
    "answer", [{"events": [{"event": 5}]}, {"events": [], "responses": "none"}, {"events": {}}, []]
)
def test_an_odd_answer_of_the_action_server_is_refused_each_time(time: int, answer: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(answer, SPEC)


@pytest.mark.parametrize("time", [1, 2])
@pytest.mark.parametrize("schema", [{"type": "nothing"}, {"properties": []}, {"items": {"type": 5}}])
def test_an_unsound_schema_is_refused_each_time(time: int, schema: dict[str, object]) -> None:
    with pytest.raises(jsonschema.SchemaError):
        jsonschema.validate({}, schema)
