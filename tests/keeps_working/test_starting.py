"""A model that cannot be loaded is told at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import serving
from assistant.errors import InputError
from assistant.serving import Place, free_port


def test_a_model_that_cannot_be_loaded_is_told_at_once(tmp_path: Path, note: Callable[[str, str], None]) -> None:
    model = tmp_path / "psoas.tar.gz"
    model.write_bytes(b"no archive")
    place = Place("127.0.0.1", free_port(), rest=False)
    actions = free_port()
    began = time.monotonic()
    processes = serving._start(place, model, actions, serving._settings(place, actions))
    try:
        with pytest.raises(InputError, match="could not load the model"):
            serving._wait_until_answering(place, processes)
    finally:
        serving._end(processes)
    took = time.monotonic() - began
    assert took < serving.READY_WITHIN / 3
    note("a model that cannot be loaded", f"said so after {took:.0f} s")
