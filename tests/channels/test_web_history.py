"""What is kept for a reload, and what is erased."""

from pathlib import Path

import pytest

from assistant.channels.web_history import BOT, END, PERSON, WebHistory, open_history


def noon() -> float:
    return 1000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "history.sqlite"


@pytest.fixture(params=["file", "memory"])
def history(request: pytest.FixtureRequest, path: Path) -> WebHistory:
    return open_history(path if request.param == "file" else None, noon)


def test_a_whole_answer_is_kept_in_order(history: WebHistory) -> None:
    card = {"text": "Here", "custom": {"plan": {"parts": [1, 2]}}, "buttons": [{"title": "a", "payload": "b"}]}
    history.add("c", "1", PERSON, {"text": "hi"})
    history.add("c", "1", BOT, card)
    history.add("c", "1", END, {})
    assert history.read("c") == [
        {"role": "person", "at": 1000, "content": {"text": "hi"}},
        {"role": "bot", "at": 1000, "content": card},
    ]


def test_an_answer_counts_once_it_is_finished(history: WebHistory) -> None:
    history.add("c", "1", BOT, {"text": "a"})
    assert history.answer("c", "1") is None
    history.add("c", "1", END, {})
    assert history.answer("c", "1") == [{"text": "a"}]
    assert history.answer("other", "1") is None


def test_forgetting_leaves_no_trace_in_the_files(path: Path) -> None:
    history = open_history(path)
    history.add("c", "1", PERSON, {"text": "groin pain since Tuesday"})
    history.add("d", "1", PERSON, {"text": "somebody else"})
    history.forget("c")
    assert history.read("c") == []
    assert history.read("d")
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Tuesday" not in left


def test_old_talk_goes_by_itself(history: WebHistory) -> None:
    WebHistory(history.address, clock=lambda: 10.0).add("old", "1", PERSON, {"text": "a"})
    history.add("new", "1", PERSON, {"text": "b"})
    history.forget_older(500)
    assert (history.read("old"), len(history.read("new"))) == ([], 1)


def test_the_file_is_private(path: Path) -> None:
    open_history(path)
    assert path.stat().st_mode & 0o777 == 0o600
