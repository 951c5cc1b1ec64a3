"""Starts what is measured as a person would, talks to it over REST, and ends it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import yaml

from assistant.preparing import environment
from assistant.settings import ROOT

ECHO = Path(__file__).parent / "echo"
PATIENCE = 300.0
"""Seconds until a server must have answered."""
Process = subprocess.Popen[bytes]


def rasa(*words: str) -> list[str]:
    return [sys.executable, "-m", "rasa", *words]


def psoas(*words: str) -> list[str]:
    return [sys.executable, "-m", "assistant.cli", *words]


def seconds(command: Sequence[str]) -> float:
    """How long a whole command takes. Raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True)
    return time.perf_counter() - start


def say(port: int, sender: str, text: str) -> float:
    """Seconds that one message over REST takes. Raises OSError while nobody listens, ValueError for no answer."""
    body = json.dumps({"sender": sender, "message": text}).encode()
    address = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    start = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as got:
        told = json.load(got)
    if not told:
        raise ValueError(f"no answer to {text!r}")
    return time.perf_counter() - start


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[tuple[Process, float]]:
    """The process, and the seconds until it answered a message; ended when the block ends."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                raise RuntimeError(f"no answer from: {' '.join(command)}")
            time.sleep(0.05)
        yield process, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        say(port, "first", "hello")
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return True


@contextmanager
def echo(folder: Path, store: str, port: int) -> Iterator[None]:
    """The echo bot, trained into `folder`, with one of Rasa's own tracker stores: "memory" or "sqlite"."""
    model = folder / "echo.tar.gz"
    if not model.exists():
        files = [
            "--config",
            str(ECHO / "config.yml"),
            "--domain",
            str(ECHO / "domain.yml"),
            "--data",
            str(ECHO / "data"),
        ]
        seconds(rasa("train", *files, "--out", str(folder), "--fixed-model-name", "echo"))
    stores = {
        "memory": {},
        "sqlite": {"tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / "echo.db")}},
    }
    endpoints, credentials = folder / f"{store}.yml", folder / "credentials.yml"
    endpoints.write_text(yaml.safe_dump(stores[store]))
    credentials.write_text("rest:\n")
    places = ["--endpoints", str(endpoints), "--credentials", str(credentials), "--port", str(port)]
    with running(rasa("run", "--model", str(model), "--interface", "127.0.0.1", *places), port):
        yield


def turns(ports: Mapping[str, int], people: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """Milliseconds of every turn of whole conversations, by name; each person talks to one server after the other, so
    that whatever else keeps the machine busy slows all of them alike."""
    times: dict[str, list[float]] = {name: [] for name in ports}
    for number, texts in enumerate(people):
        for name, port in ports.items():
            times[name] += [1000 * say(port, f"person {number}", text) for text in texts]
    return times


def memory(process: Process) -> float:
    """Resident memory of a process and everything it started, in megabytes."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], check=True, capture_output=True, text=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = {process.pid}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(size for pid, _, size in rows if pid in family) / 1024
