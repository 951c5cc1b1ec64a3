"""The questions as an adaptive form (SDC `Questionnaire/$next-question`): the answers so far go in, the next question or the
result comes out. Nothing is kept; the questions and their order are those of the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.clinic.fhir.adaptive_answers import OURS, TOLD, Given, answers_of, taken
from assistant.clinic.fhir.adaptive_items import Item, alert_item, form, question_item, result_item, result_of
from assistant.clinic.fhir.adaptive_told import told_in, told_items
from assistant.clinic.fhir.checking import normal
from assistant.clinic.fhir.codes import BASE, Resource
from assistant.clinic.wording import Wording
from assistant.conversation.alerting import alert
from assistant.conversation.asking import ask, next_to_ask
from assistant.conversation.hearing import Heard, Told
from assistant.conversation.planning import plan
from assistant.conversation.posing import by_id, narrowed
from assistant.conversation.remembering import remember
from assistant.conversation.saying import Say, Voice
from assistant.conversation.session import Session
from assistant.errors import InputError
from assistant.triage.decide import decide, settled
from assistant.triage.rules import Question

ADAPTIVE = f"{BASE}/Questionnaire/psoas-walking"
INPUT = "questionnaire-response"
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{2})?")


@dataclass
class Filling:
    """A form on its way: the session that the answers so far make, and the items shown for it in their order."""

    words: Wording
    voice: Voice
    session: Session = field(default_factory=Session)
    items: dict[str, Item] = field(default_factory=dict)
    alerts: list[Say] = field(default_factory=list)

    def link(self, question: str) -> str:
        """The id of the item that asks this question next: `now`, then `now.2`."""
        tries = (f"{question}.{n}" if n > 1 else question for n in range(1, len(self.items) + 2))
        return next(link for link in tries if link not in self.items)

    def put(self, question: Question, link: str) -> None:
        """Put a question, as the conversation puts it."""
        session = self.session
        more = session.asked == question.id and any(f in session.findings for f in question.findings)
        self.session, say = ask(session, question, self.voice, more=more)
        self.items[link] = question_item(link, question, say, self.words)

    def take(self, question: Question, link: str, given: Given) -> None:
        """Put a question and take its answer; a warning sign in it is answered at once."""
        self.put(question, link)
        self._alert_after(link, taken(self.session, question, given, self.words.knowledge))

    def hear(self, told: Told) -> None:
        """Take in what is known before the first question, as the conversation takes in what its first message tells."""
        self.items |= {item["linkId"]: item for item in told_items([*told.values, *told.unsure], self.words)}
        session, _, _ = remember(self.session, Heard(), told, self.words.knowledge.book)
        self._alert_after(TOLD, session)

    def _alert_after(self, link: str, session: Session) -> None:
        before = session.alerted
        self.session, self.alerts = alert(session, self.voice)
        if self.alerts and self.session.alerted != before:
            item = alert_item(self.alerts[0], link)
            self.items[item["linkId"]] = item


def next_question(asked: Mapping[str, Any], words: Wording) -> Resource:
    """The response with the next question in its contained questionnaire, or completed with the result.

    `asked` is a QuestionnaireResponse, or Parameters with one. Raises InputError naming everything that cannot be read.
    """
    given = response_in(asked)
    filling = Filling(words, Voice(words.knowledge, _locale(given)))
    filling.hear(told_in(given, words.knowledge.book))
    pending = _fill(filling, answers_of(given, words.knowledge))
    if pending is None:
        return _completed(given, filling)
    filling.put(pending, filling.link(pending.id))
    return _with(given, filling, "in-progress", [])


def response_in(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The response that was sent. Raises InputError where it has another shape, or is not one to this form."""
    asked = normal(asked)
    if asked["resourceType"] == "Parameters":
        asked = next((p.get("resource") or {} for p in asked.get("parameter", ()) if p.get("name") == INPUT), {})
    if asked.get("resourceType") != "QuestionnaireResponse":
        raise InputError(f"give a QuestionnaireResponse, or Parameters with one named {INPUT}")
    if asked["status"] != "in-progress":
        raise InputError(
            f"QuestionnaireResponse.status: it is {asked['status']}; only one that is in-progress can go on"
        )
    _check_form(asked)
    return dict(asked)


def _check_form(given: Mapping[str, Any]) -> None:
    named = str(given.get("questionnaire") or ADAPTIVE)
    contained = [r for r in given.get("contained", ()) if r["resourceType"] == "Questionnaire"]
    names = [named] if not named.startswith("#") else []
    names += [str(name) for r in contained for name in r.get("derivedFrom", ())]
    for name in names:
        if name.split("|")[0] != ADAPTIVE:
            raise InputError(f"QuestionnaireResponse.questionnaire: there is no {name[:200]!r} here; give {ADAPTIVE}")
    if named.startswith("#") and named[1:] not in {r.get("id") for r in contained}:
        raise InputError(f"QuestionnaireResponse.questionnaire: {named[:200]!r} is not contained")


def _locale(given: Mapping[str, Any]) -> str:
    language = str(given.get("language") or "")
    return language if LANGUAGE.fullmatch(language) else ""


def _fill(filling: Filling, left: dict[str, Given]) -> Question | None:
    """Ask and take answers as the conversation does; the first question that has no answer yet, None at the end.

    An answer whose question would not be asked (any more), because an earlier one was changed, counts all the same, so that
    no warning sign is lost.
    """
    knowledge = filling.words.knowledge
    while True:
        question = next_to_ask(filling.session, knowledge)
        link = filling.link(question.id) if question else ""
        if link not in left:
            if not left:
                return question
            link = next(iter(left))
            question = by_id(left[link].question, knowledge)
            question = question and narrowed(question, settled(filling.session.findings, knowledge.book), knowledge)
        if question is not None:
            filling.take(question, link, left.pop(link))


def _completed(given: dict[str, Any], filling: Filling) -> Resource:
    words, session = filling.words, filling.session
    assessment = decide(session.findings, words.knowledge.book)
    said = filling.alerts or [plan(session, filling.voice)]
    filling.items["result"] = result_item(assessment, words)
    return _with(given, filling, "completed", [result_of(assessment, said, words)])


def _with(given: dict[str, Any], filling: Filling, status: str, more: list[Item]) -> Resource:
    told = [i for i in given.get("item", ()) if str(i["linkId"]).split(".")[0] not in OURS]
    contained = [r for r in given.get("contained", ()) if r["resourceType"] != "Questionnaire"]
    questionnaire = form(list(filling.items.values()), ADAPTIVE, filling.words)
    made = {
        **given,
        "contained": [questionnaire, *contained],
        "questionnaire": f"#{questionnaire['id']}",
        "status": status,
    }
    made.pop("item", None)
    items = [*told, *more]
    return {**made, "item": items} if items else made
