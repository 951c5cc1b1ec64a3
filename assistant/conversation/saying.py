"""One thing said: its text, the buttons below it, and what a channel that can carry content gets beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.knowledge_base.reading import Knowledge
from assistant.triage.rules import Evidence


@dataclass(frozen=True)
class Say:
    """A message to the person. `buttons` are the words that tapping sends; `custom` is the contract's section 4."""

    text: str
    buttons: tuple[str, ...] = ()
    custom: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Voice:
    """The sentences of one knowledge base for one locale ("en-GB")."""

    knowledge: Knowledge
    locale: str = ""

    def text(self, name: str, **filled: Any) -> str:
        """The message `name` with its places filled in; emergency and crisis numbers come by locale."""
        return self.local(str(self.knowledge.messages[name]), **filled)

    def local(self, template: str, **filled: Any) -> str:
        """A sentence with its places filled in."""
        return template.format(
            emergency_number=self._local("emergency_numbers"),
            crisis_line=self._local("crisis_lines"),
            safety_line=self.knowledge.messages["safety_line"],
            **filled,
        )

    def name(self, term: str) -> str:
        return str(self.knowledge.messages["names"][term])

    def quote(self, evidence: Evidence) -> str:
        """A quoted sentence with the label of its source, as a line of its own."""
        return f"> “{evidence.quote}” — {self.label(evidence)}"

    def label(self, evidence: Evidence) -> str:
        label = str(self.knowledge.messages[f"source_{evidence.source}"])
        return f"{label}: {evidence.named}" if evidence.named else label

    def _local(self, kind: str) -> str:
        numbers: Mapping[str, Any] = self.knowledge.messages[kind]
        return str(numbers.get(self.locale[-2:].upper(), numbers["general"]))
