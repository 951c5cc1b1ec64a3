"""Paces and addresses."""

import pytest

from assistant.channels.web.limits import Allowance, Meter, address_key


def test_a_burst_is_fine_and_then_it_takes_time() -> None:
    meter = Meter([Allowance(3, 60)])
    assert [meter.wait("a") for _ in range(3)] == [None, None, None]
    wait = meter.wait("a")
    assert wait is not None
    assert 1 <= wait <= 60


def test_each_key_counts_alone() -> None:
    meter = Meter([Allowance(1, 60)])
    assert meter.wait("a") is None
    assert meter.wait("b") is None
    assert meter.wait("a") is not None


def test_the_longer_allowance_holds_too() -> None:
    meter = Meter([Allowance(10, 1), Allowance(12, 3600)])
    assert sum(meter.wait("a") is None for _ in range(30)) <= 12


def test_memory_is_bounded() -> None:
    meter = Meter([Allowance(1, 60)], remembered=5)
    for number in range(50):
        meter.wait(str(number))
    assert len(meter._buckets) == 5


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("_hidden", "unknown"),
    ],
)
def test_the_network_a_visitor_counts_under(address: str, key: str) -> None:
    assert address_key(address) == key
