"""One person's direct talk: puts texts to the bot, shows what it says, and knows which message asks."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.channels.slack.blocks import Block, Picture, Post, Shown, shown
from assistant.channels.slack.bot import Bot, Message
from assistant.channels.slack.memory import SlackMemory
from assistant.channels.slack.send import SlackSend
from assistant.channels.slack.taps import offered, ticked_at_first
from assistant.channels.slack.text import escaped
from assistant.channels.slack.texts import SlackTexts

REMEMBERED = 5000
"""Talks whose open question is at hand whole."""


@dataclass(frozen=True)
class Talk:
    """Who talks: Rasa's sender id, and Slack's channel."""

    conversation: str
    channel: str


@dataclass(frozen=True)
class Question:
    """A message with open buttons; ``ticked`` are the lines chosen in it but not sent yet, value -> label."""

    ts: str
    post: Post
    ticked: Mapping[str, str] = field(default_factory=dict)


class Talks:
    """All direct talks. Which message asks outlasts a restart; what is ticked in it Slack knows as well."""

    def __init__(self, bot: Bot, send: SlackSend, memory: SlackMemory, texts: SlackTexts) -> None:
        self.send = send
        self.memory = memory
        self.texts = texts
        self._bot = bot
        self._questions: OrderedDict[str, Question] = OrderedDict()

    def question(self, talk: Talk) -> Question | None:
        """The question that is open, None where there is none or it is not at hand."""
        return self._questions.get(talk.conversation)

    async def line(self, talk: Talk, name: str, **filled: object) -> None:
        """Says one of the door's own sentences."""
        text = self.texts.text(name, **{place: escaped(str(words)) for place, words in filled.items()})
        await self.send.post(talk.channel, Post(text, ({"type": "section", "text": {"type": "mrkdwn", "text": text}},)))

    async def turn(self, talk: Talk, words: str, key: str) -> bool:
        """Puts a text to the bot and shows what it says; False where it says nothing."""
        messages = await self._bot.answer(talk.conversation, words, key)
        if not messages:
            await self.line(talk, "failed")
            return False
        await self._show(talk, messages)
        return True

    async def _show(self, talk: Talk, messages: Sequence[Message]) -> None:
        self.memory.close(talk.conversation)
        before = self._questions.pop(talk.conversation, None)
        ticked = before.ticked if before else {}
        things = [thing for message in messages for thing in shown(message, self.texts, ticked)]
        await self._tell_unsent(talk, ticked, things)
        for thing in things:
            if isinstance(thing, Picture):
                await self.send.picture(talk.channel, thing)
            else:
                self._note(talk, thing, await self.send.post(talk.channel, thing))
        if any(_deletes(message) for message in messages):
            await self.line(talk, "forgotten")

    async def _tell_unsent(self, talk: Talk, ticked: Mapping[str, str], things: Sequence[Shown]) -> None:
        """What was ticked but not sent stays ticked where the list comes again; else it is said that it does not count."""
        again = {value for thing in things if isinstance(thing, Post) for value in offered(thing.blocks)}
        lost = [label for value, label in ticked.items() if value not in again]
        if lost:
            await self.line(talk, "unsent", ticked=", ".join(lost), done=self.texts.text("done"))

    def _note(self, talk: Talk, post: Post, ts: str) -> None:
        """Keeps at hand which message asks; only the last one can be answered."""
        if not (post.asks and ts):
            return
        self.memory.asks(talk.conversation, ts)
        self._questions[talk.conversation] = Question(ts, post)
        self.keep_ticks(talk.conversation, ts, post.blocks, ticked_at_first(post.blocks))
        while len(self._questions) > REMEMBERED:
            self._questions.popitem(last=False)

    def keep_ticks(self, conversation: str, ts: str, blocks: Sequence[Block], ticked: Sequence[str]) -> None:
        """Remembers what is ticked in the open question and not sent; of another message nothing is kept."""
        question = self._questions.get(conversation)
        if question is not None and question.ts == ts:
            labels = offered(blocks)
            now = {value: labels[value] for value in ticked if value in labels}
            self._questions[conversation] = replace(question, ticked=now)


def _deletes(message: Message) -> bool:
    """Whether the bot says that it deleted the conversation: custom {"deleted": true}."""
    custom = message.get("custom")
    return isinstance(custom, Mapping) and custom.get("deleted") is True
