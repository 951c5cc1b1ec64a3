"""Actions for what can be said at any moment, without losing the place."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import Restarted
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events, take_turn
from assistant.conversation import asides


class ActionExplainWhy(Action):
    """Gives the quoted reason for the question that is open."""

    def name(self) -> str:
        return "action_explain_why"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.why)


class ActionRecall(Action):
    """Lists what was told so far."""

    def name(self) -> str:
        return "action_recall"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.recall)


class ActionStartOver(Action):
    """Clears everything and begins again."""

    def name(self) -> str:
        return "action_start_over"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.start_over)


class ActionStop(Action):
    """Stops asking."""

    def name(self) -> str:
        return "action_stop"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.stop)


class ActionHelp(Action):
    """Says what can be typed."""

    def name(self) -> str:
        return "action_help"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.help_)


class ActionSummary(Action):
    """Sums up for a clinician."""

    def name(self) -> str:
        return "action_summary"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.summary)


class ActionTellMore(Action):
    """Opens one part of the plan."""

    def name(self) -> str:
        return "action_tell_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.more)


class ActionDeleteMyData(Action):
    """Forgets what was told, and what Rasa kept of it."""

    def name(self) -> str:
        return "action_delete_my_data"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return [Restarted(), *take_turn(tracker, dispatcher, asides.delete)]


class ActionGoOn(Action):
    """Picks up where it stopped."""

    def name(self) -> str:
        return "action_go_on"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        return take_turn(tracker, dispatcher, asides.go_on)
