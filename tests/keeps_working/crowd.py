"""Many requests at the same time, over real connections."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp

from tests.channels.web_visitor import Visitor

SLOWEST = 120


@dataclass(frozen=True)
class Reply:
    """How one message ended: the HTTP status, the body, and the seconds it took."""

    status: int
    body: str
    seconds: float

    @property
    def done(self) -> bool:
        return self.status == 200 and "event: done" in self.body


def all_at_once(said: Sequence[tuple[Visitor, str]]) -> list[Reply]:
    """Every message begun in the same moment; the replies in the order of the messages."""

    async def send() -> list[Reply]:
        several = aiohttp.TCPConnector(limit=0)
        patience = aiohttp.ClientTimeout(total=SLOWEST)
        async with aiohttp.ClientSession(connector=several, timeout=patience) as web:
            return list(await asyncio.gather(*(_say(web, visitor, words) for visitor, words in said)))

    return asyncio.run(send())


async def _say(web: aiohttp.ClientSession, visitor: Visitor, words: str) -> Reply:
    began = time.monotonic()
    headers = {**visitor.headers, "Authorization": f"Bearer {visitor.token}"}
    async with web.post(f"{visitor.address}/chat/messages", json={"text": words}, headers=headers) as reply:
        body = await reply.text()
    return Reply(reply.status, body, time.monotonic() - began)


@contextmanager
def lines(port: int, count: int, begun: bytes = b"") -> Iterator[list[socket.socket]]:
    """So many connections that send `begun` and nothing more."""
    opened: list[socket.socket] = []
    try:
        for _ in range(count):
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            opened.append(line)
            if begun:
                line.sendall(begun)
        yield opened
    finally:
        for line in opened:
            line.close()


def alive(opened: Sequence[socket.socket]) -> int:
    """How many of them the other side keeps."""
    kept = 0
    for line in opened:
        line.setblocking(False)
        try:
            kept += bool(line.recv(1))
        except BlockingIOError:
            kept += 1
        except ConnectionError:
            pass
    return kept
