"""Shows a bot message in Slack: its parts become posts of Block Kit blocks, and pictures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assistant.channels.parts import Part, parts
from assistant.channels.slack.events import under
from assistant.channels.slack.requests import TICK
from assistant.channels.slack.text import fitting, mrkdwn, sections
from assistant.channels.slack.texts import SlackTexts

ROW = 5
LABEL = 75
OPTIONS = 10
VALUE = 2000
HEADER = 150
MOST_SECTIONS = 30
MOST_CHARACTERS = 9000
"""So much text in a post: Slack refuses whole messages that are longer than about 13,000 characters."""
ALARM = {"emergency": "🚨 ", "urgent": "⚠️ "}
PLACES = "pain_location"
TICKED = "✓ "
SAY, MORE, PLACE, DONE, NONE_FITS = "say", "more", "place", "done", "none"
"""What a button does; its action id is this, a colon and a number."""

Block = Mapping[str, Any]


@dataclass(frozen=True)
class Post:
    """One message to post: ``text`` is what notifications and screen readers get; ``asks`` when its buttons are answers."""

    text: str
    blocks: tuple[Block, ...]
    asks: bool = False


@dataclass(frozen=True)
class Picture:
    """A file name of knowledge/pictures, and what it shows."""

    name: str
    words: str


Shown = Post | Picture


def shown(message: Mapping[str, Any], texts: SlackTexts, kept: Collection[str] = ()) -> Iterator[Shown]:
    """What a bot message {"text", "buttons", "custom"} looks like, in order; the choices of ``kept`` are ticked already."""
    custom = message.get("custom")
    custom = custom if isinstance(custom, Mapping) else {}
    for part in parts(message):
        if part.picture:
            yield Picture(part.picture, part.picture_words or part.text or texts.text("picture"))
        else:
            controls = _controls(part, custom, texts, kept)
            asks = bool(controls) and not part.lasting
            yield from _posts(_text_blocks(part.text, custom.get("alert")), part.text, controls, asks)


def _posts(texts: Sequence[Block], text: str, controls: Sequence[Block], asks: bool) -> Iterator[Post]:
    """The blocks in posts within Slack's limits; the controls stand in the last one."""
    groups: list[list[Block]] = [[]]
    for block in texts:
        long = sum(len(b["text"]["text"]) for b in groups[-1]) + len(block["text"]["text"]) > MOST_CHARACTERS
        if groups[-1] and (long or len(groups[-1]) == MOST_SECTIONS):
            groups.append([])
        groups[-1].append(block)
    for number, group in enumerate(groups):
        last = number == len(groups) - 1
        notice = mrkdwn(text) if len(groups) == 1 else "\n".join(b["text"]["text"] for b in group)
        yield Post(notice, (*group, *(controls if last else ())), asks and last)


def _text_blocks(text: str, alert: object) -> tuple[Block, ...]:
    """The text in sections; of an alert the title stands out, and no line of the text or of the alert is left out."""
    if not isinstance(alert, Mapping):
        return tuple(section(piece) for piece in sections(text))
    title = str(alert.get("title") or "").strip()
    lines = [line for line in text.split("\n") if line.strip("* ") != title]
    listed = alert.get("lines")
    lines += [str(line) for line in (listed if isinstance(listed, list) else ()) if str(line) not in text]
    head, rest = fitting(ALARM.get(str(alert.get("level")), ALARM["emergency"]) + title, HEADER)
    below = [rest, *lines] if rest else lines
    return (_header(head), *(section(piece) for line in below if line.strip() for piece in sections(line)))


def _header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def section(text: str) -> Block:
    """A block of text that is mrkdwn already; names and links in it stay words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _controls(part: Part, custom: Mapping[str, Any], texts: SlackTexts, kept: Collection[str]) -> tuple[Block, ...]:
    if not part.choices:
        return ()
    question = custom.get("question")
    if part.many and isinstance(question, Mapping):
        return _many(part, question, texts, kept)
    action = MORE if part.lasting else SAY
    return tuple(_rows([button(action, at, label, label) for at, label in enumerate(part.choices)]))


def _many(part: Part, question: Mapping[str, Any], texts: SlackTexts, kept: Collection[str]) -> tuple[Block, ...]:
    choices = tuple(zip(part.choices, part.sends or part.choices, strict=True))
    places = PLACES in (question.get("findings") or ())
    below = [button(DONE, 0, texts.text("done"), DONE, "primary")]
    below += [button(NONE_FITS, 0, part.none_choice, part.none_choice)] if part.none_choice else []
    below += [button(SAY, at, label, label) for at, label in enumerate(part.alone)]
    hint = section(texts.text("hint_places" if places else "hint", done=texts.text("done")))
    return (hint, *(_places(choices, kept) if places else _boxes(choices, kept)), *_rows(below))


def _places(choices: Sequence[tuple[str, str]], kept: Collection[str]) -> Iterator[Block]:
    return _rows([place(button(PLACE, at, *each), each[1] in kept) for at, each in enumerate(choices)])


def place(made: Block, chosen: bool) -> Block:
    """The button of a place, ticked or not."""
    label = under(made, "text", "text").removeprefix(TICKED)
    plain = {name: value for name, value in made.items() if name != "style"}
    return {**plain, "text": _words(fitting(TICKED + label if chosen else label, LABEL)[0])} | (
        {"style": "primary"} if chosen else {}
    )


def _boxes(choices: Sequence[tuple[str, str]], kept: Collection[str]) -> Iterator[Block]:
    for number, some in enumerate(_groups(choices, OPTIONS)):
        options = [_option(label, value) for label, value in some]
        ticked = [option for option in options if option["value"] in kept]
        element = {"type": "checkboxes", "action_id": f"{TICK}:{number}", "options": options}
        element |= {"initial_options": ticked} if ticked else {}
        yield {"type": "actions", "block_id": f"{TICK}:{number}", "elements": [element]}


def _option(label: str, value: str) -> Block:
    head, rest = fitting(label, LABEL)
    option: dict[str, Any] = {"text": _words(head), "value": value[:LABEL]}
    return {**option, "description": _words(fitting(f"…{rest}", LABEL)[0])} if rest else option


def button(action: str, number: int, label: str, value: str, style: str = "") -> Block:
    """A button that sends ``value``."""
    made = {"type": "button", "action_id": f"{action}:{number}", "text": _words(fitting(label, LABEL)[0])}
    return {**made, "value": value[:VALUE], **({"style": style} if style else {})}


def _words(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _rows(buttons: Sequence[Block]) -> Iterator[Block]:
    return ({"type": "actions", "elements": row} for row in _groups(buttons, ROW))


def _groups(things: Sequence[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(things)
    while group := list(islice(rest, size)):
        yield group
