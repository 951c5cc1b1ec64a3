"""Puts one message to Rasa and collects what it answers, whole."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from assistant.channels.slack.order import without_words

logger = logging.getLogger(__name__)

CHANNEL = "slack"
SHOWN_KEYS = ("text", "buttons", "custom")
SLOWEST_TURN = 120.0
"""Seconds that a turn may take."""

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]
Message = Mapping[str, Any]


class Collected(OutputChannel):  # type: ignore[misc]
    """Keeps each answer of the bot whole; Rasa's base class would cut it into pieces."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The name that responses of the domain use for this channel."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One answer: text, buttons and custom together."""
        kept = {key: message[key] for key in SHOWN_KEYS if message.get(key)}
        if kept:
            self.messages.append(kept)

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Text alone, for the parts of Rasa that do not use send_response."""
        await self.send_response(recipient_id, {"text": text})


@dataclass(frozen=True)
class Bot:
    """Rasa's agent; ``locale`` goes with every message."""

    on_new_message: OnNewMessage
    locale: str = ""
    slowest: float = SLOWEST_TURN

    async def answer(self, conversation: str, text: str, key: str) -> Sequence[Message]:
        """What is answered to a text, () where the turn failed; nothing is raised."""
        output = Collected()
        metadata = {"locale": self.locale} if self.locale else {}
        message = UserMessage(
            text, output, conversation, input_channel=CHANNEL, message_id=key, metadata=metadata
        )  # fmt: skip
        task = asyncio.ensure_future(self.on_new_message(message))
        done, _ = await asyncio.wait({task}, timeout=self.slowest)
        if not done:
            task.cancel()
            logger.error("a turn of a Slack talk took more than %.0f seconds", self.slowest)
        elif fault := task.exception():
            logger.error("a turn of a Slack talk failed: %s", without_words(fault))
        return tuple(output.messages)
