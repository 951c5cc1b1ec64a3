"""What a tap does to the message it was made on: what is chosen in it, and how it looks afterwards."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from assistant.channels.slack.blocks import MORE, PLACE, TICKED, Block, place, section
from assistant.channels.slack.events import under
from assistant.channels.slack.requests import TICK
from assistant.channels.slack.text import escaped
from assistant.channels.slack.texts import SlackTexts


def elements(blocks: Sequence[Block]) -> Iterator[Mapping[str, Any]]:
    """Every control of a message."""
    for block in blocks:
        held = block.get("elements") if block.get("type") == "actions" else ()
        yield from (e for e in held if isinstance(e, Mapping)) if isinstance(held, list | tuple) else ()


def does(element: Mapping[str, Any], action: str) -> bool:
    """Whether a control does that."""
    return str(element.get("action_id", "")).split(":")[0] == action


def offered(blocks: Sequence[Block]) -> dict[str, str]:
    """Everything the controls can send, with its label: buttons, and the lines of checkboxes whole."""
    found: dict[str, str] = {}
    for element in elements(blocks):
        options = element.get("options")
        for each in options if isinstance(options, list) else [element]:
            found[under(each, "value")] = _label(each)
    return found


def _label(each: object) -> str:
    head, rest = under(each, "text", "text").removeprefix(TICKED), under(each, "description", "text")
    return f"{head.removesuffix('…')} {rest.removeprefix('…')}" if rest else head


def chosen_places(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The values of the places that are chosen now."""
    chosen = [e for e in elements(blocks) if does(e, PLACE) and e.get("style") == "primary"]
    return tuple(str(e.get("value", "")) for e in chosen)


def ticked_at_first(blocks: Sequence[Block]) -> tuple[str, ...]:
    """What is chosen in a message that was just made."""
    options = [option for e in elements(blocks) for option in e.get("initial_options", ())]
    return (*chosen_places(blocks), *(str(option["value"]) for option in options))


def with_places(blocks: Sequence[Block], chosen: Collection[str]) -> tuple[Block, ...]:
    """The message with just these places chosen."""
    return tuple(
        {**b, "elements": [place(e, str(e.get("value")) in chosen) if does(e, PLACE) else e for e in elements([b])]}
        if any(does(e, PLACE) for e in elements([b]))
        else b
        for b in blocks
    )


def answered(blocks: Sequence[Block], chosen: str, texts: SlackTexts) -> tuple[Block, ...]:
    """The message without its controls (and the hint above them), and with what was chosen."""
    kept = without_controls(blocks)
    return (*kept, section(texts.text("chosen", chosen=escaped(chosen)))) if chosen else kept


def without_controls(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The message as words alone. The hint that stands above a list goes with the list."""
    first = next((at for at, block in enumerate(blocks) if block.get("type") == "actions"), len(blocks))
    listed = any(does(e, TICK) or does(e, PLACE) for e in elements(blocks))
    kept = blocks[: first - 1] if listed and first > 1 else blocks[:first]
    return tuple(kept)


def asked_more(blocks: Sequence[Block], value: str, texts: SlackTexts) -> tuple[Block, ...]:
    """The plan without the button that was tapped, and with what it asked for; its other buttons stay."""
    label = offered(blocks).get(value, value)
    rows = [
        {**b, "elements": [e for e in b["elements"] if not (does(e, MORE) and e.get("value") == value)]}
        if b.get("type") == "actions"
        else b
        for b in blocks
    ]
    kept = [row for row in rows if row.get("type") != "actions" or row["elements"]]
    return (*kept, section(texts.text("chosen", chosen=escaped(label))))
