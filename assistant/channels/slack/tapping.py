"""What is done about a tapped button: an answer is sent on once, and a tap that comes too late is answered kindly."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence

from assistant.channels.slack.blocks import DONE, MORE, NONE_FITS, PLACE, SAY, Block
from assistant.channels.slack.requests import Tapped
from assistant.channels.slack.talk import Talk, Talks
from assistant.channels.slack.taps import answered, asked_more, chosen_places, does, elements, offered, with_places
from assistant.channels.web.message import without_commands

REMEMBERED = 2000
MANY = ", "


class Tapping:
    """The taps of all talks. A message is answered once; a second tap on it, made before it changed, does nothing."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks
        self._texts = talks.texts
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def tap(self, talk: Talk, tapped: Tapped) -> None:
        """One tap, after everything that came before it in this talk."""
        action = tapped.action.split(":")[0]
        if f"{talk.channel}:{tapped.ts}" in self._answered:
            return
        if tapped.value not in offered(tapped.blocks) or action not in (SAY, MORE, PLACE, DONE, NONE_FITS):
            await self._talks.line(talk, "unused")
        elif action == MORE:
            await self._both(talk, tapped, asked_more(tapped.blocks, tapped.value, self._texts), tapped.value)
        elif action == PLACE:
            await self._place(talk, tapped)
        else:
            await self._answer(talk, tapped, action)

    async def _place(self, talk: Talk, tapped: Tapped) -> None:
        chosen = self._chosen(talk, tapped)
        now = tuple(c for c in chosen if c != tapped.value) if tapped.value in chosen else (*chosen, tapped.value)
        self._talks.keep_ticks(talk.conversation, tapped.ts, tapped.blocks, now)
        await self._talks.send.change(talk.channel, tapped.ts, tapped.text, with_places(tapped.blocks, now))

    def _chosen(self, talk: Talk, tapped: Tapped) -> tuple[str, ...]:
        """The lines chosen in the message. Of two quick taps on places, both show it as it was before the first."""
        question = self._talks.question(talk)
        at_hand = question is not None and question.ts == tapped.ts
        if question is not None and at_hand and any(does(e, PLACE) for e in elements(tapped.blocks)):
            return tuple(question.ticked)
        return (*tapped.ticked, *chosen_places(tapped.blocks))

    async def _answer(self, talk: Talk, tapped: Tapped, action: str) -> None:
        known, done = offered(tapped.blocks), self._texts.text("done")
        chosen = tuple(c for c in self._chosen(talk, tapped) if c in known)
        labels = MANY.join(known[c] for c in chosen)
        if action == DONE and not chosen:
            await self._talks.line(talk, "nothing_ticked", done=done, none=self._texts.text("none"))
        elif action != DONE and chosen:
            await self._talks.line(talk, "conflict", ticked=labels, said=known[tapped.value], done=done)
        elif action == DONE:
            await self._send_on(talk, tapped, MANY.join(chosen), labels)
        else:
            await self._send_on(talk, tapped, tapped.value, known[tapped.value])

    async def _send_on(self, talk: Talk, tapped: Tapped, sent: str, label: str) -> None:
        self._keep_answered(f"{talk.channel}:{tapped.ts}")
        if self._talks.memory.is_asking(talk.conversation, tapped.ts):
            self._talks.keep_ticks(talk.conversation, tapped.ts, (), ())
            await self._both(talk, tapped, answered(tapped.blocks, label, self._texts), sent)
            return
        blocks = answered(tapped.blocks, "", self._texts)
        await self._talks.send.change(talk.channel, tapped.ts, tapped.text, blocks)
        if tapped.action.startswith(
            DONE
        ):  # a warning sign may be among the lines, and they mean the same by themselves
            await self._talks.line(talk, "stale_read")
            await self._talks.turn(talk, without_commands(label), tapped.keys[0])
        else:
            await self._talks.line(talk, "stale")

    async def _both(self, talk: Talk, tapped: Tapped, blocks: Sequence[Block], sent: str) -> None:
        """Shows what was chosen and answers it, neither waiting for the other; without an answer the buttons come back."""
        send = self._talks.send
        change = send.change(talk.channel, tapped.ts, tapped.text, blocks)
        _, heard = await asyncio.gather(change, self._talks.turn(talk, without_commands(sent), tapped.keys[0]))
        if not heard:
            self._answered.pop(f"{talk.channel}:{tapped.ts}", None)
            chosen = (*tapped.ticked, *chosen_places(tapped.blocks))
            self._talks.keep_ticks(talk.conversation, tapped.ts, tapped.blocks, chosen)
            await send.change(talk.channel, tapped.ts, tapped.text, tapped.blocks)

    def _keep_answered(self, place: str) -> None:
        self._answered[place] = None
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
