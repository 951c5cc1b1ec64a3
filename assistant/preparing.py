"""Brings the knowledge base and the trained model up to date; does nothing where they are."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.errors import InputError
from assistant.knowledge_base.building import build, fingerprint
from assistant.knowledge_base.reading import stamp_of
from assistant.lean_model import make_lean
from assistant.settings import CONTENT, MODELS, ROOT, knowledge_given, knowledge_path

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


def prepare(say: Callable[[str], None]) -> Path:
    """Build the knowledge base and train the model where they are stale; the model's path. A knowledge base of somebody's own
    choice is used as it is."""
    stamp, built = fingerprint(CONTENT), stamp_of(knowledge_path())
    if built != stamp and not (built and knowledge_given()):
        say("Building the knowledge base")
        build(CONTENT, knowledge_path())
    model = MODELS / "psoas.tar.gz"
    mark = MODELS / "psoas.sha256"
    wanted = _training_mark(stamp)
    if not model.exists() or not mark.exists() or mark.read_text() != wanted:
        say("Training the dialogue model (about half a minute)")
        train(model)
        make_lean(model)
        mark.write_text(wanted)
    return model


def _training_mark(stamp: str) -> str:
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
    command = [
        sys.executable,
        "-m",
        "rasa",
        "train",
        "--fixed-model-name",
        model.name.split(".")[0],
        "--out",
        str(MODELS),
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not model.exists():
        raise InputError("training failed: " + "\n".join((done.stderr or done.stdout).splitlines()[-15:]))


def environment(**more: str) -> dict[str, str]:
    """The environment for Rasa's processes."""
    return {**os.environ, **QUIET, **more}
