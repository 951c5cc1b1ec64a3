"""Choices as Telegram's buttons, and what a tapped button means."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.channels.parts import Part
from assistant.channels.telegram.boards import Board

DONE, NONE, ALONE, SPENT = "done", "none", "a", "spent"
LONG = 36
"""Telegram shows about so many characters of a button on a phone; longer labels also stand in the text."""
FIGURES_A_ROW = 6

Markup = Mapping[str, Any]
EMPTY: Markup = {"inline_keyboard": []}


def keyboard(board: Board, words: Mapping[str, str]) -> Markup:
    """One button a row, figures six a row; ticks where several may be chosen, with "done" and "none" below."""
    part = board.part
    rows = list(_rows((_label(part, place, board.ticked, words), f"{board.key}:{place}") for place in _places(part)))
    if part.many:
        rows.append([(words["done"], f"{board.key}:{DONE}")])
    if part.none_choice:
        rows.append([(part.none_choice, f"{board.key}:{NONE}")])
    rows += [[(words, f"{board.key}:{ALONE}{place}")] for place, words in enumerate(part.alone)]
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]}


def spent(board: Board, label: str, words: Mapping[str, str]) -> Markup:
    """What is left of the buttons when one was chosen: the choice, with a tick."""
    return {
        "inline_keyboard": [
            [{"text": words["chosen"].format(label=label), "callback_data": f"{board.key}:{SPENT}"}],
        ]
    }


def written_out(part: Part) -> str:
    """The text, followed by the choices where a button would cut them off."""
    if part.lasting or not any(len(choice) > LONG for choice in part.choices):
        return part.text
    return "\n".join([part.text, *(f"- {choice}" for choice in part.choices)])


def label_of(part: Part, mark: str, ticked: Iterable[int]) -> str:
    """The words of what was chosen by the button with this mark; "" where there is no such button."""
    if mark == DONE:
        return ", ".join(part.choices[place] for place in ticked)
    if mark == NONE:
        return part.none_choice
    source = part.alone if mark.startswith(ALONE) else part.choices
    place = place_of(mark.removeprefix(ALONE))
    return source[place] if place is not None and place < len(source) else ""


def place_of(mark: str) -> int | None:
    """The place in the choices that a mark names; None for another mark."""
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 4 else None


def _places(part: Part) -> range:
    return range(len(part.choices))


def _label(part: Part, place: int, ticked: Iterable[int], words: Mapping[str, str]) -> str:
    label = part.choices[place]
    return words["chosen"].format(label=label) if place in ticked else label


def _rows(buttons: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    row: list[tuple[str, str]] = []
    for button in buttons:
        if row and not (button[0].isdigit() and row[-1][0].isdigit() and len(row) < FIGURES_A_ROW):
            yield row
            row = []
        row.append(button)
    if row:
        yield row
