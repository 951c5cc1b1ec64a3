"""The conversation in the terminal, through the same servers as everywhere else."""

from __future__ import annotations

import json
import re
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from assistant.serving import Place, free_port, running

OPTION = "  {number}. {label}"


def talk(say: Callable[[str], None]) -> int:
    """Start the servers, then read lines until end of input or "quit"."""
    console = Console(highlight=False)
    place = Place("127.0.0.1", free_port(), rest=True)
    with running(place, say):
        sender = uuid.uuid4().hex
        options = _show(console, _send(place, sender, "hello"))
        while True:
            try:
                line = console.input("[bold]you:[/] ").strip()
            except (EOFError, KeyboardInterrupt):
                return 0
            if line.lower() in ("quit", "exit"):
                return 0
            if line:
                options = _show(console, _send(place, sender, _chosen(line, options)))


def _send(place: Place, sender: str, text: str) -> list[dict[str, Any]]:
    body = json.dumps({"sender": sender, "message": text}).encode()
    address = f"http://127.0.0.1:{place.port}/webhooks/rest/webhook"
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return list(json.load(answer))


def _chosen(line: str, options: list[str]) -> str:
    """Numbers of the options shown, "1, 3", as the options' values."""
    numbers = [int(n) for n in re.findall(r"\d+", line)] if re.fullmatch(r"[\d, and]+", line) else []
    picked = [options[n - 1] for n in numbers if 1 <= n <= len(options)]
    return ", ".join(picked) if picked and len(picked) == len(numbers) else line


def _show(console: Console, answers: list[dict[str, Any]]) -> list[str]:
    """Print what was said; the values of the options that may be chosen by number."""
    values: list[str] = []
    for answer in answers:
        if "text" in answer:
            console.print(Markdown(answer["text"].replace("\n", "  \n")))
        question = (answer.get("custom") or {}).get("question")
        if question:
            values = [option["value"] for option in question["options"]]
            for number, option in enumerate(question["options"], 1):
                console.print(OPTION.format(number=number, label=option["label"]))
    return values
