"""Runs everything on one machine: knowledge base, training, action server and Rasa, until one of them ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import InputError
from assistant.knowledge_base.building import build, fingerprint
from assistant.knowledge_base.reading import stamp_of
from assistant.settings import CONTENT, MODELS, ROOT, knowledge_path

READY_WITHIN = 180.0
"""Seconds until an answer must have come."""
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "CUDA_VISIBLE_DEVICES": "",
}
"""Keeps Rasa's telemetry off and its libraries' noise away from the person who runs it."""
TRAINED_FROM = ("config.yml", "domain.yml", "data/nlu", "data/turns", "assistant/nlu", "assistant/language")


Processes = Mapping[str, "subprocess.Popen[bytes]"]


@dataclass(frozen=True)
class Place:
    """Where the servers listen, and whether Rasa's REST channel is open (on loopback only)."""

    host: str
    port: int
    rest: bool


def prepare(say: Callable[[str], None]) -> Path:
    """Build the knowledge base and train the model where they are stale; the model's path."""
    stamp = fingerprint(CONTENT)
    if stamp_of(knowledge_path()) != stamp:
        say("Building the knowledge base")
        build(CONTENT, knowledge_path())
    model = MODELS / "psoas.tar.gz"
    mark = MODELS / "psoas.sha256"
    wanted = _training_mark(stamp)
    if not model.exists() or not mark.exists() or mark.read_text() != wanted:
        say("Training the dialogue model (about half a minute)")
        train(model)
        mark.write_text(wanted)
    return model


def _training_mark(stamp: str) -> str:
    import hashlib

    digest = hashlib.sha256(stamp.encode())
    for name in TRAINED_FROM:
        path = ROOT / name
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".py", ".yml"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def train(model: Path) -> None:
    """`rasa train` into one file. Raises InputError with its last lines where it fails."""
    MODELS.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "--fixed-model-name", model.name.split(".")[0], "--out", str(MODELS)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not model.exists():
        raise InputError("training failed: " + "\n".join((done.stderr or done.stdout).splitlines()[-15:]))


def environment(**more: str) -> dict[str, str]:
    """The environment for Rasa's processes."""
    return {**os.environ, **QUIET, **more}


def serve(place: Place, say: Callable[[str], None]) -> int:
    """Run both servers until Ctrl-C, SIGTERM or the end of one of them; the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with running(place, say) as processes:
            say(f"Ready: open http://{_shown(place.host)}:{place.port}/   (Ctrl-C ends it)")
            return _watch(processes)
    except KeyboardInterrupt:
        say("Stopped")
        return 0


@contextmanager
def running(place: Place, say: Callable[[str], None]) -> Iterator[Processes]:
    """Both servers, prepared, started and answering; ended when the block ends."""
    _refuse_taken(place)
    model = prepare(say)
    actions = free_port()
    settings = _settings(place, actions)
    say("Starting the servers")
    processes = _start(place, model, actions, settings)
    try:
        _wait_until_answering(place, actions, processes)
        yield processes
    finally:
        _end(processes)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _refuse_taken(place: Place) -> None:
    if place.rest and place.host not in ("127.0.0.1", "localhost", "::1"):
        raise InputError("--rest opens an unprotected door, so it goes with --host 127.0.0.1 only; leave one of them out")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise InputError(f"port {place.port} on {place.host}: {error.strerror}; choose another with --port") from error


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _shown(host: str) -> str:
    return "localhost" if host in ("0.0.0.0", "127.0.0.1", "::") else host  # noqa: S104


def _settings(place: Place, actions: int) -> Path:
    """The endpoints and credentials of this run, written under `var/`."""
    folder = ROOT / "var" / "run" / str(place.port)
    folder.mkdir(parents=True, exist_ok=True)
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text())
    endpoints["action_endpoint"] = {"url": f"http://127.0.0.1:{actions}/webhook"}
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text()) or {}
    if place.rest:
        credentials["rest"] = None
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints, sort_keys=False))
    (folder / "credentials.yml").write_text(yaml.safe_dump(credentials, sort_keys=False))
    return folder


def _start(place: Place, model: Path, actions: int, settings: Path) -> Processes:
    python = sys.executable
    rasa = [python, "-m", "rasa", "run", "--model", str(model), "--port", str(place.port), "--interface", place.host]
    rasa += ["--endpoints", str(settings / "endpoints.yml"), "--credentials", str(settings / "credentials.yml")]
    commands = {
        "action server": [python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions)],
        "Rasa": rasa,
    }
    logs = ROOT / "var" / "log"
    logs.mkdir(parents=True, exist_ok=True)
    started = {}
    for name, command in commands.items():
        log = (logs / f"{name.split()[0].lower()}.log").open("wb")
        started[name] = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment(), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    return started


def _wait_until_answering(place: Place, actions: int, processes: Processes) -> None:
    """Wait until the action server lives and Rasa has its model loaded and answers."""
    deadline = time.monotonic() + READY_WITHIN
    addresses = [f"http://127.0.0.1:{actions}/health", f"http://{_shown(place.host)}:{place.port}/health/ready"]
    for address in addresses:
        while not _answers(address):
            _refuse_dead(processes)
            if time.monotonic() > deadline:
                raise InputError(f"no answer within {READY_WITHIN:.0f} seconds; see {ROOT / 'var' / 'log'}")
            time.sleep(0.1)


def _answers(address: str) -> bool:
    with suppress(urllib.error.URLError, OSError, json.JSONDecodeError), urllib.request.urlopen(address, timeout=5) as got:  # noqa: S310
        return int(got.status) == 200
    return False


def _refuse_dead(processes: Processes) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            log = ROOT / "var" / "log" / f"{name.split()[0].lower()}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            raise InputError(f"the {name} ended while starting (exit {process.returncode}); the end of {log}:\n{tail}")


def _watch(processes: Processes) -> int:
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                print(f"The {name} ended (exit {process.returncode}); stopping. See var/log.", file=sys.stderr)
                return 1
        time.sleep(0.5)


def _end(processes: Processes) -> None:
    for process in processes.values():
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes.values():
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
