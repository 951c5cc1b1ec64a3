"""What is only supposed or asked about: answered from the guidance, never counted."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session


def supposed(ids: Iterable[str], voice: Voice) -> list[str]:
    """The lines that say what is known about signs of a what-if; none where nothing is."""
    book, evidence = voice.knowledge.book, voice.knowledge.evidence
    quotes = [voice.quote(e) for f in ids for e in evidence.get(book.findings[f].source or f, ())[:1]]
    return [voice.text("hypothetical"), *quotes[:2]] if quotes else []


def imagine(session: Session, ids: tuple[str, ...], voice: Voice) -> tuple[Session, list[Say]]:
    """Answers a what-if without setting anything, and asks once whether it is so."""
    lines = [*supposed(ids, voice), voice.text("hypothetical_ask")]
    buttons = (voice.text("yes_option"), voice.text("no_option"))
    return session.told(imagined=ids, greeted=True), [Say("\n".join(lines), buttons)]
