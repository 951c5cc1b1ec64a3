"""Log lines hold times, verdicts and traces, and no word of anybody."""

from __future__ import annotations

import json
import logging

import pytest

from assistant import log_lines
from assistant.log_lines import Lines


def _line(message: str, *, as_json: bool = True, **more: object) -> str:
    record = logging.LogRecord("rasa", logging.INFO, __file__, 1, message, (), None)
    record.__dict__.update(more)
    return Lines(as_json=as_json).format(record)


@pytest.mark.parametrize("field", sorted(log_lines.WITH_WORDS))
@pytest.mark.parametrize("as_json", [True, False])
def test_a_field_that_may_hold_words_is_left_out(field: str, as_json: bool) -> None:
    line = _line(json.dumps({"event": "processor", field: "xylophone", "intent": "tell"}), as_json=as_json)
    assert "xylophone" not in line
    assert "tell" in line


def test_an_event_is_one_json_object_with_its_fields() -> None:
    line = json.loads(_line("turn", fields={"trace": "abc", "ms": 12}))
    assert (line["event"], line["trace"], line["ms"], line["level"]) == ("turn", "abc", 12, "info")


def test_a_broken_event_is_not_shown_as_it_came() -> None:
    assert "xylophone" not in _line('{"event": "processor", "text": "xylophone')


def test_nothing_below_info_is_ever_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    before = logging.getLogger().handlers[:]
    try:
        assert log_lines.set_up() == logging.INFO
    finally:
        logging.getLogger().handlers[:] = before


def test_a_trace_joins_two_lines_and_does_not_tell_the_message_id() -> None:
    assert log_lines.trace_of("ann/1") == log_lines.trace_of("ann/1") != log_lines.trace_of("ann/2")
    assert "ann" not in log_lines.trace_of("ann/1")
