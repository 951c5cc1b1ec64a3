"""The Slack door's front desk: what is answered at once, and what is done in the background about each request."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import Any

from assistant.channels.slack.events import Outside, Person, Said
from assistant.channels.slack.order import InOrder, Work
from assistant.channels.slack.requests import Asked, Challenge, Suggestions, Tapped, Unused
from assistant.channels.slack.talk import Talk, Talks
from assistant.channels.slack.tapping import Tapping
from assistant.channels.slack.taps import without_controls
from assistant.channels.web.limits import TEXT_CHARACTERS, Allowances, Meter
from assistant.channels.web.message import clean, without_commands

REMEMBERED = 5000
QUIET_SECONDS = 20.0
"""A flood is told off once in so many seconds."""

Wanted = Said | Outside | Tapped | Unused


class Desk:
    """Takes requests that were found to be Slack's own."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks
        self._tapping = Tapping(talks)
        self._order = InOrder()
        self._meter = Meter(Allowances().session_messages)
        self._told_off: OrderedDict[str, float] = OrderedDict()

    def take(self, asked: Asked | None) -> Mapping[str, Any]:
        """What to answer Slack at once, {} for nothing; the work that follows is started, unless it was done before."""
        if isinstance(asked, Challenge):
            return {"challenge": asked.text}
        if isinstance(asked, Suggestions):
            return {"options": []}
        if asked is not None and self._talks.memory.first_time(asked.keys):
            self._start(asked)
        if isinstance(asked, Said) and asked.command:
            return {"response_type": "ephemeral", "text": self._talks.texts.text("command")}
        return {}

    def _start(self, asked: Wanted) -> None:
        conversation = self._talks.memory.conversation(asked.person.team, asked.person.user)
        if isinstance(asked, Tapped) and asked.ticks:
            self._talks.keep_ticks(conversation, asked.ts, asked.blocks, asked.ticked)
            return
        waits = self._meter.wait(conversation) is not None
        if waits or not self._order.start(conversation, self._work(asked, conversation)):
            self._tell_off(conversation, asked.person)

    def _work(self, asked: Wanted, conversation: str) -> Work:
        if isinstance(asked, Outside):
            return partial(self._outside, asked)
        if isinstance(asked, Unused):
            return partial(self._alone, conversation, asked.person, "unused")
        if isinstance(asked, Tapped):
            return partial(self._tapping.tap, Talk(conversation, asked.channel), asked)
        return partial(self._said, conversation, asked)

    def _tell_off(self, conversation: str, person: Person) -> None:
        now = time.monotonic()
        if now - self._told_off.get(conversation, -QUIET_SECONDS) < QUIET_SECONDS:
            return
        self._order.start(f"busy:{conversation}", partial(self._alone, conversation, person, "busy"))
        self._told_off[conversation] = now
        self._told_off.move_to_end(conversation)
        while len(self._told_off) > REMEMBERED:
            self._told_off.popitem(last=False)

    async def _outside(self, asked: Outside) -> None:
        """One friendly line, seen by the person alone; in a channel where nobody called us, once a day."""
        memory, user = self._talks.memory, asked.person.user
        if asked.mention or memory.first_time((f"outside:{asked.channel}:{user}",)):
            text = self._talks.texts.text("outside")
            await self._talks.send.whisper(asked.channel, user, text, asked.thread)

    async def _alone(self, conversation: str, person: Person, name: str) -> None:
        channel = await self._talks.send.direct(person.user)
        if channel:
            await self._talks.line(Talk(conversation, channel), name)

    async def _said(self, conversation: str, said: Said) -> None:
        talk = Talk(conversation, said.channel or await self._talks.send.direct(said.person.user))
        texts = self._talks.texts
        words = without_commands(clean(said.text)) or (texts.text("hello") if said.command else "")
        if talk.channel and words:
            await self._read(talk, said, texts.text("edited", text=words) if said.edited else words)
        elif talk.channel:
            await self._talks.line(talk, "only_text" if said.files else "empty")

    async def _read(self, talk: Talk, said: Said, words: str) -> None:
        if said.files:
            await self._talks.line(talk, "file_too")
        if len(words) > TEXT_CHARACTERS:
            await self._talks.line(talk, "too_long", most=TEXT_CHARACTERS)
        before = self._talks.question(talk)
        if await self._talks.turn(talk, words[:TEXT_CHARACTERS], said.keys[0]) and before is not None:
            blocks = without_controls(before.post.blocks)
            await self._talks.send.change(talk.channel, before.ts, before.post.text, blocks)
