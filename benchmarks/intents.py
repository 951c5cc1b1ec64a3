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
from collections import Counter
from collections.abc import Sequence
from operator import eq
from pathlib import Path
from typing import Any

from assistant.language.intents import UNDOING
from assistant.settings import ROOT
from benchmarks.intent_ways import Example, Guesser, ways
from tests.messages.tagged import read_messages
from tests.messages.wordings import Wordings, examples, fresh, unseen

MISSPELT = "my hipp hrts when wlaking"
PATIENCE = 300
"""Seconds of processor time for training."""
HEADINGS = (
    "way", "right", "macro F1", "taken for a command", "undoing", "not understood", "older set", "reports",
    "load", "first message", "a message", "memory", "training",
)  # fmt: skip
ANSWERS = frozenset({"tell", "affirm", "deny", "unsure", None})
"""What leads to the text being held against the open question."""


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
    wanted = fresh()
    meant, each = _timed(lambda: [guess(text) for text, _ in wanted.meant])
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - size
    return [
        *_figures(guess, wanted, meant),
        f"{load:.0f} ms",
        f"{first:.1f} ms",
        f"{each / len(meant):.2f} ms",
        f"{grown / 1024:.0f} MB",
    ]


def _figures(guess: Guesser, wanted: Wordings, meant: Sequence[str | None]) -> list[str]:
    """From "right" to "reports"."""
    intents = [intent for _, intent in wanted.meant]
    commands = [intent for text in wanted.reports if (intent := guess(text)) not in ANSWERS]
    silent = sum(guess(text) is None for text in wanted.strange)
    told = [(m.text, "tell") for m in read_messages(ROOT / "tests" / "messages" / "unseen.txt")]
    return [
        f"{sum(map(eq, meant, intents)) / len(intents):.3f}",
        f"{_macro_f1(meant, intents):.3f}",
        f"{len(commands)} of {len(wanted.reports)}",
        str(sum(intent in UNDOING for intent in commands)),
        f"{silent} of {len(wanted.strange)}",
        f"{_right(guess, unseen()):.3f}",
        f"{_right(guess, told):.3f}",
    ]


def _macro_f1(guessed: Sequence[str | None], wanted: Sequence[str]) -> float:
    """The mean over the intents of 2 * hits / (times guessed + times wanted)."""
    hits = Counter(a for a, b in zip(guessed, wanted, strict=True) if a == b)
    times = Counter(guessed) + Counter(wanted)
    return sum(2 * hits[intent] / times[intent] for intent in set(wanted)) / len(set(wanted))


def _right(guess: Guesser, wanted: Sequence[Example]) -> float:
    return sum(guess(text) == intent for text, intent in wanted) / len(wanted)


def _timed(work: Any) -> tuple[Any, float]:
    """What `work` gives, and the milliseconds of processor time it took."""
    start = time.process_time()
    result = work()
    return result, 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main(sys.argv[1:])
