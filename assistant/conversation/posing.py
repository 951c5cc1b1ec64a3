"""The question that is open, wherever it comes from: the rulebook's list, one that clears up what was said, or one finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.conversation.session import Session
from assistant.knowledge_base.reading import Knowledge
from assistant.language.answers import Asked, Choice
from assistant.triage.conditions import Findings
from assistant.triage.decide import settled
from assistant.triage.rules import Finding, Option, Question


def question_of(session: Session, knowledge: Knowledge) -> Question | None:
    """The question that is open, as it is put to this person; None where there is none."""
    question = by_id(session.asked or "", knowledge)
    if question is None:
        return None
    return narrowed(question, settled_for(question, session, knowledge), knowledge)


def settled_for(question: Question, session: Session, knowledge: Knowledge) -> Findings:
    """What need not be offered again: nothing where a question asks anew for what is known already."""
    anew = session.revising or question.said
    return {} if anew else settled(session.findings, knowledge.book)


def by_id(asked: str, knowledge: Knowledge) -> Question | None:
    """The question of this id, or the one about the finding of this id alone."""
    book = knowledge.book
    own = next((q for q in (*book.questions, *book.clearing) if q.id == asked), None)
    if own is not None or asked not in book.findings:
        return own
    return about(book.findings[asked], knowledge)


def about(finding: Finding, knowledge: Knowledge) -> Question:
    """A question about one finding alone, in the vocabulary's own words."""
    evidence = knowledge.evidence.get(finding.source or finding.id, ())
    options = tuple(_options(finding, knowledge))
    return Question(
        finding.id, (finding.id,), finding.type, finding.ask, finding.ask, finding.source, evidence[:1], options
    )


def _options(finding: Finding, knowledge: Knowledge) -> Iterable[Option]:
    if finding.type == "yes_no":
        yes, no = (str(knowledge.messages[f"{word}_option"]) for word in ("yes", "no"))
        return (Option("yes", yes, {finding.id: True}), Option("no", no, {finding.id: False}))
    many = finding.type == "many"
    return (Option(v, label, {finding.id: [v] if many else v}) for v, label in finding.values.items())


def narrowed(question: Question, known: Findings, knowledge: Knowledge) -> Question:
    """A list of which one finding alone is left asks for that one, plainly."""
    left = offered(question, known)
    if not grouped(question) or len(left) != 1:
        return question
    return replace(about(knowledge.book.findings[left[0]], knowledge), id=question.id, evidence=question.evidence)


def grouped(question: Question) -> bool:
    """Whether the question is a list over several findings."""
    return question.kind == "many" and len(question.findings) > 1


def offered(question: Question, known: Findings) -> tuple[str, ...]:
    """The findings of a question that are still unknown: only these are asked again."""
    return tuple(f for f in question.findings if known.get(f) is None)


def asked_of(question: Question, known: Findings, knowledge: Knowledge) -> Asked:
    """The question in the form the answer reader wants it; choices that are already settled are left out."""
    ids = offered(question, known) or question.findings
    options = [o for o in question.options if not grouped(question) or set(o.sets) & set(ids)]
    choices = tuple(Choice(o.value, o.label, o.sets, o.otherwise) for o in options)
    return Asked(ids, question.kind, choices, {f: knowledge.book.findings[f].type for f in ids})
