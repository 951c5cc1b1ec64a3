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

BENCHMARKS = Path(__file__).parent
STARTED: dict[str, float] = {}
"""Seconds that each rival took to its first answer."""
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
        while not answers(port):
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                raise RuntimeError(f"no answer from: {' '.join(command)}")
            time.sleep(0.05)
        yield process, time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def answers(port: int) -> bool:
    """Whether a greeting over REST gets an answer."""
    try:
        say(port, "first", "hello")
    except (urllib.error.URLError, OSError, ValueError):
        return False
    return True


@contextmanager
def rival(name: str, folder: Path, port: int, actions: str = "") -> Iterator[Process]:
    """Stock Rasa with its SQLite tracker store: "echo" (one rule, keyword intents) or "stock" (DIET and TED on our own domain
    and dialogue, with our action server at `actions`). Trained into `folder` when it is not there."""
    model = folder / f"{name}.tar.gz"
    if not model.exists():
        seconds(rasa("train", *_sources(name), "--out", str(folder), "--fixed-model-name", name))
    endpoints, credentials = folder / f"{name}.yml", folder / "credentials.yml"
    settings: dict[str, object] = {
        "tracker_store": {"type": "SQL", "dialect": "sqlite", "db": str(folder / f"{name}.db")}
    }
    endpoints.write_text(yaml.safe_dump(settings | ({"action_endpoint": {"url": actions}} if actions else {})))
    credentials.write_text("rest:\n")
    places = ["--endpoints", str(endpoints), "--credentials", str(credentials), "--port", str(port)]
    with running(rasa("run", "--model", str(model), "--interface", "127.0.0.1", *places), port) as (process, start):
        STARTED[name] = start
        yield process


def _sources(name: str) -> list[str]:
    config = ["--config", str(BENCHMARKS / name / "config.yml")]
    ours = ["--domain", str(ROOT / "domain.yml"), "--data", str(ROOT / "data")]
    own = ["--domain", str(BENCHMARKS / name / "domain.yml"), "--data", str(BENCHMARKS / name / "data")]
    return config + (ours if name == "stock" else own)


@contextmanager
def acting(port: int) -> Iterator[str]:
    """Our action server alone; where it listens."""
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment(SANIC_HOST="127.0.0.1"), **quiet)
    try:
        yield f"http://127.0.0.1:{port}/webhook"
    finally:
        process.terminate()
        process.wait(timeout=30)


def turns(ports: Mapping[str, int], people: Sequence[Sequence[str]]) -> dict[str, list[list[float]]]:
    """Milliseconds of every turn of every person, by name; each person talks to one server after the other, so that whatever
    else keeps the machine busy slows all of them alike."""
    times: dict[str, list[list[float]]] = {name: [] for name in ports}
    for number, texts in enumerate(people):
        for name, port in ports.items():
            times[name].append([1000 * say(port, f"person {number}", text) for text in texts])
    return times


def memory(process: Process) -> float:
    """Resident memory of a process and everything it started, in megabytes."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], check=True, capture_output=True, text=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = {process.pid}
    while grown := {pid for pid, parent, _ in rows if parent in family} - family:
        family |= grown
    return sum(size for pid, _, size in rows if pid in family) / 1024
