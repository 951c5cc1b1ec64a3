"""Prints one table of how fast and how large the assistant is, and keeps it in docs/bench.md. Nothing depends on it.

.venv/bin/python -m benchmarks.run
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from assistant.command_lines import opened
from assistant.preparing import environment, prepare
from assistant.serving import free_port
from assistant.settings import ROOT
from assistant.triage.decide import decide
from benchmarks.servers import echo, memory, psoas, rasa, running, seconds, turns
from tests.cases.cases import complete, load_cases
from tests.messages.tagged import read_messages

Row = tuple[str, str, str]
"""What was measured, the figure, and what is aimed at ("" for nothing)."""
OPENING = "Dull ache deep in my hip and lower back, worse after sitting."
TALK = (OPENING, "none", "none", "none", "16 to 49", "some months", "yes", "4", "an ache", "why do you ask?",
        "makes it better", "none", "my back is hollow and I set off fast", "9 hours", "what have I told you?",
        "how long do I hold the stretch?", "tell me more about the plank", "I can't kneel", "summary", "thanks")  # fmt: skip
"""One person's turns, from the first words to past the plan."""
PEOPLE = 10
ROUNDS = 10
"""So often the messages are read one after the other."""


def main() -> None:
    prepare(print)
    load = os.getloadavg()[0]
    rows = [row for part in (_made, _decided, _read, _talked) for row in part()]
    print(table := _table(rows, load))
    (ROOT / "docs" / "bench.md").write_text(f"# Figures\n\nWritten by `make bench`. {table}", encoding="utf-8")


def _table(rows: list[Row], load: float) -> str:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {load:.1f} processes at work when it began."
    lines = [f"| {' | '.join(row)} |" for row in (("what", "figure", "aim"), ("---", "---", "---"), *rows)]
    return "\n".join([machine, "", *lines, ""])


def _made() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        build = seconds(psoas("knowledge", "build", "--output", str(Path(folder) / "knowledge.db")))
        yield "`psoas knowledge build`, whole command", f"{build:.1f} s", "5 s"
        train = seconds(rasa("train", "--force", "--out", folder))
        yield "`rasa train --force`, whole command", f"{train:.1f} s", "30 s"


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


def _talked() -> Iterator[Row]:
    floor = min(seconds([sys.executable, "-c", "import rasa.core.agent"]) for _ in range(3))
    ports = {name: free_port() for name in ("psoas", "memory", "sqlite")}
    serving = psoas("serve", "--port", str(ports["psoas"]), "--rest")
    with running(serving, ports["psoas"]) as (process, start), tempfile.TemporaryDirectory() as folder:
        yield "`import rasa.core.agent` alone", f"{floor:.1f} s", ""
        yield "`psoas serve` until a message is answered", f"{start:.1f} s, {start / floor:.1f} × that import", "2 ×"
        place = Path(folder)
        with echo(place, "memory", ports["memory"]), echo(place, "sqlite", ports["sqlite"]):
            times = turns(ports, [TALK] * PEOPLE)
        yield "memory of all processes together", f"{memory(process):.0f} MB", ""
    middle = {name: median(taken) for name, taken in times.items()}
    echoes = ("memory", "sqlite")
    ratios = " and ".join(f"{middle['psoas'] / middle[store]:.1f} × the echo bot in {store}" for store in echoes)
    yield "a turn over REST, median", f"{middle['psoas']:.0f} ms, {ratios}", "2 ×"
    yield "a turn over REST, 95 of 100 are faster", f"{quantiles(times['psoas'], n=20)[-1]:.0f} ms", ""
    for store in echoes:
        yield f"echo bot on the same Rasa, tracker in {store}, median", f"{middle[store]:.0f} ms", ""


if __name__ == "__main__":
    main()
