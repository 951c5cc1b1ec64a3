"""What deploy/ promises fits the code: settings, addresses and metrics by their names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from assistant.rasa_server import import_store
from assistant.settings import ROOT
from assistant.trackers import watching
from tests.cluster.topology import configured

DEPLOY = ROOT / "deploy"
SHARED = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "endpoints.yml").read_text()))


def _kubernetes(kind: str) -> list[dict[str, Any]]:
    documents = yaml.safe_load_all((DEPLOY / "kubernetes" / "psoas.yml").read_text())
    return [document for document in documents if document["kind"] == kind]


def test_compose_gives_rasa_every_setting_that_its_processes_share() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text())["services"]
    for name in ("rasa_1", "rasa_2"):
        assert {*SHARED, "PSOAS_DATABASE", "PSOAS_SESSION_SECRET"} <= set(services[name]["environment"])


def test_kubernetes_gives_rasa_every_setting_that_its_processes_share() -> None:
    rasa = next(d for d in _kubernetes("Deployment") if d["metadata"]["name"] == "rasa")
    container = rasa["spec"]["template"]["spec"]["containers"][0]
    assert {*SHARED, "PSOAS_DATABASE", "PSOAS_SESSION_SECRET"} <= {each["name"] for each in container["env"]}


def test_no_secret_is_written_down() -> None:
    text = "".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    assert not re.search(
        r"(?i)(password|secret|token)\s*[:=]\s*['\"]?[A-Za-z0-9]{8,}", text.replace("secretKeyRef", "")
    )


def test_every_deployment_has_probes_limits_and_no_root() -> None:
    for deployment in _kubernetes("Deployment"):
        pod = deployment["spec"]["template"]["spec"]
        container = pod["containers"][0]
        assert {"readinessProbe", "livenessProbe", "resources"} <= set(container)
        assert pod["securityContext"]["runAsNonRoot"] is True


def test_the_stores_that_endpoints_name_are_there() -> None:
    endpoints = yaml.safe_load((DEPLOY / "endpoints.yml").read_text())
    for kind in ("tracker_store", "lock_store"):
        assert import_store(endpoints[kind]["type"])


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    assert watching.FAULTS
    known = {sample.name for metric in REGISTRY.collect() for sample in metric.samples} | {
        name for metric in REGISTRY.collect() for name in (metric.name, f"{metric.name}_total")
    }
    known |= {f"psoas_turn_seconds_{part}" for part in ("bucket", "count", "sum")}
    asked = re.findall(r"psoas_\w+", json.dumps(json.loads((DEPLOY / "grafana.json").read_text())["panels"]))
    assert asked
    assert set(asked) <= known


def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed: apt-get install -y nginx-light")
    configured(tmp_path, dict.fromkeys(("rasa_1", "rasa_2", "actions_1", "actions_2", "public", "actions"), 6443))
    checked = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
