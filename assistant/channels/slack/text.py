"""Text on its way in from Slack and on its way out: escapes, mentions, links, emphasis, and pieces that are not too long."""

import re
from collections.abc import Collection, Iterator, Mapping

SECTION_CHARACTERS = 3000
TOKEN = re.compile(r"<([^<>]*)>")
EMOJI = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-\d:)?")
BOLD = re.compile(r"\*\*(.+?)\*\*")
TITLE = re.compile(r"^\*\*[^*]+\*\*$")
CUT_ENTITY = re.compile(r"&[a-z]{0,4}$")
QUOTE, ITEM = "> ", "- "


def plain(text: str, bots: Collection[str] = (), emoji: Mapping[str, str] | None = None) -> str:
    """What a person typed, out of what Slack made of it; mentions of ``bots`` (user ids) are left out."""
    words = TOKEN.sub(lambda found: _spelled(found[1], bots), text)
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(written, meant)
    named = emoji or {}
    return EMOJI.sub(lambda found: named.get(found[1], found[0]), words).strip()


def _spelled(token: str, bots: Collection[str]) -> str:
    target, _, label = token.partition("|")
    if target.startswith("@") and target[1:] in bots:
        return ""
    if target.startswith(("@", "#", "!")):
        return label or target
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def escaped(text: str) -> str:
    """The text with the three characters that Slack gives a meaning to."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: str) -> str:
    """The few marks of the assistant's own texts (``**bold**``, ``> quote``, ``- item``) in Slack's way."""
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    mark, rest = next(((m, line[len(m) :]) for m in (QUOTE, ITEM) if line.startswith(m)), ("", line))
    return {QUOTE: ">", ITEM: "• ", "": ""}[mark] + BOLD.sub(r"*\1*", escaped(rest))


def sections(text: str, most: int = SECTION_CHARACTERS) -> Iterator[str]:
    """The text as mrkdwn in pieces of at most ``most`` characters; a line that is a title begins a new one."""
    piece = ""
    for line in text.strip().split("\n"):
        for part in _pieces(mrkdwn(line), most):
            if piece and (TITLE.match(line) or len(piece) + 1 + len(part) > most):
                yield piece
                piece = part
            else:
                piece = f"{piece}\n{part}" if piece else part
    if piece.strip():
        yield piece


def _pieces(line: str, most: int) -> Iterator[str]:
    """A line cut between words where it can be, and never inside an escape."""
    mark = ">" if line.startswith(">") else ""
    while len(line) > most:
        at = line.rfind(" ", most // 2, most)
        cut = at if at > 0 else len(CUT_ENTITY.sub("", line[:most]))
        yield line[:cut].rstrip()
        line = mark + line[cut:].lstrip()
    yield line


def fitting(text: str, most: int) -> tuple[str, str]:
    """A label of at most ``most`` characters, cut between words with "…", and the rest of it ("" when it fits)."""
    if len(text) <= most:
        return text, ""
    at = text.rfind(" ", most // 2, most - 1)
    cut = at if at > 0 else most - 1
    return text[:cut].rstrip() + "…", text[cut:].strip()
