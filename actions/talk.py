"""Actions for greetings, side questions and talk."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, take_turn
from assistant.conversation import asides


class ActionGreet(Action):
    """Says what this is and is not, and begins."""

    def name(self) -> str:
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.greet)


class ActionAnswerFromDocument(Action):
    """Answers a question from the document, with quotes."""

    def name(self) -> str:
        return "action_answer_from_document"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.document_question)


class ActionSmallTalk(Action):
    """A friendly line, and back to the question."""

    def name(self) -> str:
        return "action_small_talk"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.small_talk)


class ActionThank(Action):
    """Takes thanks."""

    def name(self) -> str:
        return "action_thank"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.thank)


class ActionSayGoodbye(Action):
    """Says goodbye with the safety line."""

    def name(self) -> str:
        return "action_say_goodbye"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.goodbye)


class ActionOutOfScope(Action):
    """Says who to ask instead."""

    def name(self) -> str:
        return "action_out_of_scope"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.out_of_scope)
