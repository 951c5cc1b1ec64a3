"""Writes a built knowledge base into its file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from assistant.knowledge_base import tables as t
from assistant.knowledge_base.claims import Claim
from assistant.knowledge_base.content import Content
from assistant.knowledge_base.documents import Passage

ROLES = ("say", "unless", "deny")
TEXT_PARTS = (
    "facts",
    "implied",
    "assumed",
    "unsure",
    "messages",
    "measures",
    "answers",
    "topics",
    "synonyms",
    "clearing",
    "pictures",
)


@dataclass(frozen=True)
class Build:
    """All that goes into one knowledge base file."""

    content: Content
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    support: Mapping[str, Sequence[Passage]]
    doses: Mapping[tuple[str, str], tuple[tuple[float, float], Passage]]
    dropped: frozenset[str]
    version: str
    sha256: str


def write(output: Path, build: Build) -> None:
    """Write the file beside its place and move it there in one step; a failure leaves an older file as it was."""
    output.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=output.parent, prefix=output.name, suffix=".part")
    os.close(number)
    engine = create_engine(f"sqlite:///{name}", future=True)
    try:
        with engine.begin() as connection:
            t.METADATA.create_all(connection)
            _fill(connection, build)
            _index(connection)
        engine.dispose()
        Path(name).chmod(0o644)
        os.replace(name, output)  # noqa: PTH105
    finally:
        engine.dispose()
        with suppress(FileNotFoundError):
            os.remove(name)  # noqa: PTH107


def _fill(connection: Connection, build: Build) -> None:
    content = build.content
    kept = [r for r in _rules(content) if r["id"] not in build.dropped]
    exercises = [e for e in content.part("exercises") if e["id"] not in build.dropped]
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (t.STAMP, [{"name": "version", "value": build.version}, {"name": "sha256", "value": build.sha256}]),
        (t.SOURCES, [{"id": s["id"], "written": s} for s in content.part("sources")]),
        (t.PASSAGES, [_passage(p) for p in build.passages]),
        (t.CLAIMS, [{"id": c.id, "kind": c.kind, "says": c.says} for c in build.claims]),
        (
            t.SUPPORT,
            [{"claim": c, "rank": n, "passage": p.id} for c, ps in build.support.items() for n, p in enumerate(ps)],
        ),
        (t.FINDINGS, _numbered(content.part("findings"))),
        (t.PHRASES, list(_phrases(content))),
        (t.WORD_CLASSES, list(_word_classes(content))),
        (t.RULES, [{"position": n, **r} for n, r in enumerate(kept)]),
        (t.EXERCISES, _numbered(exercises)),
        (t.DOSES, [_dose(key, amount, p) for key, (amount, p) in build.doses.items()]),
        (t.QUESTIONS, _numbered(content.part("questions"))),
        (t.TEXTS, [{"name": n, "written": content.part(n)} for n in TEXT_PARTS]),
        (t.TEXTS, [{"name": "cues", "written": content.files["cues.yml"]}]),
    ]
    for table, values in rows:
        if values:
            connection.execute(table.insert(), values)


def _index(connection: Connection) -> None:
    """The full-text index that side questions are answered from."""
    connection.execute(
        text("CREATE VIRTUAL TABLE search USING fts5(id UNINDEXED, section, text, tokenize='porter unicode61')")
    )
    connection.execute(
        text("INSERT INTO search SELECT id, section, text FROM passages WHERE source = 'document' ORDER BY rowid")
    )


def _rules(content: Content) -> list[dict[str, Any]]:
    kinds = ("care", "walking", "corrections")
    return [{"kind": kind, "id": r["id"], "written": r} for kind in kinds for r in content.part(kind)]


def _numbered(written: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": n, "id": w["id"], "written": w} for n, w in enumerate(written)]


def _passage(p: Passage) -> dict[str, Any]:
    place = {"id": p.id, "source": p.source, "section": p.section, "start": p.start, "end": p.end}
    return {**place, "text": p.text, "anchor": p.anchor}


def _dose(key: tuple[str, str], amount: tuple[float, float], p: Passage) -> dict[str, Any]:
    return {"exercise": key[0], "measure": key[1], "low": str(amount[0]), "high": str(amount[1]), "passage": p.id}


def _phrases(content: Content) -> Any:
    position = 0
    for file, written in content.folder("phrases").items():
        for finding, block in (written.get("findings") or {}).items():
            values = {None: block} if set(block) <= set(ROLES) else block
            for value, roles in values.items():
                for role in ROLES:
                    for pattern in roles.get(role) or ():
                        row = {
                            "position": position,
                            "file": file,
                            "finding": finding,
                            "role": role,
                            "pattern": str(pattern),
                        }
                        yield {**row, "value": None if value is None else str(value)}
                        position += 1


def _word_classes(content: Content) -> Any:
    files = content.folder("phrases").items()
    listed = ((file, name, phrase) for file, f in files for name, ps in (f.get("words") or {}).items() for phrase in ps)
    for position, (file, name, phrase) in enumerate(listed):
        yield {"position": position, "file": file, "name": name, "phrase": str(phrase)}
