"""Compares ways to tell what a message is for, on wordings that no example holds; docs/intents.md speaks about the table.

.venv/bin/python -m benchmarks.intents [WAY ...]

Ways: linear, keyword, nearest, logistic, diet; all but diet where none is named. A way that trains for more than five
minutes of processor time is given up. Each way is trained in one process and asked in a fresh one, in which
`rasa.core.agent` is imported already: what is measured comes on top of that.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.settings import ROOT
from benchmarks.intent_ways import Example, Guesser, ways
from tests.messages.tagged import read_messages
from tests.messages.wordings import examples, not_understood, unseen

MISSPELT = "my hipp hrts when wlaking"
PATIENCE = 300
"""Seconds of processor time for training."""
HEADINGS = (
    "way", "right", "reports", "not understood", "off topic", "load", "first message", "a message", "memory", "training",
)  # fmt: skip


def main(words: Sequence[str]) -> None:
    if words[:1] == ["--train"]:
        resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
        ways()[words[1]].train(examples(), Path(words[2]))
    elif words[:1] == ["--ask"]:
        print(json.dumps(_asked(words[1], Path(words[2]))))
    else:
        for row in (HEADINGS, ["---"] * len(HEADINGS), *map(_row, words or [w for w in ways() if w != "diet"])):
            print("|", " | ".join(row), "|", flush=True)


def _row(way: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        before = _children_seconds()
        trained = _again("--train", way, folder)
        training = _children_seconds() - before
        if trained.returncode:
            return [ways()[way].name, f"training given up after {training:.0f} s", *[""] * (len(HEADINGS) - 2)]
        figures = json.loads(_again("--ask", way, folder).stdout.splitlines()[-1])
    return [ways()[way].name, *figures, f"{training:.0f} s"]


def _again(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.intents", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _asked(way: str, folder: Path) -> list[str]:
    import rasa.core.agent  # noqa: F401

    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    guess, load = _timed(lambda: ways()[way].load(folder))
    _, first = _timed(lambda: guess(MISSPELT))
    (right, total), each = _timed(lambda: _right(guess, unseen()))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - size
    reports = [m.text for m in read_messages(ROOT / "tests" / "messages" / "unseen.txt")]
    told, _ = _right(guess, [(text, "tell") for text in reports])
    strange, off_topic = not_understood()
    silent = sum(guess(text) is None for text in strange)
    aside = sum(guess(text) in (None, "out_of_scope") for text in off_topic)
    return [
        f"{right / total:.3f}",
        f"{told / len(reports):.3f}",
        f"{silent} of {len(strange)}",
        f"{aside} of {len(off_topic)}",
        f"{load:.0f} ms",
        f"{first:.1f} ms",
        f"{each / total:.2f} ms",
        f"{grown / 1024:.0f} MB",
    ]


def _right(guess: Guesser, wanted: Sequence[Example]) -> tuple[int, int]:
    return sum(guess(text) == intent for text, intent in wanted), len(wanted)


def _timed(work: Any) -> tuple[Any, float]:
    """What `work` gives, and the milliseconds of processor time it took."""
    start = time.process_time()
    result = work()
    return result, 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main(sys.argv[1:])
