"""Puts what the bot says into a chat: text in pieces, pictures, buttons; and takes old buttons away."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.channels.parts import Part, parts, picture_path
from assistant.channels.telegram.api import Call, RefusedError, TelegramApi, TelegramError
from assistant.channels.telegram.boards import CLOSED, OPEN, Board, Boards
from assistant.channels.telegram.html import pieces, plain
from assistant.channels.telegram.keyboards import EMPTY, Markup, keyboard, written_out
from assistant.channels.telegram.secrets import Names
from assistant.channels.telegram.texts import TelegramTexts

logger = logging.getLogger(__name__)

FORBIDDEN, BAD = 403, 400
CAPTION = 1000
SOON = 10.0
"""Seconds for which something that only tidies up is tried."""

Message = Mapping[str, Any]


@dataclass(frozen=True)
class Delivery:
    """One bot's way to its chats. All methods raise RefusedError (403) where the person has blocked the bot."""

    api: TelegramApi
    boards: Boards
    names: Names
    texts: TelegramTexts
    pictures: Path

    async def line(self, chat: int, name: str, **filled: str) -> None:
        """A sentence of the door's own."""
        await self._text(chat, self.texts.lines[name].format(**filled))

    async def show(self, chat: int, messages: Sequence[Message]) -> None:
        """What one turn of the bot says. A newer question takes the buttons of the older ones away."""
        if any(_deletes(message) for message in messages):
            self.boards.forget(self.names.sender(chat))
        shown = [part for message in messages for part in parts(message)]
        asks = any(part.choices for part in shown)
        replaced = self.boards.unanswered(self.names.sender(chat)) if asks else []
        for board in replaced:
            self.boards.save(replace(board, state=CLOSED, ticked=()))
        kept = await self._unsent_ticks(chat, replaced, shown)
        for part in shown:
            await self._part(chat, part, kept)
        for board in replaced:
            if board.state == OPEN:
                await self.mark(chat, board.message, EMPTY)

    async def mark(self, chat: int, message: int, markup: Markup) -> None:
        """Changes the buttons below a message; a message that is gone or has them already is left alone."""
        if message:
            fields = {"chat_id": chat, "message_id": message, "reply_markup": markup}
            await self.quietly(Call("editMessageReplyMarkup", fields))

    async def quietly(self, call: Call) -> None:
        """Something that the person can do without."""
        try:
            await self.api.call(call, SOON)
        except TelegramError as fault:
            logger.info("%s", fault)

    async def _unsent_ticks(self, chat: int, replaced: Sequence[Board], shown: Sequence[Part]) -> frozenset[str]:
        """What was ticked but not sent goes on to the same list asked again; else the person is told that it does not count."""
        ticked = {board.part.choices[place] for board in replaced if board.state == OPEN for place in board.ticked}
        offered = {choice for part in shown if part.many for choice in part.choices}
        lost = [choice for board in replaced for choice in board.part.choices if choice in ticked - offered]
        if lost:
            await self.line(chat, "unsent", ticked=", ".join(lost))
        return frozenset(ticked & offered)

    async def _part(self, chat: int, part: Part, ticked: frozenset[str]) -> None:
        try:
            if part.picture:
                await self._picture(chat, part)
            if part.text:
                await self._text_with_choices(chat, part, ticked)
        except RefusedError as refused:
            if refused.code == FORBIDDEN:
                raise
            logger.error("%s", refused)

    async def _picture(self, chat: int, part: Part) -> None:
        path = picture_path(self.pictures, part.picture)
        if path is not None:
            await self.api.call(Call("sendPhoto", {"chat_id": chat, "caption": part.picture_words[:CAPTION]}, path))

    async def _text_with_choices(self, chat: int, part: Part, ticked: frozenset[str]) -> None:
        if not part.choices:
            await self._text(chat, part.text)
            return
        places = [place for place, choice in enumerate(part.choices) if choice in ticked]
        board = self.boards.add(self.names.sender(chat), part, places)
        message = await self._text(chat, written_out(part), keyboard(board, self.texts.buttons))
        self.boards.place(board.key, message)

    async def _text(self, chat: int, text: str, markup: Markup | None = None) -> int:
        """Sends a text, the buttons below its last piece; the number of that message."""
        message = 0
        for piece, last in _with_last(pieces(text)):
            fields = {"chat_id": chat, "link_preview_options": {"is_disabled": True}}
            fields |= {"reply_markup": markup} if last and markup else {}
            message = _number(await self._piece(fields, piece))
        return message

    async def _piece(self, fields: Mapping[str, Any], piece: str) -> Any:
        try:
            return await self.api.call(Call("sendMessage", {**fields, "text": piece, "parse_mode": "HTML"}))
        except RefusedError as refused:
            if refused.code != BAD or "parse" not in refused.reason.lower():
                raise
            logger.error("%s; sent again without marks", refused)
        return await self.api.call(Call("sendMessage", {**fields, "text": plain(piece)}))


def _with_last(cut: Sequence[str]) -> Iterator[tuple[str, bool]]:
    for place, piece in enumerate(cut, 1):
        yield piece, place == len(cut)


def _number(sent: object) -> int:
    number = sent.get("message_id") if isinstance(sent, Mapping) else None
    return number if isinstance(number, int) else 0


def _deletes(message: Message) -> bool:
    custom = message.get("custom")
    return isinstance(custom, Mapping) and custom.get("deleted") is True
