"""One person's conversation through Slack, tapping and ticking whatever can be tapped and ticked."""

from __future__ import annotations

import html
from collections.abc import Sequence

from slack_person import Person, boxes, labels
from slack_server import Message, Slack


class SlackVisitor:
    """Answers by the controls of the last message that has any, and types the rest."""

    def __init__(self, slack: Slack) -> None:
        self.person = Person(slack)
        self.taps = 0

    def say(self, text: str, choices: Sequence[str] = ()) -> list[Message]:
        """What is answered to a text; ``choices`` are the labels that it stands for."""
        asking = next((message for message in reversed(self.person.messages) if labels([message])), None)
        if asking is None or not choices or not set(choices) <= {*labels([asking]), *boxes([asking])}:
            return self.person.say(text)
        self.taps += 1
        if set(choices) <= set(boxes([asking])):
            self.person.tick(*choices)
            return self.person.tap("Done", asking)
        answers = [message for choice in choices for message in self.person.tap(choice, asking)]
        return answers or self.person.tap("Done", asking)


def plainly(messages: Sequence[Message]) -> list[str]:
    """The texts of some messages without Slack's marks."""
    return [html.unescape("\n".join(_bare(line) for line in m["text"].split("\n"))) for m in messages if m["text"]]


def _bare(line: str) -> str:
    return line.removeprefix(">").removeprefix("• ").replace("*", "")
