"""Opens a knowledge base file and gives back what the doors need: rulebook, word content, texts and search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from assistant.errors import InputError
from assistant.knowledge_base import tables as t
from assistant.knowledge_base.rulebook import assemble
from assistant.triage.rules import Evidence, Rulebook


@dataclass(frozen=True)
class Knowledge:
    """One knowledge base, read into memory.

    `phrase_files`, `cues` and `measures` are word content in the shape of the YAML files; `evidence` gives the quoted
    sentences of a claim id or an anchor; `sources` the label of each source.
    """

    path: Path
    book: Rulebook
    findings: tuple[Mapping[str, Any], ...]
    phrase_files: Mapping[str, Any]
    cues: Mapping[str, Any]
    measures: Mapping[str, Any]
    messages: Mapping[str, Any]
    answers: Mapping[str, Any]
    topics: tuple[Mapping[str, Any], ...]
    pictures: tuple[Mapping[str, Any], ...]
    synonyms: Mapping[str, list[str]]
    evidence: Mapping[str, tuple[Evidence, ...]]
    sources: Mapping[str, Mapping[str, Any]]
    passages: Mapping[str, Evidence]


def stamp_of(path: Path) -> str:
    """The sha256 stamped into a knowledge base file, "" where there is no readable file."""
    try:
        now = path.stat()
        return _stamp(path, (now.st_mtime_ns, now.st_ino, now.st_size))
    except (OSError, sqlite3.DatabaseError, TypeError):
        return ""


@lru_cache(maxsize=16)
def _stamp(path: Path, _state: tuple[int, ...]) -> str:
    """Looked up at every turn, so it is remembered until the file is another one or was written to."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return str(connection.execute("SELECT value FROM stamp WHERE name = 'sha256'").fetchone()[0])


def open_knowledge(path: Path) -> Knowledge:
    """Read the file at `path`. Raises InputError where it is missing, damaged or no knowledge base."""
    if not stamp_of(path):
        raise InputError(f"{path}: there is no knowledge base here; run `psoas knowledge build`")
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true", future=True)
    try:
        with engine.connect() as connection:
            if connection.execute(text("PRAGMA quick_check")).scalar() != "ok":
                raise InputError(f"{path}: the knowledge base is damaged; run `psoas knowledge build`")
            return _read(path, connection)
    except DatabaseError:
        raise InputError(f"{path}: the knowledge base is damaged; run `psoas knowledge build`") from None
    finally:
        engine.dispose()


def _read(path: Path, connection: Connection) -> Knowledge:
    texts = {row.name: row.written for row in connection.execute(select(t.TEXTS))}
    stamp = {row.name: row.value for row in connection.execute(select(t.STAMP))}
    rules = connection.execute(select(t.RULES).order_by(t.RULES.c.position)).all()
    passages = {row.id: row for row in connection.execute(select(t.PASSAGES))}
    sources = {row.id: row.written for row in connection.execute(select(t.SOURCES))}
    guidance = {number: str(name) for s in sources.values() for number, name in (s.get("guidance") or {}).items()}
    evidence = _evidence(connection, passages, guidance)
    parts: dict[str, Any] = {
        **texts,
        **{kind: [r.written for r in rules if r.kind == kind] for kind in ("care", "walking", "corrections")},
        **{name: _written(connection, table) for name, table in _LISTS.items()},
    }
    doses = {(d.exercise, d.measure): (float(d.low), float(d.high)) for d in connection.execute(select(t.DOSES))}
    whole = {key: (_whole(low), _whole(high)) for key, (low, high) in doses.items()}
    return Knowledge(
        path=path,
        book=assemble(
            parts.__getitem__,
            lambda name: evidence.get(name, ()),
            whole,
            frozenset(),
            stamp["version"],
            stamp["sha256"],
        ),
        findings=tuple(parts["findings"]),
        phrase_files=_phrase_files(connection),
        cues=texts["cues"],
        measures=texts["measures"],
        messages=texts["messages"],
        answers=texts["answers"],
        topics=tuple(texts["topics"]),
        pictures=tuple(texts.get("pictures", ())),
        synonyms=texts["synonyms"],
        evidence=evidence,
        sources=sources,
        passages={row.id: _quoted(row, guidance) for row in passages.values()},
    )


_LISTS = {"findings": t.FINDINGS, "exercises": t.EXERCISES, "questions": t.QUESTIONS}


def _whole(number: float) -> float:
    return int(number) if number.is_integer() else number


def _written(connection: Connection, table: Any) -> list[Any]:
    return [row.written for row in connection.execute(select(table).order_by(table.c.position))]


_MARKS = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBER = re.compile(r"\bS\d+[a-d]?\b")


def _evidence(
    connection: Connection, passages: Mapping[str, Any], guidance: Mapping[str, str]
) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, tuple[Evidence, ...]] = {}
    for row in connection.execute(select(t.SUPPORT).order_by(t.SUPPORT.c.claim, t.SUPPORT.c.rank)):
        p = passages[row.passage]
        found[row.claim] = (*found.get(row.claim, ()), _quoted(p, guidance))
    for p in passages.values():
        if p.anchor:
            found[p.anchor] = (_quoted(p, guidance),)
    return found


def _quoted(passage: Any, guidance: Mapping[str, str]) -> Evidence:
    """A passage as evidence: "Do 2 to 3 holds. (S46 V)" is the sentence, and the names of the guidance behind it."""
    marks = _MARKS.search(passage.text) if passage.anchor else None
    words = passage.text[: marks.start()].rstrip() if marks else passage.text
    names = dict.fromkeys(guidance[n] for n in _NUMBER.findall(marks.group()) if n in guidance) if marks else {}
    return Evidence(passage.source, passage.anchor or passage.id, words, passage.section, "; ".join([*names][:2]))


def _phrase_files(connection: Connection) -> dict[str, Any]:
    """The phrase files as they were written, so that the lexicon is compiled the same way from either."""
    files: dict[str, Any] = {}
    for row in connection.execute(select(t.WORD_CLASSES).order_by(t.WORD_CLASSES.c.position)):
        file = files.setdefault(row.file, {"words": {}, "findings": {}})
        file["words"].setdefault(row.name, []).append(row.phrase)
    for row in connection.execute(select(t.PHRASES).order_by(t.PHRASES.c.position)):
        file = files.setdefault(row.file, {"words": {}, "findings": {}})
        block = file["findings"].setdefault(row.finding, {})
        block = block if row.value is None else block.setdefault(row.value, {})
        block.setdefault(row.role, []).append(row.pattern)
    return files


def search(knowledge: Knowledge, words: list[list[str]], limit: int = 3) -> list[Evidence]:
    """The passages of the document that bring together one of each group of words, best first (bm25)."""
    groups = [" OR ".join(f'"{_letters(w)}"' for w in group if _letters(w)) for group in words]
    query = " AND ".join(f"({group})" for group in groups if group)
    if not query:
        return []
    with sqlite3.connect(f"file:{knowledge.path}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT id FROM search WHERE search MATCH ? ORDER BY bm25(search), rowid LIMIT ?", (query, limit)
        ).fetchall()
    return [knowledge.passages[row[0]] for row in rows]


def _letters(word: str) -> str:
    return re.sub(r"[^\w ]", "", word)
