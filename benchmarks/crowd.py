"""Many people talking at once over REST: how many messages a second are answered, and how long the unlucky wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

import aiohttp


@dataclass(frozen=True)
class Crowd:
    """What a crowd met with: messages answered a second, and seconds that one took, middle and 99 of 100."""

    rate: float
    middle: float
    slow: float


def crowd(ports: Sequence[int], people: int, seconds: float, texts: Sequence[str]) -> Crowd:
    """Let `people` talk for that long, each waiting for an answer before saying the next, and saying it to the next of the
    servers. Raises ValueError for no answer."""
    return asyncio.run(_talk(ports, people, seconds, texts))


async def _talk(ports: Sequence[int], people: int, seconds: float, texts: Sequence[str]) -> Crowd:
    addresses = [f"http://127.0.0.1:{port}/webhooks/rest/webhook" for port in ports]
    until = time.perf_counter() + seconds
    took: list[float] = []
    connector = aiohttp.TCPConnector(limit=people)
    async with aiohttp.ClientSession(connector=connector) as client:
        await asyncio.gather(*(_person(client, addresses, f"crowd {n}", texts, until, took) for n in range(people)))
    return Crowd(len(took) / seconds, median(took), quantiles(took, n=100)[-1])


async def _person(
    client: aiohttp.ClientSession,
    addresses: Sequence[str],
    name: str,
    texts: Sequence[str],
    until: float,
    took: list[float],
) -> None:
    number = 0
    while time.perf_counter() < until:
        start = time.perf_counter()
        said = {"sender": f"{name} {number // len(texts)}", "message": texts[number % len(texts)]}
        async with client.post(addresses[number % len(addresses)], json=said) as answer:
            if not await answer.json():
                raise ValueError(f"no answer to {said['message']!r}")
        took.append(time.perf_counter() - start)
        number += 1
