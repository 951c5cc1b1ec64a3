"""Actions for what a person reports, answers, changes or takes back."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, take_turn
from assistant.conversation import asides, turns


class ActionTakeAnswer(Action):
    """Reads the message against the open question, remembers what it says, and goes on."""

    def name(self) -> str:
        return "action_take_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, turns.tell)


class ActionAnswerRedFlag(Action):
    """Answers a warning sign in the turn it was said in."""

    def name(self) -> str:
        return "action_answer_red_flag"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, turns.tell)


class ActionChangeAnswer(Action):
    """Changes an earlier answer."""

    def name(self) -> str:
        return "action_change_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, turns.change)


class ActionGoBack(Action):
    """Takes the last answer back and asks its question again."""

    def name(self) -> str:
        return "action_go_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.go_back)


class ActionWithdraw(Action):
    """Takes back a warning sign that was misread or was never meant."""

    def name(self) -> str:
        return "action_withdraw"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, turns.withdraw)
