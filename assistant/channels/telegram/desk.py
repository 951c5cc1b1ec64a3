"""Takes updates, each once, and sees that every person is answered in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.channels.parts import parts
from assistant.channels.telegram.api import Call, RefusedError
from assistant.channels.telegram.delivery import FORBIDDEN, Delivery
from assistant.channels.telegram.memory import Memory
from assistant.channels.telegram.order import InOrder, without_words
from assistant.channels.telegram.taps import Tap, Taps
from assistant.channels.telegram.updates import GONE, GROUP, SAID, TAPPED, Incoming, number_of, read_update
from assistant.channels.web.limits import Allowance, Allowances, Meter

logger = logging.getLogger(__name__)

MOST_WAITING = 8
"""Messages of one chat that may wait for their turn."""
SLOWEST_TURN = 120.0


@dataclass(frozen=True)
class Said:
    """What the bot hears: the text, whose conversation, under which number, and the locale ("" where unknown)."""

    text: str
    sender: str
    number: int
    locale: str = ""


Hear = Callable[[Said], Awaitable[Sequence[Mapping[str, Any]]]]
"""The bot: what it is told -> the messages it says."""


class Desk:
    """``hear`` is the bot; ``memory`` knows what was taken, ``delivery`` reaches the chats."""

    def __init__(self, hear: Hear, memory: Memory, delivery: Delivery, order: InOrder) -> None:
        self._hear = hear
        self._memory = memory
        self._delivery = delivery
        self._order = order
        self._taps = Taps(delivery, order)
        self._commands = delivery.texts.commands
        self._messages = Meter(Allowances().session_messages)
        self._warnings = Meter([Allowance(1, 60)])

    def take(self, update: object) -> None:
        """Begins to answer an update and returns at once; one that was taken before is dropped."""
        number = number_of(update)
        incoming = read_update(update, self._commands)
        if number is None or not self._memory.take(number, incoming.chat if incoming and _awaits(incoming) else None):
            return
        if incoming is not None:
            self._begin(number, incoming)

    def apologise(self) -> None:
        """Tells the people whose messages the last stop of the program left unanswered."""
        for chat in self._memory.left_over():
            self._order.start(chat, partial(self._line, chat, "failed"))

    async def _line(self, chat: int, name: str) -> None:
        await self._answered(chat, self._delivery.line(chat, name))

    def _begin(self, number: int, incoming: Incoming) -> None:
        chat = incoming.chat
        tap = self._taps.take(incoming) if incoming.kind == TAPPED else None
        if incoming.kind == SAID and self._too_much(chat):
            self._order.beside(partial(self._refuse, number, chat))
        else:
            self._order.start(chat, partial(self._answer, number, incoming, tap))

    async def _answer(self, number: int, incoming: Incoming, tap: Tap | None) -> None:
        await self._answered(incoming.chat, self._react(number, incoming, tap))
        self._memory.done(number)

    def _too_much(self, chat: int) -> bool:
        return self._order.waiting(chat) >= MOST_WAITING or self._messages.wait(str(chat)) is not None

    async def _refuse(self, number: int, chat: int) -> None:
        if self._warnings.wait(str(chat)) is None:
            await self._line(chat, "too_fast")
        self._memory.done(number)

    async def _answered(self, chat: int, answer: Awaitable[None]) -> None:
        """Waits for an answer to be given; whoever blocked the bot meanwhile is forgotten."""
        try:
            await answer
        except RefusedError as refused:
            if refused.code != FORBIDDEN:
                raise
            self._forget(chat)

    def _forget(self, chat: int) -> None:
        self._delivery.boards.forget(self._delivery.names.sender(chat))

    async def _react(self, number: int, incoming: Incoming, tap: Tap | None) -> None:
        chat = incoming.chat
        if incoming.kind == GROUP:
            await self._leave(chat)
        elif incoming.kind == GONE:
            self._forget(chat)
        elif tap is not None:
            await self._tapped(number, incoming, tap)
        elif incoming.kind == SAID:
            await self._said(number, incoming)

    async def _said(self, number: int, incoming: Incoming) -> None:
        if incoming.line:
            await self._delivery.line(incoming.chat, incoming.line)
        text = self._delivery.texts.edited.format(text=incoming.text) if incoming.edited else incoming.text
        if incoming.text:
            await self._turn(incoming.chat, text, number, incoming.locale)

    async def _tapped(self, number: int, incoming: Incoming, tap: Tap) -> None:
        if await self._taps.show(incoming, tap) and not await self._turn(
            incoming.chat, tap.says, number, incoming.locale
        ):
            await self._taps.reopen(incoming, tap)

    async def _turn(self, chat: int, text: str, number: int, locale: str) -> bool:
        """Lets the bot answer; whether it said anything. Only then is it sent, so that the network cannot disturb the turn."""
        messages = await self._heard(Said(text, self._delivery.names.sender(chat), number, locale))
        if not any(parts(message) for message in messages):
            await self._delivery.line(chat, "failed")
            return False
        await self._delivery.show(chat, messages)
        return True

    async def _heard(self, said: Said) -> Sequence[Mapping[str, Any]]:
        task = asyncio.ensure_future(self._hear(said))
        await asyncio.wait({task}, timeout=SLOWEST_TURN)
        if not task.done():
            task.cancel()
            logger.error("a turn of the Telegram chat took too long")
            return ()
        fault = task.exception()
        if fault:
            logger.error("a turn of the Telegram chat failed: %s", without_words(fault))
            return ()
        return task.result()

    async def _leave(self, chat: int) -> None:
        """One friendly line for a group, ever; then out of it, so that nothing more of it is read."""
        if self._memory.first_refusal(self._delivery.names.sender(chat)):
            await self._delivery.line(chat, "group")
        await self._delivery.quietly(Call("leaveChat", {"chat_id": chat}))


def _awaits(incoming: Incoming) -> bool:
    return incoming.kind in (SAID, TAPPED) and incoming.chat != 0
