"""Reading how long something is held from a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge_base.quantities import read_durations, read_hold


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("20 to 30 seconds", (20, 30)),
        ("20-30 s", (20, 30)),
        ("20–30s", (20, 30)),
        ("20s-30s", (20, 30)),
        ("20 sec - 30 sec", (20, 30)),
        ("20 or 30 seconds", (20, 30)),
        ("between 20 and 30 seconds", (20, 30)),
        ("thirty to forty-five seconds", (30, 45)),
        ("Thirty- to forty-five-second holds", (30, 45)),
        ("fifteen-to-thirty-second holds", (15, 30)),
        ("a thirty-second hold", (30, 30)),
        ("45 secs", (45, 45)),
        ("45sec.", (45, 45)),
        ("a hundred and twenty seconds", (120, 120)),
        ("half a minute", (30, 30)),
        ("a half-minute hold", (30, 30)),
        ("a quarter of a minute", (15, 15)),
        ("a minute", (60, 60)),
        ("a full minute", (60, 60)),
        ("a minute or two", (60, 120)),
        ("a couple of minutes", (120, 120)),
        ("a minute and a half", (90, 90)),
        ("one and a half minutes", (90, 90)),
        ("1½ minutes", (90, 90)),
        ("1.5 min", (90, 90)),
        ("1 min 30 sec", (90, 90)),
        ("one to two minutes", (60, 120)),
        ("1-2min", (60, 120)),
        ("30 seconds to a minute", (30, 60)),
        ("half a minute to a full minute", (30, 60)),
        ("2 x 30 seconds", (30, 30)),
        ("3×20 s", (20, 20)),
        ("at least 30 seconds", (30, 30)),
    ],
)
def test_one_duration(words: str, seconds: tuple[int, int]) -> None:
    assert read_durations(words) == (seconds,)
    assert read_hold(f"Hold the stretch for {words}") == seconds


@pytest.mark.parametrize("words", ["T12, L1-L5", "the second leg", "every second step", "five breaths", "20 to 30", ""])
def test_no_duration(words: str) -> None:
    assert read_durations(words) == ()
    assert read_hold(words) is None


@pytest.mark.parametrize(
    ("sentence", "seconds"),
    [
        ("Hold for 30 seconds, rest for 10 seconds and go on for 2 minutes.", (30, 30)),
        ("Rest for 10 seconds, then hold for 20 to 30 seconds.", (20, 30)),
        ("After 40 minutes of sitting, hold the stretch for 15 to 20 seconds.", (15, 20)),
        ("Hold the plank for 45 seconds and the stretch for 20 to 30 seconds.", (20, 30)),
        ("Stay there for forty to sixty seconds, 3 times on each side.", (40, 60)),
        ("Three sets of 30 seconds on each side.", (30, 30)),
        ("A 30-second hold is enough.", (30, 30)),
        ("Hold the plank for 45 seconds.", None),
        ("Walk for 10 minutes.", None),
        ("Sitting for 90 minutes is too long.", None),
    ],
)
def test_the_hold_among_other_times(sentence: str, seconds: tuple[int, int] | None) -> None:
    assert read_hold(sentence) == seconds


@given(st.integers(1, 300), st.integers(1, 300), st.sampled_from([" to ", "-", "–", " - ", " or "]))
def test_any_range_of_seconds(one: int, other: int, joined: str) -> None:
    assert read_hold(f"Hold it for {one}{joined}{other} seconds.") == (min(one, other), max(one, other))


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(0 <= low <= high for low, high in read_durations(text))
