"""How fast messages are read, whether memory stays flat, and how long a message made to be slow takes.

.venv/bin/python -m benchmarks.reading_speed [--messages 200000]
"""

from __future__ import annotations

import random
import string
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from assistant.command_lines import opened
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader
from tests.messages.tagged import read_messages

MESSAGES = Path(__file__).parent.parent / "tests" / "messages"
STATUS = Path("/proc/self/statm")
PAGE = 4096
STEPS = 10
SLOW = {
    "one million no": "no " * 1_000_000,
    "1 MB of one word": "a" * 1_000_000,
    "control characters": "\x00\x01\x02\x1b" * 250_000,
    "right to left": "\u202eכואב לי הגב " * 70_000,
    "no fever, over and over": "no fever, " * 2_000,
    "walking better and worse": "walking makes it better and worse " * 600,
    "numbers": "3 7/10 2 weeks " * 1_300,
    "brackets": "(" * 20_000,
}


def unique(count: int, told: list[str], seed: int = 1) -> Iterator[str]:
    """Short messages no two of which are the same: a tagged message with two words that nobody has ever written."""
    chance = random.Random(seed)
    for _ in range(count):
        strange = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(2)]
        yield " ".join([strange[0], *chance.choice(told).split()[:8], strange[1]])


def resident() -> float:
    """Megabytes of memory this process holds; 0 where the system does not tell."""
    return int(STATUS.read_text(encoding="ascii").split()[1]) * PAGE / 1e6 if STATUS.exists() else 0.0


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=200_000, help="how many messages memory is watched over")
    count = parser.parse_args().messages
    knowledge = opened()
    begin = time.process_time()
    reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))
    print(f"built in                 {time.process_time() - begin:6.2f} s")
    told = [m.text for m in read_messages(MESSAGES / "seen.txt")]
    for name in ("first time", "again"):
        begin = time.process_time()
        for text in told:
            reader.read(text)
        print(f"messages a second, {name:10} {len(told) / (time.process_time() - begin):6.0f}")
    for name, text in SLOW.items():
        begin = time.process_time()
        reader.read(text)
        print(f"{name:25}{time.process_time() - begin:6.2f} s")
    for at, text in enumerate(unique(count, told)):
        if at % max(1, count // STEPS) == 0:
            print(f"{at:9} messages  {resident():7.1f} MB", flush=True)
        reader.read(text)
    print(f"{count:9} messages  {resident():7.1f} MB")


if __name__ == "__main__":
    main()
