"""A bot that shows every kind of answer the page must render; a text names what comes back."""

import asyncio
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import UserMessage

SCRIPT = yaml.safe_load((Path(__file__).parent / "scripted_answers.yml").read_text())
QUESTIONS = SCRIPT["questions"]
ANSWERS = SCRIPT["answers"]
PLAN = ANSWERS["result"]["custom"]["plan"]


class ScriptedBot:
    """Keeps for each sender which question comes next; ``pause`` is the seconds that each turn takes."""

    def __init__(self, pause: float = 0.0) -> None:
        self.next: dict[str, int] = {}
        self.pause = pause

    async def __call__(self, message: UserMessage) -> None:
        await asyncio.sleep(self.pause)
        answer = self.answer(message.sender_id, str(message.text).lower())
        await message.output_channel.send_response(message.sender_id, dict(answer))

    def answer(self, sender: str, text: str) -> dict[str, Any]:
        """The answer to a text; "crash" fails and "silence" says nothing."""
        if text == "crash":
            raise RuntimeError("secret detail of the inside")
        if text == "silence":
            return {}
        return ANSWERS.get(text) or self._ask(sender, text)

    def _ask(self, sender: str, text: str) -> dict[str, Any]:
        place = self.next.get(sender, 0)
        if text == "start over" or text.startswith("change my answer about "):
            place = 0
        if text == "back":
            place = max(0, place - 2)
        self.next[sender] = place + 1
        if place >= len(QUESTIONS):
            return ANSWERS["result"]
        question = {"of_at_most": 9, "why": "It decides which correction helps.", **QUESTIONS[place]["question"]}
        return {"text": QUESTIONS[place]["text"], "custom": {"question": question}}
