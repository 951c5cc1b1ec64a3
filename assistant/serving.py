"""Runs everything on one machine: knowledge base, training, action server and Rasa, until one of them ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.clinic.notices.settings import hooks_of
from assistant.errors import InputError
from assistant.preparing import environment, prepare
from assistant.probing import answers, missing
from assistant.settings import ROOT

READY_WITHIN = 180.0
"""Seconds until an answer must have come."""
Processes = Mapping[str, "subprocess.Popen[bytes]"]


@dataclass(frozen=True)
class Place:
    """Where the servers listen, and whether Rasa's REST channel is open (on loopback only)."""

    host: str
    port: int
    rest: bool


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
    hooks_of()  # a wrong setting for notices is told before anything starts
    model = prepare(say)
    actions = free_port()
    settings = _settings(place, actions)
    say("Starting the servers")
    processes = _start(place, model, actions, settings)
    try:
        _wait_until_answering(place, processes)
        yield processes
    finally:
        _end(processes)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _refuse_taken(place: Place) -> None:
    if place.rest and place.host not in ("127.0.0.1", "localhost", "::1"):
        raise InputError(
            "--rest opens an unprotected door, so it goes with --host 127.0.0.1 only; leave one of them out"
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.host, place.port))
        except OSError as error:
            raise InputError(
                f"port {place.port} on {place.host}: {error.strerror}; choose another with --port"
            ) from error


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
    rasa = [
        python,
        "-m",
        "assistant.rasa_server",
        "--model",
        str(model),
        "--host",
        place.host,
        "--port",
        str(place.port),
    ]
    rasa += ["--endpoints", str(settings / "endpoints.yml"), "--credentials", str(settings / "credentials.yml")]
    commands = {
        "action server": [python, "-m", "assistant.action_server", "--port", str(actions)],
        "Rasa": rasa,
    }
    logs = ROOT / "var" / "log"
    logs.mkdir(parents=True, exist_ok=True)
    started = {}
    for name, command in commands.items():
        log = (logs / f"{name.split()[0].lower()}.log").open("wb")
        started[name] = subprocess.Popen(  # noqa: S603
            command,
            cwd=ROOT,
            env=environment(SANIC_HOST="127.0.0.1"),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return started


def _wait_until_answering(place: Place, processes: Processes) -> None:
    """Wait until a message is really answered, through Rasa, the action server and back."""
    deadline = time.monotonic() + READY_WITHIN
    while not answers(_shown(place.host), place.port):
        _refuse_dead(processes)
        _refuse_without_model(place)
        if time.monotonic() > deadline:
            raise InputError(f"no answer within {READY_WITHIN:.0f} seconds; see {ROOT / 'var' / 'log'}")
        time.sleep(0.1)


def _refuse_dead(processes: Processes) -> None:
    for name, process in processes.items():
        if process.poll() is not None:
            raise InputError(f"the {name} ended while starting (exit {process.returncode}); {_end_of_log(name)}")


def _refuse_without_model(place: Place) -> None:
    """Rasa tries its model before it listens, and goes on without one."""
    lacking = missing(_shown(place.host), place.port)
    if "model" in lacking:
        others = f" (missing: {', '.join(lacking)})" if len(lacking) > 1 else ""
        raise InputError(f"Rasa could not load the model{others}; remove models/ to train anew; {_end_of_log('Rasa')}")


def _end_of_log(name: str) -> str:
    log = ROOT / "var" / "log" / f"{name.split()[0].lower()}.log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
    return f"the end of {log}:\n{tail}"


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
