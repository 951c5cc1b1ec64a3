"""What becomes of a tapped button: a tick more or less, an answer, or a kind word about an old one."""

from dataclasses import dataclass, replace
from typing import Any

from assistant.channels.telegram.api import Call
from assistant.channels.telegram.boards import CLOSED, OPEN, TAPPED, Board
from assistant.channels.telegram.delivery import Delivery
from assistant.channels.telegram.keyboards import DONE, EMPTY, NONE, SPENT, Markup, keyboard, label_of, place_of, spent
from assistant.channels.telegram.order import InOrder
from assistant.channels.telegram.updates import Incoming

TOAST = 190


@dataclass(frozen=True)
class Tap:
    """``says`` is what the bot hears, "" for nothing; ``markup`` what the buttons turn into, None where they stay."""

    board: Board | None = None
    says: str = ""
    markup: Markup | None = None
    toast: str = ""
    alert: bool = False


class Taps:
    """Decides when a tap comes in, and shows it when its turn has come."""

    def __init__(self, delivery: Delivery, order: InOrder) -> None:
        self._delivery = delivery
        self._order = order

    def take(self, incoming: Incoming) -> Tap:
        """What the tap does; Telegram is answered at once, so that the button stops spinning."""
        tap = self._decide(incoming)
        fields: dict[str, Any] = {"callback_query_id": incoming.query}
        if tap.toast:
            fields |= {"text": tap.toast[:TOAST], "show_alert": tap.alert}
        self._order.beside(lambda: self._delivery.quietly(Call("answerCallbackQuery", fields)))
        return tap

    async def show(self, incoming: Incoming, tap: Tap) -> bool:
        """Changes the buttons; whether the bot is to hear the answer, which a newer question may forbid meanwhile."""
        board = self._delivery.boards.find(tap.board.key, tap.board.chat) if tap.board else None
        if board is not None and board.state == CLOSED:
            if tap.says:
                await self._delivery.line(incoming.chat, "old_button")
            return False
        if tap.markup is not None:
            await self._delivery.mark(incoming.chat, incoming.message, tap.markup)
        return bool(tap.says)

    async def reopen(self, incoming: Incoming, tap: Tap) -> None:
        """Gives the buttons back, because the answer did not get through."""
        if tap.board is not None and tap.markup is not None:
            board = self._delivery.boards.save(replace(tap.board, state=OPEN))
            await self._delivery.mark(incoming.chat, incoming.message, keyboard(board, self._delivery.texts.buttons))

    def _decide(self, incoming: Incoming) -> Tap:
        key, _, mark = incoming.button.rpartition(":")
        board = self._delivery.boards.find(key, self._delivery.names.sender(incoming.chat))
        if board is None or board.state == CLOSED:
            return Tap(markup=EMPTY, toast=self._line("old_button"), alert=True)
        if board.state == TAPPED or mark == SPENT:
            return Tap(board)
        place = place_of(mark)
        if board.part.many and place is not None and place < len(board.part.choices):
            return self._ticked(board, place)
        return self._chosen(board, mark)

    def _ticked(self, board: Board, place: int) -> Tap:
        ticked = replace(board, ticked=tuple(sorted({*board.ticked} ^ {place})))
        self._delivery.boards.save(ticked)
        return Tap(ticked, markup=keyboard(ticked, self._delivery.texts.buttons))

    def _chosen(self, board: Board, mark: str) -> Tap:
        label = label_of(board.part, mark, board.ticked)
        if mark == DONE and not board.ticked:
            return Tap(board, toast=self._line("many_empty"), alert=True)
        if mark == NONE and board.ticked:
            return Tap(board, toast=self._line("none_but_ticked"), alert=True)
        if not label:
            return Tap(board)
        says = board.part.answer(board.ticked) if mark == DONE else label
        if board.part.lasting:
            return Tap(board, says, toast=label)
        self._delivery.boards.save(replace(board, state=TAPPED, ticked=()))
        return Tap(board, says, spent(board, label, self._delivery.texts.buttons))

    def _line(self, name: str) -> str:
        return self._delivery.texts.lines[name]
