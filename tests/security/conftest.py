"""The real assistant with every door there is, started once, as talkative in its logs as it can be made."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.clinic import ledger
from assistant.clinic.staff import clinicians

sys.path.append(str(Path(__file__).parents[1] / "channels"))
from doors import House, house

METRICS = "metrics-token-of-the-tests"
MORE = {"assistant.channels.clinic_pages.channel.ClinicInput": {}, "assistant.channels.fhir_form.FhirFormInput": {}}


@pytest.fixture(scope="session")
def long() -> bool:
    """Whether the long versions are to run."""
    return os.environ.get("PSOAS_LONG") == "1"


@pytest.fixture(scope="session")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    state = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOG_LEVEL", "DEBUG")
        patch.setenv("LOG_LEVEL_LIBRARIES", "DEBUG")
        patch.setenv("PSOAS_METRICS_TOKEN", METRICS)
        engine = ledger.ready(f"sqlite:///{state / 'psoas.db'}")
        with engine.begin() as connection:
            clinicians.add(connection, "anna", "correct horse battery", time.time())
        engine.dispose()
        with house(state, MORE) as running:
            yield running
