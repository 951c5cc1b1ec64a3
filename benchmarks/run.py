"""Prints one table of how fast and how large the assistant is, and keeps it in docs/bench.md. Nothing depends on it.

.venv/bin/python -m benchmarks.run
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from assistant.command_lines import opened
from assistant.preparing import environment, prepare
from assistant.settings import ROOT
from assistant.triage.decide import decide
from benchmarks.earlier import Row, worsened
from benchmarks.servers import psoas, rasa, seconds
from benchmarks.talking import talked
from tests.cases.cases import complete, load_cases
from tests.messages.tagged import read_messages

ROUNDS = 10
"""So often the messages are read one after the other."""


def main() -> None:
    prepare(print)
    load = os.getloadavg()[0]
    rows = [row for part in (_made, _decided, _read, talked) for row in part()]
    print(table := _table(rows, load))
    worse = worsened(rows)
    print(worse)
    text = f"# Figures\n\nWritten by `make bench`. {table}\n{worse}\n\n![a turn's cost](pictures/turn_cost.png)\n"
    (ROOT / "docs" / "bench.md").write_text(text, encoding="utf-8")


def _table(rows: list[Row], load: float) -> str:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {load:.1f} processes at work when it began."
    lines = [f"| {' | '.join(row)} |" for row in (("what", "figure", "aim"), ("---", "---", "---"), *rows)]
    return "\n".join([machine, "", *lines, ""])


def _made() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        build = seconds(psoas("knowledge", "build", "--output", str(Path(folder) / "knowledge.db")))
        yield "`psoas knowledge build`, whole command", f"{build:.1f} s", "5 s"
        train = seconds(rasa("train", "--force", "--out", folder))
        yield "`rasa train --force`, whole command", f"{train:.1f} s", "15 s"


def _decided() -> Iterator[Row]:
    book = opened().book
    people = [complete(case.person, book) for case in load_cases()]
    times = []
    for person in people * 5:
        start = time.perf_counter()
        decide(person, book)
        times.append(1000 * (time.perf_counter() - start))
    yield f"one assessment (`decide`), median of {len(people)} clinical cases", f"{median(times):.2f} ms", "0.3 ms"


def _read() -> Iterator[Row]:
    texts = [message.text for message in read_messages(ROOT / "tests" / "messages" / "seen.txt")] * ROUNDS
    one, all_ = _extracting(texts[:1]), _extracting(texts)
    rate = (len(texts) - 1) / (all_ - one)
    yield f"`psoas extract`, after its start, tests/messages/seen.txt {ROUNDS} times", f"{rate:,.0f} a second", "2,000"


def _extracting(texts: list[str]) -> float:
    """Seconds of processor time that `psoas extract` takes for these messages."""
    lines = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(psoas("extract"), cwd=ROOT, env=environment(), input=lines.encode(), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
