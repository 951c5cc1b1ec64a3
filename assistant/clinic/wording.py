"""The words that a case is handed over in: those of `knowledge/handover.yml`, and the names of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import yaml

from assistant.conversation.naming import joined
from assistant.knowledge_base.reading import Knowledge, open_knowledge, stamp_of
from assistant.settings import CONTENT, knowledge_path
from assistant.triage.rules import Correction, Exercise, Finding

FILE = CONTENT / "handover.yml"
NONE = "none"
"""What tapping "None of these" sends."""


@dataclass(frozen=True)
class Wording:
    """`written` is the block of `handover.yml`; a name that the knowledge base does not know (any more) stands for itself."""

    written: Mapping[str, Any]
    knowledge: Knowledge

    def text(self, name: str, **filled: Any) -> str:
        """The sentence `name` with its places filled in."""
        return str(self.written[name]).format(**filled)

    def part(self, name: str, key: str, **filled: Any) -> str:
        """The sentence `key` of the block `name`; the key itself where it is not there."""
        return str(self.written[name].get(key, key)).format(**filled)

    def label(self, finding: str) -> str:
        """What a finding is called."""
        known = self.finding(finding)
        return str(self.written["labels"].get(finding) or (known.label if known else finding))

    def labels(self, findings: Iterable[str]) -> str:
        return joined([self.label(f) for f in findings])

    def finding(self, finding: str) -> Finding | None:
        return self.knowledge.book.findings.get(finding)

    def group(self, finding: str) -> str:
        """Where a finding belongs: the level of a warning sign, else about or modifier, else other."""
        known = self.finding(finding)
        return "other" if known is None else known.level or known.kind

    def value(self, finding: str, value: Any) -> str:
        """What was found, in words: yes, no, a number, or the words of one or several values."""
        if isinstance(value, bool):
            return self.text("yes" if value else "no")
        if isinstance(value, list | tuple):
            return joined([self._one(finding, v) for v in value])
        return self.text("unknown").lower() if value is None else self._one(finding, value)

    def _one(self, finding: str, value: Any) -> str:
        known = self.finding(finding)
        own = (self.written["values"].get(finding) or {}).get(str(value))
        return str(own or (known.values.get(str(value), value) if known else value))

    def told(self, findings: Mapping[str, Any]) -> str:
        """Findings with their values in one line: "numbness between the legs, age: 50 to 69"."""
        return joined([self._told(f, value) for f, value in findings.items()])

    def _told(self, finding: str, value: Any) -> str:
        return self.label(finding) if value is True else f"{self.label(finding)}: {self.value(finding, value)}"

    def name(self, item: str) -> str:
        """The name of an exercise or a correction."""
        book = self.knowledge.book
        items: list[Exercise | Correction] = [*book.exercises, *book.corrections]
        return next((i.name for i in items if i.id == item), item)

    def tapped(self, finding: str, asked: str | None, text: str) -> tuple[list[str], bool] | None:
        """The labels of the options that a message chose about a finding and True; where it chose others alone, theirs and
        False; for "None of these" that label. None unless the message is nothing but choices of the question."""
        book = self.knowledge.book
        question = next((q for q in (*book.questions, *book.clearing) if q.id == asked), None)
        values = [value.strip() for value in text.split(",")]
        if question is None or not set(values) <= {NONE, *(o.value for o in question.options)}:
            return None
        if NONE in values:
            return [str(self.knowledge.messages["none_option"])], True
        chosen = [o for o in question.options if o.value in values]
        about = [o.label for o in chosen if finding in o.sets]
        return about or [o.label for o in chosen], bool(about)

    def dose(self, dose: Mapping[str, Any]) -> str:
        """A dose of the contract's section 3 in words: "hold 20 to 30 s, 2 to 3 times"."""
        amounts = [(measure, amount) for measure, amount in dose.items() if measure != "sources"]
        known = [self.text(f"dose_{measure}", amount=self._range(*amount)) for measure, amount in amounts]
        return ", ".join(known) or self.text("no_dose")

    def _range(self, low: float, high: float) -> str:
        return str(low) if low == high else self.text("range", low=low, high=high)

    def source(self, source: str) -> str:
        """The name of a source of quotes."""
        return str(self.written.get(f"source_{source}", source))


def wording() -> Wording:
    """The words of today's knowledge base. Raises InputError where there is none."""
    path = knowledge_path()
    return _wording(str(path), stamp_of(path))


@lru_cache(maxsize=2)
def _wording(path: str, stamp: str) -> Wording:
    return Wording(_written(), open_knowledge(knowledge_path()))


@cache
def _written() -> Mapping[str, Any]:
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["handover"])
