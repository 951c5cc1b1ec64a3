"""Nothing that Slack, or somebody with its secret, can send breaks the reader."""

import json
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.channels.slack.events import Said
from assistant.channels.slack.requests import Tapped, read_request
from assistant.channels.slack.taps import answered, chosen_places, offered, with_places
from assistant.channels.slack.texts import slack_texts
from assistant.channels.web.refusals import RefusedError

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["D1", "message", "button"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
EVENT = {
    "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": [{"user_id": "U0BOT"}],
    "event": {
        "type": "message", "subtype": "message_changed", "channel": "D1", "channel_type": "im",
        "message": {"user": "U1", "text": "new", "ts": "1.1", "edited": {"ts": "1.2"}, "files": [{"id": "F1"}]},
        "previous_message": {"user": "U1", "text": "old", "ts": "1.1"},
    },
}  # fmt: skip
OPTION = {
    "text": {"type": "plain_text", "text": "one"},
    "value": "v1",
    "description": {"type": "plain_text", "text": "x"},
}
BOXES = {"type": "checkboxes", "action_id": "tick:0", "options": [OPTION], "initial_options": [OPTION]}
PLACE = {"type": "button", "action_id": "place:0", "value": "v2", "text": {"type": "plain_text", "text": "two"}}
TAP = {
    "type": "block_actions", "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}, "channel": {"id": "D1"},
    "trigger_id": "t1", "actions": [{"type": "button", "action_id": "done:0", "value": "done"}],
    "message": {"ts": "1.1", "text": "x", "blocks": [{"type": "actions", "block_id": "b", "elements": [BOXES, PLACE]}]},
    "state": {"values": {"b": {"tick:0": {"type": "checkboxes", "selected_options": [OPTION]}}}},
}  # fmt: skip


def paths(thing: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a piece of JSON."""
    inner = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    return [so_far, *(path for key, value in inner for path in paths(value, (*so_far, key)))]


def changed(thing: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The same with something else at one place."""
    if not path:
        return value
    copy = thing.copy()
    copy[path[0]] = changed(thing[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("shape", [EVENT, TAP], ids=["event", "tap"])
@settings(max_examples=300, deadline=None)
@given(drawn=st.data())
def test_no_odd_value_anywhere_breaks_the_reader(shape: dict[str, Any], drawn: st.DataObject) -> None:
    body = json.dumps(changed(shape, drawn.draw(st.sampled_from(paths(shape))), drawn.draw(ODD)))
    for content_type, sent in (
        ("application/json", body.encode()),
        ("application/x-www-form-urlencoded", urlencode({"payload": body}).encode()),
    ):
        with suppress(RefusedError):
            asked = read_request(content_type, sent)
            if isinstance(asked, Tapped):
                assert all(isinstance(label, str) for label in offered(asked.blocks).values())
                with_places(asked.blocks, chosen_places(asked.blocks))
                answered(asked.blocks, "x", slack_texts())


def test_the_shapes_themselves_are_read() -> None:
    assert isinstance(read_request("application/json", json.dumps(EVENT).encode()), Said)
    asked = read_request("application/x-www-form-urlencoded", urlencode({"payload": json.dumps(TAP)}).encode())
    assert isinstance(asked, Tapped)
    assert (asked.ticked, offered(asked.blocks)) == (("v1",), {"v1": "one x", "v2": "two"})
