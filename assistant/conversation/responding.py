"""The one way into the conversation: a message is weighed, answered by what it is for, and the page is told of a calmed alert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.conversation import asides, turns
from assistant.conversation.alerting import calmed
from assistant.conversation.asides import Speak
from assistant.conversation.hearing import Heard
from assistant.conversation.misunderstanding import is_only
from assistant.conversation.posing import asked_of, question_of
from assistant.conversation.saying import Say
from assistant.conversation.turns import Spoken, Turn
from assistant.conversation.unclear import alarming, settled_words
from assistant.conversation.weighing import SELF_HARM, kind_of, said_of, weighed
from assistant.language.answers import tapped

DRIFTING: tuple[Speak, ...] = (
    asides.help_,
    asides.document_question,
    asides.small_talk,
    asides.out_of_scope,
    asides.more,
    asides.greet,
)
"""What the answer to "depends on what?" is easily taken for."""
UNDOING: Mapping[Speak, str] = {
    asides.start_over: "typed_start_over",
    asides.stop: "typed_stop",
    asides.delete: "typed_delete",
}
"""What would lose something that was said, and the message with the words that do it when they stand alone.
"Back" is a place too, so it is never asked about."""


def respond(speak: Speak, turn: Turn) -> Spoken:
    """What is answered to a message: by `speak`, unless its words call for something else."""
    knowledge = turn.voice.knowledge
    ticked = _ticked(turn)
    if ticked is not None:
        turn, speak = replace(turn, heard=Heard(turn.heard.text, ticked)), turns.tell
    heard = settled_words(weighed(turn.heard, knowledge), turn.session, knowledge.book)
    weighed_turn = replace(turn, heard=heard)
    session, spoken = _speaker(speak, weighed_turn)(weighed_turn)
    return session, calmed(turn.session, session, spoken)


def _ticked(turn: Turn) -> dict[str, bool] | None:
    """None unless the message is nothing but choices, which are then all that it says: {} where the open question offers them,
    to be read as its answer; else the findings of an older list that are named by their ids, each True."""
    if _offered(turn):
        return {}
    known = turn.voice.knowledge.book.findings
    named = [name.strip() for name in turn.heard.text.split(",")]
    ids = all(name in known and known[name].type == "yes_no" for name in named)
    return dict.fromkeys(named, True) if ids else None


def _offered(turn: Turn) -> bool:
    question = question_of(turn.session, turn.voice.knowledge)
    if question is None or question.kind not in ("one", "many"):
        return False
    return tapped(turn.heard.text, asked_of(question, {}, turn.voice.knowledge).choices) is not None


def _speaker(speak: Speak, turn: Turn) -> Speak:
    """Words of self-harm are answered before all else; a sign that is only named is no report."""
    heard, words = turn.heard, turn.voice.knowledge.answers
    if heard.findings.get(SELF_HARM) is True:
        return turns.tell
    if (
        speak in (turns.tell, turns.change)
        and turn.session.alerted
        and said_of(words["withdrawing"], heard.text)
        and not alarming(heard.findings, turn.voice.knowledge.book)
    ):
        return turns.withdraw
    depends = speak in DRIFTING and turn.session.depends and heard.empty
    if depends or (speak is asides.small_talk and is_only(heard, "acknowledging", turn.voice)):
        return turns.tell
    if speak is turns.tell and said_of(words["deleting"], heard.text):
        return _asking_back(UNDOING[asides.delete])
    if speak in UNDOING and (heard.findings or heard.denied or heard.other_person):
        return _asking_back(UNDOING[speak])
    if speak is not turns.tell or not heard.named or not heard.empty or heard.unsure:
        return speak
    kinds: dict[str, Speak] = {
        "change": turns.change,
        "why": asides.why,
        "recall": asides.recall,
        "question": turns.meaning,
        "misread": turns.withdraw,
    }
    return kinds.get(kind_of(heard.text, turn.voice.knowledge), speak)


def _asking_back(name: str) -> Speak:
    """The turn that takes in what the message reports and says first which words undo something when typed alone."""

    def turn_of(turn: Turn) -> Spoken:
        session, spoken = turns.tell(turn)
        return session, spoken if session.alerted else [Say(turn.voice.text(name)), *spoken]

    return turn_of
