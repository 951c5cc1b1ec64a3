"""Builds the knowledge base file: documents and YAML in, one SQLite file out, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.claim_file import load_claims
from assistant.knowledge_base.claims import Claim, find_support, read_claim
from assistant.knowledge_base.content import Content, read_content
from assistant.knowledge_base.documents import Passage, read_document
from assistant.knowledge_base.rulebook import assemble
from assistant.knowledge_base.writing import Build, write
from assistant.triage.rules import Evidence

VERSION = "1"
"""Raised when the layout of the file changes, so that an old file is built anew."""
DOCUMENT, SUPPLEMENT = "document", "safety_supplement"
Support = Mapping[str, Sequence[Passage]]
Doses = dict[tuple[str, str], tuple[tuple[float, float], Passage]]


@dataclass(frozen=True)
class Report:
    """What a build did: how many passages and claims, the rules left out, and the stamp of the file."""

    passages: int
    claims: int
    dropped: tuple[str, ...]
    sha256: str


def fingerprint(folder: Path, document: Path | None = None) -> str:
    """The sha256 that a knowledge base built now would carry; compare it to see whether a file is stale."""
    return _digest(read_content(folder), _documents(folder, document))


def build(folder: Path, output: Path, document: Path | None = None, *, allow_missing: bool = False) -> Report:
    """Build the knowledge base of `folder` into the file `output`; `document` takes the place of the built-in one.

    Raises InputError where content cannot be read, or (unless `allow_missing`) where the document leaves claims without
    support; then no file is written and an older one stays.
    """
    content = read_content(folder)
    paths = _documents(folder, document)
    passages = {source: read_document(path, source) for source, path in paths.items()}
    listed = load_claims(folder / "claims.yml")
    claims = listed.claims
    support = find_support(listed, passages[DOCUMENT])
    quoted = evidence_of(support, passages[SUPPLEMENT])
    missing = [c for c in claims if not support.get(c.id)]
    dropped = _resting_on_nothing(content, quoted)
    _refuse(paths[DOCUMENT], claims, missing, content, allow_missing=allow_missing)
    doses = _doses(content, {c.id: c for c in claims}, support, passages[SUPPLEMENT], dropped)
    sha256 = _digest(content, paths)
    amounts = {key: amount for key, (amount, _) in doses.items()}
    book = assemble(content.part, quoted, amounts, dropped, VERSION, sha256)
    kept = tuple(p for source in passages.values() for p in source)
    write(output, Build(content, kept, tuple(claims), support, doses, dropped, VERSION, sha256))
    return Report(len(kept), len(claims) - len(missing), tuple(sorted(dropped)), book.sha256)


def evidence_of(support: Support, supplement: Sequence[Passage]) -> Callable[[str], Sequence[Evidence]]:
    """A look-up of the sentences behind a name: an anchor of the supplement, or a claim of the document."""
    anchored = {p.anchor: p for p in supplement if p.anchor}

    def look_up(name: str) -> Sequence[Evidence]:
        found = (anchored[name],) if name in anchored else support.get(name, ())
        return tuple(Evidence(p.source, p.anchor or p.id, p.text, p.section) for p in found)

    return look_up


def _documents(folder: Path, document: Path | None) -> dict[str, Path]:
    texts = folder / "documents"
    return {DOCUMENT: document or texts / "psoas_walking.md", SUPPLEMENT: texts / "safety_supplement.md"}


def _digest(content: Content, paths: Mapping[str, Path]) -> str:
    digest = hashlib.sha256(f"{VERSION} {content.sha256}".encode())
    for source, path in paths.items():
        digest.update(source.encode() + (path.read_bytes() if path.exists() else b""))
    return digest.hexdigest()


def resting(content: Content) -> dict[str, list[str]]:
    """Each rule, correction and exercise with the claims and anchors it rests on."""
    rules = (r for kind in ("care", "walking", "corrections", "exercises") for r in content.part(kind))
    return {r["id"]: list(r["because"]) for r in rules}


def _resting_on_nothing(content: Content, quoted: Callable[[str], Sequence[Evidence]]) -> frozenset[str]:
    return frozenset(rule for rule, names in resting(content).items() if not any(quoted(n) for n in names))


def _refuse(
    path: Path, claims: Sequence[Claim], missing: Sequence[Claim], content: Content, *, allow_missing: bool
) -> None:
    """Stop on an unrelated document always, and on one that supports only part unless that is allowed."""
    if len(missing) * 10 > len(claims) * 9:
        raise InputError(
            f"{path}: supports {len(claims) - len(missing)} of {len(claims)} claims, so it is about something else; "
            "give a document on walking with a tight psoas"
        )
    if not missing or allow_missing:
        return
    rests = resting(content)
    lines = [f"{path}: {len(missing)} of {len(claims)} claims have no sentence that supports them:"]
    for claim in missing:
        rules = ", ".join(rule for rule, names in rests.items() if claim.id in names) or "no rule"
        lines.append(f"  {claim.id} ({claim.says}) - rests on it: {rules}")
    raise InputError(*lines, "Add what is missing to the document, or build without these rules with --allow-missing.")


def _doses(
    content: Content,
    claims: Mapping[str, Claim],
    support: Support,
    supplement: Sequence[Passage],
    dropped: frozenset[str],
) -> Doses:
    """Every dose with the sentence that states it. A document's own number is read from its sentence."""
    anchored = {p.anchor: p for p in supplement if p.anchor}
    doses: Doses = {}
    problems: list[str] = []
    for exercise in content.part("exercises"):
        for dose in exercise.get("dose", ()) if exercise["id"] not in dropped else ():
            key = (exercise["id"], dose["measure"])
            if "claim" in dose:
                found = [(read_claim(claims[dose["claim"]], p), p) for p in support.get(dose["claim"], ())]
                stated = next(((amount, p) for amount, p in found if amount), None)
                if stated:
                    doses[key] = stated
            elif dose["anchor"] in anchored and _states(anchored[dose["anchor"]], dose["amount"]):
                doses[key] = ((dose["amount"][0], dose["amount"][1]), anchored[dose["anchor"]])
            else:
                problems.append(
                    f"rules/exercises.yml: {key[0]}: {key[1]}: {dose['anchor']} does not state {dose['amount']}"
                )
    if problems:
        raise InputError(*problems)
    return doses


def _states(passage: Passage, amount: Sequence[float]) -> bool:
    words: list[Any] = passage.text.replace("(", " ").replace(",", " ").split()
    return all(str(number) in words for number in amount)
