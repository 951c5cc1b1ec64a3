"""Where things are and what may be set from outside: the project's root, the knowledge base, the ports."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The project's root: the folder that holds `knowledge/`, `domain.yml` and `config.yml`."""
CONTENT = ROOT / "knowledge"
MODELS = ROOT / "models"


def knowledge_path() -> Path:
    """The knowledge base file: PSOAS_KNOWLEDGE, else `var/knowledge.db` of the project."""
    return Path(os.environ.get("PSOAS_KNOWLEDGE", ROOT / "var" / "knowledge.db"))


def knowledge_given() -> bool:
    """Whether somebody chose a knowledge base file of their own; it is then used as it is."""
    return "PSOAS_KNOWLEDGE" in os.environ


def database_url() -> str:
    """Where trackers and cases are kept: PSOAS_DATABASE, else the SQLite file `var/psoas.db` of the project."""
    return os.environ.get("PSOAS_DATABASE") or f"sqlite:///{ROOT / 'var' / 'psoas.db'}"
