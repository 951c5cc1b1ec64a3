"""A bot message cut into parts that any chat platform can show: text, choices to tap, pictures.

The text keeps its few marks (``**bold**``, lines that begin with ``> `` or ``- ``); each door turns them into its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

WORDS = Path(__file__).parent / "web" / "static" / "texts.en.json"
NONE = "none"
SCALE = tuple(str(value) for value in range(11))


@dataclass(frozen=True)
class Part:
    """One thing to show. A tapped choice is sent as it stands, as if it had been typed.

    With ``many`` several ``choices`` may be chosen; what goes to the bot are their ``sends`` joined by ", " (see
    ``answer``; labels could be read as free text). ``none_choice`` says that none fits, and ``alone`` are answers beside
    the list that go alone ("I don't know"). ``lasting`` choices stay good later on; others belong to the open question.
    ``picture`` is a file name of knowledge/pictures (PNG), which may not be there; ``picture_words`` say what it shows.
    """

    text: str
    choices: tuple[str, ...] = ()
    many: bool = False
    none_choice: str = ""
    picture: str = ""
    picture_words: str = ""
    alone: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    lasting: bool = False

    def answer(self, chosen: Sequence[int]) -> str:
        """What is sent for the choices at these places."""
        sends = self.sends or self.choices
        return ", ".join(sends[place] for place in sorted(set(chosen)))


def parts(message: Mapping[str, Any]) -> tuple[Part, ...]:
    """The parts of one bot message {"text", "buttons", "custom"} in the order to show them; () when there is nothing."""
    custom = message.get("custom")
    custom = custom if isinstance(custom, Mapping) else {}
    buttons = tuple(_titles(message.get("buttons")))
    text = message.get("text")
    text = text.strip() if isinstance(text, str) else ""
    question = custom.get("question")
    if isinstance(question, Mapping):
        return (*_pictures(custom), _question(text, question, buttons))
    shown = [*_plan(text, custom.get("plan")), *_pictures(custom)]
    return _with_choices(shown, buttons, lasting="plan" in custom)


def picture_path(folder: Path, name: str) -> Path | None:
    """The PNG file of a picture, None where there is none; a name never leads out of the folder."""
    path = folder / f"{Path(name).stem}.png"
    return path if Path(name).name == name and path.is_file() else None


def _titles(buttons: object) -> Iterator[str]:
    for button in buttons if isinstance(buttons, Sequence) and not isinstance(buttons, str) else ():
        title = button.get("title") if isinstance(button, Mapping) else None
        if isinstance(title, str) and title.strip():
            yield title.strip()


def _question(text: str, question: Mapping[str, Any], buttons: tuple[str, ...]) -> Part:
    kind = question.get("kind")
    options = [o for o in question.get("options") or () if isinstance(o, Mapping) and isinstance(o.get("label"), str)]
    offered = [o for o in options if o.get("value") != NONE]
    labels = tuple(o["label"] for o in offered)
    if kind == "many" and labels:
        none = next((o["label"] for o in options if o.get("value") == NONE), "")
        alone = _without(buttons, (*labels, none))
        sends = tuple(str(o.get("value") or o["label"]) for o in offered)
        return Part(text, labels, many=True, none_choice=none, alone=alone, sends=sends)
    if kind == "scale":
        return Part(text, (*SCALE, *_without((*labels, *buttons), SCALE)))
    if kind == "yes_no" and not labels:
        said = _yes_no()
        return Part(text, (*said[:2], *(_without(buttons, said[:2]) or said[2:])))
    return Part(text, (*labels, *_without(buttons, labels)))


def _without(words: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    there = {word.lower() for word in known}
    return tuple(word for word in words if word.lower() not in there)


@cache
def _yes_no() -> tuple[str, ...]:
    words = json.loads(WORDS.read_text(encoding="utf-8"))["question"]
    return words["yes"], words["no"], words["unsure"]


def _pictures(shown: Mapping[str, Any]) -> Iterator[Part]:
    """The pictures that a message, a part of the plan or a line of it names: ``{"name", "alt"}`` or a bare name."""
    several = shown.get("pictures")
    named = [shown.get("picture"), *(several if isinstance(several, list | tuple) else ())]
    for picture in named:
        name, words = (picture.get("name"), picture.get("alt")) if isinstance(picture, Mapping) else (picture, "")
        if isinstance(name, str) and name:
            yield Part(
                "", picture=name, picture_words=str(words or shown.get("picture_words") or shown.get("alt") or "")
            )


def _plan(text: str, plan: object) -> Iterator[Part]:
    """The text, cut after each section of the plan that has pictures."""
    rest = text
    for section, following in _sections(text, plan):
        named = [*_pictures(section), *(p for line in section.get("lines") or () for p in _line_pictures(line))]
        pictures = list(dict.fromkeys(named))
        before, mark, after = rest.partition(following) if pictures and following else (rest, "", "")
        if pictures and before.strip():
            yield Part(before.strip())
        yield from pictures
        rest = mark + after if pictures else rest
    if rest.strip():
        yield Part(rest.strip())


def _line_pictures(line: object) -> Iterator[Part]:
    return _pictures(line) if isinstance(line, Mapping) else iter(())


def _sections(text: str, plan: object) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Each section of the plan with the line of the text that begins the next one ("" where nothing marks it)."""
    sections = [s for s in plan.get("parts") or () if isinstance(s, Mapping)] if isinstance(plan, Mapping) else []
    for section, following in zip(sections, [*sections, {}][1:], strict=True):
        heading = f"\n**{following.get('title')}**"
        yield section, heading if heading in text else ""


def _with_choices(shown: Sequence[Part], choices: tuple[str, ...], *, lasting: bool) -> tuple[Part, ...]:
    """The choices go below the last text."""
    last = max((at for at, part in enumerate(shown) if part.text), default=-1)
    if not choices or last < 0:
        return tuple(shown)
    return tuple(replace(p, choices=choices, lasting=lasting) if at == last else p for at, p in enumerate(shown))
