"""`psoas extract` and `psoas assess` as programs: one JSON object a line in and out, whatever the line holds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from assistant.settings import ROOT

PSOAS = [sys.executable, "-m", "assistant.cli"]


def lines_of(command: str, written: bytes) -> list[dict[str, object]]:
    done = subprocess.run([*PSOAS, command], input=written, capture_output=True, cwd=ROOT, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_bad_line_gives_an_error_in_its_place_and_the_next_is_read() -> None:
    good = b'{"id": 2, "text": "my groin hurts"}'
    bad = [b"not json", b'{"id": 1}', b"\xff\xfe", b"[1, 2]"]
    told = lines_of("extract", b"\n".join([*bad, good]))
    assert [("error" in row) for row in told] == [True, True, True, True, False]
    assert [row["id"] for row in told] == [None, 1, None, None, 2]


def test_half_a_surrogate_pair_as_id_comes_back() -> None:
    told = lines_of("extract", rb'{"id": "\ud800", "text": "my groin hurts"}')
    assert told[0]["id"] == "\ud800"


@pytest.mark.parametrize("findings", ['{"ghost": true}', '{"pain_severity": 11}', '{"pain_location": "hip_deep"}'])
def test_findings_that_cannot_be_are_named_and_not_decided(findings: str) -> None:
    row = lines_of("assess", f'{{"id": 1, "findings": {findings}}}'.encode())[0]
    assert json.loads(findings).keys() <= set(str(row["error"]).replace(":", " ").split())
