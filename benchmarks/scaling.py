"""How many messages a second 1, 2 and 4 Rasa processes answer together on this machine, and what each part costs a message.

.venv/bin/python -m benchmarks.scaling
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.preparing import environment, prepare
from assistant.serving import free_port
from assistant.settings import ROOT, knowledge_path
from benchmarks.crowd import Crowd, crowd
from benchmarks.servers import answers
from benchmarks.talking import TALK
from tests.clinic import postgres

PROCESSES = (1, 2, 4)
PEOPLE, SECONDS = 50, 20.0


def main() -> None:
    print(
        "| Rasa processes | messages a second | middle | 99 of 100 | ms of processor time a message: Rasa, actions, PostgreSQL |"
    )
    print("| --- | --- | --- | --- | --- |")
    for count in PROCESSES:
        met, costs = _measured(count)
        spent = ", ".join(f"{costs[part]:.1f}" for part in ("rasa", "actions", "postgres"))
        print(
            f"| {count} | {met.rate:.0f} | {1000 * met.middle:.0f} ms | {1000 * met.slow:.0f} ms | {spent} |",
            flush=True,
        )


def _measured(count: int) -> tuple[Crowd, dict[str, float]]:
    with _started(count) as (ports, parts):
        crowd(ports, PEOPLE, 3, TALK)
        before = _spent(parts)
        met = crowd(ports, PEOPLE, SECONDS, TALK)
        after = _spent(parts)
    messages = met.rate * SECONDS
    return met, {part: 1000 * (after[part] - before[part]) / messages for part in after}


@contextmanager
def _started(count: int) -> Iterator[tuple[list[int], dict[str, list[int]]]]:
    """The ports of the Rasa processes, and the process ids of each part."""
    with ExitStack() as stack:
        folder = _folder(stack, "scale")
        redis, actions = free_port(), [free_port() for _ in range(min(count, 2))]
        stack.enter_context(_process(["redis-server", "--port", str(redis), "--save", ""], {}))
        shared = {**_shared(stack, folder), "PSOAS_REDIS": f"redis://127.0.0.1:{redis}/0"}
        run = _rasa(folder)
        pids: dict[str, list[int]] = {"rasa": [], "actions": [], "postgres": []}
        for port in actions:
            command = [sys.executable, "-m", "assistant.action_server", "--port", str(port)]
            pids["actions"].append(stack.enter_context(_process(command, shared)))
        ports = [free_port() for _ in range(count)]
        for at, port in enumerate(ports):
            own = {**shared, "PSOAS_ACTIONS": f"http://127.0.0.1:{actions[at % len(actions)]}/webhook"}
            pids["rasa"].append(stack.enter_context(_process([*run, "--port", str(port)], own)))
        while not all(answers(port) for port in ports):
            time.sleep(0.2)
        yield ports, pids


def _folder(stack: ExitStack, name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"psoas-{name}-"))
    stack.callback(shutil.rmtree, folder, True)
    return folder


def _shared(stack: ExitStack, folder: Path) -> dict[str, str]:
    """A database and a knowledge base for all processes."""
    places = postgres.programs()
    assert places is not None, "apt-get install -y postgresql redis-server"
    server = stack.enter_context(postgres.running(_folder(stack, "pg"), places))
    database = stack.enter_context(contextmanager(server.database)())
    knowledge = folder / "knowledge.db"
    shutil.copy(knowledge_path(), knowledge)
    return {"PSOAS_DATABASE": database, "PSOAS_KNOWLEDGE": str(knowledge), "SANIC_HOST": "127.0.0.1"}


def _rasa(folder: Path) -> list[str]:
    credentials = folder / "credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    files = ["--credentials", str(credentials), "--endpoints", str(ROOT / "deploy" / "endpoints.yml")]
    return [sys.executable, "-m", "assistant.rasa_server", "--model", str(prepare(print)), *files]


@contextmanager
def _process(command: list[str], settings: Mapping[str, str]) -> Iterator[int]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment(**settings), **quiet)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _named(name: str) -> list[int]:
    """Every process of that name; PostgreSQL makes one a connection, so they are looked up anew each time."""
    found = subprocess.run(["pgrep", "-x", name], capture_output=True, text=True, check=False).stdout
    return [int(pid) for pid in found.split()]


def _spent(parts: Mapping[str, list[int]]) -> Counter[str]:
    """Seconds of processor time that each part has taken."""
    tick = os.sysconf("SC_CLK_TCK")
    spent: Counter[str] = Counter()
    for part, pids in parts.items():
        for pid in _named("postgres") if part == "postgres" else pids:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            spent[part] += (int(fields[11]) + int(fields[12])) / tick
    return spent


if __name__ == "__main__":
    main()
