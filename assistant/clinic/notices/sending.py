"""Sends what is in the outbox, in the background of any number of processes; each notice arrives at least once.

Claims and outcomes are transactions of their own, with nothing open while the other side is waited for. What a process that was
killed had claimed is due again after its lease. Each target has a loop of its own, so that a mail server that hangs holds no
webhook up.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import prometheus_client
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant import log_lines
from assistant.clinic.notices import outbox
from assistant.clinic.notices.faults import FaultError, code_of
from assistant.clinic.notices.letter import letter_of
from assistant.clinic.notices.mail import mail
from assistant.clinic.notices.outbox import Notice
from assistant.clinic.notices.settings import Hooks, hooks_of
from assistant.clinic.notices.webhook import post
from assistant.clinic.opening import reading

TRIED = prometheus_client.Counter(
    "psoas_notices", "Tries to send a notice, by what came of them", ["target", "outcome"]
)
AWAY = 30.0
"""Seconds until the database is looked at again after a fault."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """Times in seconds. The wait after a fault begins at `first` and doubles up to `longest`, with jitter: about a day in
    `tries`. A claimed notice is due again after `lease`, which is longer than any try. Each target has `at_once` tries open."""

    first: float = 10.0
    longest: float = 4 * 3600.0
    tries: int = 18
    lease: float = 150.0
    look_every: float = 2.0
    at_once: int = 4

    def wait(self, tries: int) -> float:
        """How long to wait after so many tries: somewhere in the upper half of the step."""
        return float(min(self.first * 2 ** (tries - 1), self.longest)) * random.uniform(0.5, 1.0)  # noqa: S311 (jitter)


PACE = Pace()


def start(engine: Engine) -> threading.Event:
    """Send in daemon threads from now on, until the event given back is set, where the environment names a target; else
    nothing. Raises InputError where it names one wrongly."""
    hooks, stop = hooks_of(), threading.Event()
    for loop in _loops(engine, hooks, PACE, stop):
        loop.start()
    return stop


def send_forever(engine: Engine, hooks: Hooks, stop: threading.Event, pace: Pace = PACE) -> None:
    """Send until `stop` is set; tries that are open then are brought to their end."""
    loops = _loops(engine, hooks, pace, stop)
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()


def send_due(engine: Engine, hooks: Hooks, pace: Pace = PACE) -> Counter[str]:
    """Send what is due now: how many were "sent", "failed" and are due again, or are "dead"."""
    outcomes: Counter[str] = Counter()
    with ThreadPoolExecutor(pace.at_once) as pool:
        for target in hooks.targets:
            while done := _round(engine, hooks, target, pace, pool):
                outcomes += done
    return outcomes


def _loops(engine: Engine, hooks: Hooks, pace: Pace, stop: threading.Event) -> list[threading.Thread]:
    named = [(target, (engine, hooks, target, pace, stop)) for target in hooks.targets]
    return [threading.Thread(target=_loop, args=args, name=f"notices-{name}", daemon=True) for name, args in named]


def _loop(engine: Engine, hooks: Hooks, target: str, pace: Pace, stop: threading.Event) -> None:
    with ThreadPoolExecutor(pace.at_once, thread_name_prefix=f"notices-{target}") as pool:
        while not stop.is_set():
            try:
                done = _round(engine, hooks, target, pace, pool)
            except SQLAlchemyError as fault:
                logger.error("Notices wait, the database is away: %s", type(fault).__name__)
                stop.wait(AWAY)
                continue
            except (
                RuntimeError
            ):  # the program is ending and begins nothing new; what was claimed is due after its lease
                return
            if not done:
                stop.wait(pace.look_every)


def _round(engine: Engine, hooks: Hooks, target: str, pace: Pace, pool: ThreadPoolExecutor) -> Counter[str]:
    """Claim what is due, as much as is tried at once, and try it."""
    now = time.time()
    with reading(engine) as connection:
        if not outbox.is_due(connection, target, now):
            return Counter()
    with engine.begin() as connection:
        claimed = outbox.claim(connection, target, now, pace.lease, pace.at_once)
    tried = [(notice, pool.submit(_deliver, engine, hooks, notice)) for notice in claimed]
    return Counter(_settled(engine, notice, outcome, pace) for notice, outcome in tried)


def _deliver(engine: Engine, hooks: Hooks, notice: Notice) -> str:
    """Try once; a remark on what was sent all the same."""
    letter = letter_of(notice, hooks, engine)
    if notice.target == "mail" and hooks.mail is not None:
        return mail(hooks.mail, letter)
    if notice.target == "webhook" and hooks.webhook is not None:
        post(hooks.webhook, letter)
    return ""


def _settled(engine: Engine, notice: Notice, tried: Future[str], pace: Pace) -> str:
    """Write what came of a try, whatever it was: sent, failed or dead."""
    error, now = tried.exception(), time.time()
    fault = tried.result() if error is None else code_of(error)
    asked = error.wait if isinstance(error, FaultError) else 0.0
    if error is None:
        outcome, state, due_at = "sent", "sent", now
    elif notice.tries >= pace.tries:
        outcome, state, due_at = "dead", "dead", now
    else:
        outcome, state, due_at = "failed", "waiting", now + max(asked, pace.wait(notice.tries))
    with engine.begin() as connection:
        outbox.settle(connection, notice, state, due_at, fault[:64])
    TRIED.labels(notice.target, outcome).inc()
    log_lines.event(
        logger, "notice", id=notice.id, target=notice.target, outcome=outcome, tries=notice.tries, fault=fault[:64]
    )
    if outcome == "dead":
        logger.error("A notice was given up after %d tries; see `psoas notices dead`", notice.tries)
    return outcome
