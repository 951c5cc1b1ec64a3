"""How much one visitor may send: bytes, characters, and messages over time."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from pyrate_limiter import GCRA, Decision, Rate, RateItem, StateBucket

BODY_BYTES = 64 * 1024
TEXT_CHARACTERS = 5000
SHOWN_CHARACTERS = 1000
VISITORS_REMEMBERED = 20_000


@dataclass(frozen=True)
class Allowance:
    """So many (``count``) in ``seconds``; a burst of that size is fine."""

    count: int
    seconds: int


@dataclass(frozen=True)
class Allowances:
    """The rates of the web door; an address stands for a whole clinic or household."""

    session_messages: tuple[Allowance, ...] = (Allowance(40, 60), Allowance(600, 3600))
    address_messages: tuple[Allowance, ...] = (Allowance(240, 60),)
    address_sessions: tuple[Allowance, ...] = (Allowance(30, 60), Allowance(300, 3600))
    address_reads: tuple[Allowance, ...] = (Allowance(240, 60),)


class Meter:
    """Counts per key (a session or an address) against some allowances, in a few numbers a key."""

    def __init__(self, allowances: Sequence[Allowance], remembered: int = VISITORS_REMEMBERED) -> None:
        self._rates = [Rate(each.count, each.seconds * 1000) for each in allowances]
        self._remembered = remembered
        self._buckets: OrderedDict[str, StateBucket] = OrderedDict()

    def wait(self, key: str) -> int | None:
        """None when one more is fine (and counts it); else the seconds to wait."""
        bucket = self._bucket(key)
        decision = bucket.put_decision(RateItem(key, time.monotonic_ns() // 1_000_000))
        if not isinstance(decision, Decision) or decision.allowed:
            return None
        return max(1, math.ceil((decision.retry_after_ms or 0) / 1000))

    def _bucket(self, key: str) -> StateBucket:
        bucket = self._buckets.pop(key, None) or StateBucket(list(self._rates), GCRA())
        self._buckets[key] = bucket
        while len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return bucket


def address_key(address: str) -> str:
    """The network a visitor counts under: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
