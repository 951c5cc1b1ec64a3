"""The audited list of old packages in docs/security.md is about the versions in use, and what it says is not loaded is not."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from assistant.settings import ROOT

SECURITY = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
AUDITED = re.findall(r"^\| `([\w.-]+)` \| ([\w.]+) \|", SECURITY, re.MULTILINE)
LOCKED = dict(line.split("==") for line in (ROOT / "requirements.lock").read_text().split() if "==" in line)
PINNED_BY_RASA = ("sanic", "aiohttp", "tensorflow", "keras", "pydantic", "jsonschema", "pymongo", "scikit-learn", "numpy", "dask",
                  "redis", "protobuf", "ruamel.yaml", "packaging", "websockets", "sentry-sdk", "PyJWT", "rasa")  # fmt: skip
NOT_LOADED = (
    "tensorflow",
    "keras",
    "sentry_sdk",
    "google.protobuf",
    "h5py",
    "grpc",
    "skops",
    "spacy",
    "werkzeug",
    "torch",
)
SERVING = """
import sys
from assistant.rasa_server import TRAINING, defer
defer(TRAINING)
import rasa.core.run, rasa.core.agent
import assistant.channels.web.channel, assistant.channels.telegram.channel
import assistant.channels.slack.channel, assistant.channels.health
import assistant.nlu.finding_reader, assistant.nlu.intent_classifier, assistant.trackers.store
print(*[name for name in sys.argv[1:] if name in sys.modules])
"""


def test_every_package_that_rasa_holds_back_is_in_the_list() -> None:
    assert set(PINNED_BY_RASA) <= {name for name, _ in AUDITED}


@pytest.mark.parametrize(("name", "version"), AUDITED)
def test_the_list_is_about_the_version_in_use(name: str, version: str) -> None:
    assert LOCKED[name] == version


def test_what_is_said_not_to_be_loaded_while_serving_is_not() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SERVING, *NOT_LOADED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
