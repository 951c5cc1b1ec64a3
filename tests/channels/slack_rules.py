"""What Slack refuses in a message, from its published limits; rows of at most five controls are the project's own rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

BLOCKS, ROW, SECTION, HEADER, LABEL, OPTIONS, OPTION_VALUE, BUTTON_VALUE, NAME = (
    50, 5, 3000, 150, 75, 10, 150, 2000, 255,
)  # fmt: skip
WHOLE = 13_000
"""Characters of all blocks together, from which on Slack answers msg_blocks_too_long."""
Thing = Mapping[str, Any]


def refusal(blocks: Any) -> str:
    """The error code for a message's blocks, "" when they are fine; what is wrong stands behind it."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return "invalid_blocks_format"
    faults = [fault for block in blocks for fault in _block(block)]
    faults += ["too many blocks"] if len(blocks) > BLOCKS else []
    names = [block["block_id"] for block in blocks if "block_id" in block]
    faults += ["block_id twice"] if len(names) != len(set(names)) else []
    if faults:
        return f"invalid_blocks: {'; '.join(faults)}"
    return "msg_blocks_too_long" if sum(_characters(block) for block in blocks) > WHOLE else ""


def _characters(thing: Any) -> int:
    if isinstance(thing, dict):
        own = len(thing["text"]) if isinstance(thing.get("text"), str) else 0
        return own + sum(_characters(value) for value in thing.values())
    return sum(_characters(value) for value in thing) if isinstance(thing, list) else 0


def _block(block: Thing) -> Iterator[str]:
    kind = block.get("type")
    if kind == "section":
        yield from _text(block.get("text"), SECTION, ("mrkdwn", "plain_text"), "section")
    elif kind == "header":
        yield from _text(block.get("text"), HEADER, ("plain_text",), "header")
    elif kind == "actions":
        elements = block.get("elements")
        yield from [] if isinstance(elements, list) and 1 <= len(elements) <= ROW else ["actions: 1 to 5 elements"]
        names = [element.get("action_id") for element in elements or ()]
        yield from ["action_id twice or missing"] if len(set(names)) != len(names) or None in names else []
        for element in elements or ():
            yield from _element(element)
    elif kind != "divider":
        yield f"unknown block {kind}"


def _element(element: Thing) -> Iterator[str]:
    yield from [] if len(element["action_id"]) <= NAME else ["action_id too long"]
    if element.get("type") == "button":
        yield from _text(element.get("text"), LABEL, ("plain_text",), "button")
        yield from [] if len(element.get("value", "")) <= BUTTON_VALUE else ["button value too long"]
        yield from [] if element.get("style", "primary") in ("primary", "danger") else ["button style"]
    elif element.get("type") == "checkboxes":
        yield from _options(element.get("options"), "options")
        first = element.get("initial_options")
        yield from [] if first is None else _options(first, "initial_options")
        yield from [] if all(o in element["options"] for o in first or ()) else ["initial_options not among options"]
    else:
        yield f"unknown element {element.get('type')}"


def _options(options: Any, name: str) -> Iterator[str]:
    if not (isinstance(options, Sequence) and 1 <= len(options) <= OPTIONS):
        yield f"{name}: 1 to 10"
        return
    for option in options:
        yield from _text(option.get("text"), LABEL, ("plain_text", "mrkdwn"), "option")
        yield from [] if 1 <= len(option.get("value", "")) <= OPTION_VALUE else ["option value length"]
        if "description" in option:
            yield from _text(option["description"], LABEL, ("plain_text", "mrkdwn"), "description")


def _text(text: Any, most: int, kinds: Sequence[str], where: str) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds or not isinstance(text.get("text"), str):
        yield f"{where}: no text object"
    elif not 1 <= len(text["text"]) <= most:
        yield f"{where}: text of {len(text['text'])} characters"
