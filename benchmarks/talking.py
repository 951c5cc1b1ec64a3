"""What a turn costs, how many people can talk at once, how soon it starts and how much memory it takes: beside the least that
Rasa can do (an echo bot) and beside Rasa's default pipeline on our own domain and dialogue, in one run on one machine."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from assistant.serving import free_port
from benchmarks.crowd import crowd
from benchmarks.earlier import Row
from benchmarks.plotting import plot_turns
from benchmarks.servers import STARTED, acting, memory, psoas, rival, running, seconds, turns

TALK = ("Dull ache deep in my hip and lower back, worse after sitting.", "none", "none", "none", "16 to 49", "some months",
        "yes", "4", "an ache", "why do you ask?", "makes it better", "none", "my back is hollow and I set off fast", "9 hours",
        "what have I told you?", "how long do I hold the stretch?", "tell me more about the plank", "I can't kneel",
        "summary", "start over")  # fmt: skip
"""One person's turns, from the first words to past the plan, and back to the beginning: 20, so that turns 5, 105 and 205 are the
same message in the same place."""
COMPARED = (5, 105, 205)
LONG = 220
"""Turns of one long conversation."""
PEOPLE = 3
CROWD, CROWD_SECONDS = 50, 15.0
NAMES = {"psoas": "the assistant", "echo": "echo bot, stock Rasa", "stock": "stock pipeline on our domain"}
Times = Mapping[str, list[list[float]]]


def talked() -> Iterator[Row]:
    """The rows of the table."""
    floor = min(seconds([sys.executable, "-c", "import rasa.core.agent"]) for _ in range(3))
    yield "`import rasa.core.agent` alone", f"{floor:.1f} s", ""
    ports = {name: free_port() for name in NAMES}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        serving = psoas("serve", "--port", str(ports["psoas"]), "--rest")
        ours, start = stack.enter_context(running(serving, ports["psoas"]))
        yield "`psoas serve` until a message is answered", f"{start:.1f} s, {start / floor:.2f} × that import", "1.25 ×"
        stack.enter_context(rival("echo", Path(folder), ports["echo"]))
        actions = stack.enter_context(acting(free_port()))
        stock = stack.enter_context(rival("stock", Path(folder), ports["stock"], actions))
        yield "stock pipeline until a message is answered", f"{STARTED['stock']:.1f} s", ""
        long = TALK * (LONG // len(TALK))
        times = turns(ports, [long] * PEOPLE)
        plot_turns(times, NAMES)
        yield from _turns(times)
        yield from _sizes(memory(ours), memory(stock))
        yield from _crowds(ports)


def _turns(times: Times) -> Iterator[Row]:
    at = {name: {turn: _around(times[name], turn) for turn in COMPARED} for name in NAMES}
    for name, label in NAMES.items():
        cost = at[name]
        yield (
            f"a turn over REST at turn 5, 105, 205: {label}",
            ", ".join(f"{cost[turn]:.0f}" for turn in COMPARED) + " ms",
            "",
        )
    ours, echo, stock = at["psoas"], at["echo"], at["stock"]
    yield "our turn 205 against our turn 5", f"{ours[205] / ours[5]:.2f} ×", "1.2 ×"
    yield "our turn 5 against the echo bot's", f"{ours[5] / echo[5]:.2f} ×", "1 ×"
    yield "our turn 105 against the echo bot's", f"{ours[105] / echo[105]:.2f} ×", "0.4 ×"
    yield "our turn 5 against the stock pipeline's", f"{ours[5] / stock[5]:.2f} ×", "0.33 ×"
    slow = quantiles([ms for person in times["psoas"] for ms in person], n=20)[-1]
    yield "a turn of ours over REST, 95 of 100 are faster", f"{slow:.0f} ms", ""


def _around(people: list[list[float]], turn: int) -> float:
    """The middle of the five turns around one, over everybody."""
    return median(ms for person in people for ms in person[max(0, turn - 3) : turn + 2])


def _sizes(ours: float, stock: float) -> Iterator[Row]:
    yield (
        "memory of all processes together",
        f"{ours:.0f} MB, {ours / stock:.2f} × the stock pipeline's server alone",
        "0.6 ×",
    )


def _crowds(ports: Mapping[str, int]) -> Iterator[Row]:
    met = {name: crowd([ports[name]], CROWD, CROWD_SECONDS, TALK) for name in ("stock", "psoas")}
    ours, stock = met["psoas"], met["stock"]
    rate = f"{ours.rate:.0f} a second, {ours.rate / stock.rate:.1f} × the stock pipeline's {stock.rate:.0f}"
    yield f"{CROWD} people talking at once: messages answered", rate, "5 ×"
    yield (
        f"{CROWD} people talking at once: 99 of 100 wait less than",
        f"{ours.slow:.2f} s (stock: {stock.slow:.1f} s)",
        "1 s",
    )
