"""The topology of deploy/ on one machine, from real programs: nginx over two Rasa processes and two action servers, with
PostgreSQL for conversations and cases and Redis for the order of turns."""

from __future__ import annotations

import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import requests

from assistant.preparing import environment, prepare
from assistant.serving import free_port
from assistant.settings import ROOT, knowledge_path
from tests.clinic import postgres

DEPLOY = ROOT / "deploy"
NEEDS = ("nginx", "redis-server", "openssl")
PATIENCE = 90.0
Process = subprocess.Popen[bytes]


@dataclass
class Topology:
    """What runs where. `rasa` and `actions` hold processes by their place in the line; a killed one can be started again."""

    folder: Path
    database: str
    ports: Mapping[str, int]
    settings: Mapping[str, str]
    model: Path
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where people reach it."""
        return f"https://127.0.0.1:{self.ports['public']}"

    def start(self, name: str) -> None:
        """Start one of the programs; without waiting for it."""
        log = (self.folder / f"{name}.log").open("ab")
        self.processes[name] = subprocess.Popen(
            self._command(name), cwd=ROOT, env=environment(**self.settings), stdout=log, stderr=log
        )

    def kill(self, name: str) -> None:
        """As when a machine loses power."""
        self.processes[name].kill()
        self.processes[name].wait()

    def wait_ready(self, name: str) -> None:
        """Until a Rasa process says that it is ready, or another program listens."""
        port, end = self.ports[name], time.monotonic() + PATIENCE
        while not (_ready(port) if name.startswith("rasa") else _listens(port)):
            if time.monotonic() > end or self.processes[name].poll() is not None:
                raise AssertionError((self.folder / f"{name}.log").read_text()[-2000:])
            time.sleep(0.1)

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _command(self, name: str) -> list[str]:
        port = str(self.ports[name])
        if name == "redis":
            return ["redis-server", "--port", port, "--save", "", "--dir", str(self.folder)]
        if name == "public":
            return ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-g", "daemon off;"]
        if name.startswith("actions"):
            return [sys.executable, "-m", "assistant.action_server", "--port", port]
        files = ["--endpoints", str(DEPLOY / "endpoints.yml"), "--credentials", str(DEPLOY / "credentials.yml")]
        return [sys.executable, "-m", "assistant.rasa_server", "--model", str(self.model), "--port", port, *files]


def missing() -> list[str]:
    """The programs that are not installed."""
    return [name for name in NEEDS if shutil.which(name) is None] + ([] if postgres.programs() else ["postgresql"])


@contextmanager
def running() -> Iterator[Topology]:
    """All of it, answering; ended when the block ends."""
    folder, files = (Path(tempfile.mkdtemp(prefix=f"psoas-{name}-")) for name in ("cluster", "pg"))
    places = postgres.programs()
    assert places is not None
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, True)
        stack.callback(shutil.rmtree, files, True)
        server = stack.enter_context(postgres.running(files, places))
        database = stack.enter_context(contextmanager(server.database)())
        topology = planned(folder, database)
        stack.callback(topology.stop)
        names = ["redis", "actions_1", "actions_2", "rasa_1", "rasa_2", "public"]
        for name in names:
            topology.start(name)
        for name in names:
            topology.wait_ready(name)
        yield topology


def planned(folder: Path, database: str) -> Topology:
    """The topology with its ports, settings and files, and nothing of it started."""
    names = ("redis", "actions_1", "actions_2", "rasa_1", "rasa_2", "public", "actions")
    ports = {name: free_port() for name in names}
    settings = {
        "PSOAS_ACTIONS": f"http://127.0.0.1:{ports['actions']}/webhook",
        "PSOAS_REDIS": f"redis://127.0.0.1:{ports['redis']}/0",
        "PSOAS_DATABASE": database,
        "PSOAS_SESSION_SECRET": secrets.token_hex(32),
        "PSOAS_KNOWLEDGE": str(folder / "knowledge.db"),
        "SANIC_HOST": "127.0.0.1",
    }
    model = prepare(lambda line: None)
    shutil.copy(knowledge_path(), settings["PSOAS_KNOWLEDGE"])
    configured(folder, ports)
    return Topology(folder, database, ports, settings, model)


def _certificate(folder: Path) -> None:
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *files, *subject]
    subprocess.run(command, check=True, capture_output=True)


def configured(folder: Path, ports: Mapping[str, int]) -> None:
    """Write deploy/nginx.conf with the places of this run, and a certificate of its own, into `folder`."""
    _certificate(folder)
    written = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for name in ("rasa_1", "rasa_2", "actions_1", "actions_2"):
        written = written.replace(f"server {name} ", f"server 127.0.0.1:{ports[name]} ")
    places = {"public_port": ports["public"], "actions_port": f"127.0.0.1:{ports['actions']}"}
    places |= {"tls_certificate": folder / "cert.pem", "tls_key": folder / "key.pem"}
    for name, place in places.items():
        written = written.replace(name, str(place))
    (folder / "nginx.conf").write_text(written, encoding="utf-8")


def _ready(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def _listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
