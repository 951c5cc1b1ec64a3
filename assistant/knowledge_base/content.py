"""Reads the YAML content of `knowledge/` as it is written, with every fault of a file reported together."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SINGLE_FILES = (
    "findings.yml",
    "claims.yml",
    "sources.yml",
    "cues.yml",
    "measures.yml",
    "questions.yml",
    "messages.yml",
    "answers.yml",
    "topics.yml",
    "pictures/pictures.yml",
)
FOLDERS = ("rules", "phrases")


@dataclass(frozen=True)
class Content:
    """The parsed content: each file by its path under `knowledge/`, and the sha256 over the bytes of all of them."""

    files: Mapping[str, Any]
    sha256: str

    def part(self, name: str) -> Any:
        """The block `name` of the file that has it at its top level; rule files share one space of names."""
        return next((f[name] for f in self.files.values() if isinstance(f, Mapping) and name in f), None)

    def folder(self, name: str) -> dict[str, Any]:
        return {path: f for path, f in self.files.items() if path.startswith(f"{name}/")}


def read_content(folder: Path) -> Content:
    """Everything under `folder` that the knowledge base is built from.

    Raises InputError naming every missing file and every YAML fault with its line.
    """
    paths = [folder / name for name in SINGLE_FILES]
    paths += [path for name in FOLDERS for path in sorted((folder / name).glob("*.yml"))]
    files: dict[str, Any] = {}
    problems: list[str] = []
    digest = hashlib.sha256()
    for path in paths:
        try:
            written = path.read_bytes()
            files[path.relative_to(folder).as_posix()] = yaml.load(written, Loader)  # noqa: S506
            digest.update(path.name.encode() + b"\0" + written + b"\0")
        except FileNotFoundError:
            problems.append(f"{path}: the file is missing; restore it from the repository")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f"line {mark.line + 1}: " if mark else ""
            problems.append(f"{path}: {line}{getattr(error, 'problem', error)}; correct the YAML")
    if problems:
        raise InputError(*problems)
    return Content(files, digest.hexdigest())
