"""Conversations between two turns: what is kept, who sees it, and what a crash or an outage does to it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from sqlalchemy import text
from sqlalchemy.engine import Engine

from assistant.clinic import tables as t
from assistant.trackers.store import ConversationStore
from assistant.trackers.unreachable import UnreachableError
from tests.trackers.conftest import run
from tests.trackers.rasa_turns import RESULT, answer, hear, said_so_far, take_turn


@pytest.fixture
def store(url: str, domain: Domain) -> ConversationStore:
    return ConversationStore(domain, url=url)


def test_a_conversation_goes_on_where_it_was(store: ConversationStore, domain: Domain) -> None:
    for words in ("my hip", "months", "worse"):
        run(take_turn(store, domain, "ann", words))
    tracker = run(store.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["my hip", "months", "worse"]


def test_a_conversation_that_hops_between_two_processes_loses_no_word(
    store: ConversationStore, url: str, domain: Domain
) -> None:
    other = ConversationStore(domain, url=url)
    for number in range(10):
        run(take_turn((store, other)[number % 2], domain, "ann", f"word{number}"))
    tracker = run(store.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == [f"word{number}" for number in range(10)]


def test_a_restarted_process_knows_the_conversation(store: ConversationStore, url: str, domain: Domain) -> None:
    run(take_turn(store, domain, "ann", "my hip"))
    tracker = run(ConversationStore(domain, url=url).retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["my hip"]


def test_half_a_turn_that_was_never_saved_leaves_nothing_behind(store: ConversationStore, domain: Domain) -> None:
    run(take_turn(store, domain, "ann", "my hip"))

    async def break_off() -> None:
        tracker = await store.get_or_create_tracker("ann")
        hear(tracker, domain, "half")
        answer(tracker, domain, "half", {})

    run(break_off())
    tracker = run(store.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["my hip"]


def test_a_turn_that_nothing_answered_can_be_said_again(
    store: ConversationStore, engine: Engine, domain: Domain
) -> None:
    run(take_turn(store, domain, "ann", "my hip"))

    async def unanswered() -> None:
        tracker = await store.get_or_create_tracker("ann")
        hear(tracker, domain, "months")
        await store.save(tracker)

    run(unanswered())
    assert _count(engine, "turns") == 1
    run(take_turn(store, domain, "ann", "months", RESULT))
    assert _count(engine, "turns") == 2
    assert _count(engine, "cases") == 1


def test_what_is_kept_as_state_does_not_grow_with_the_conversation(
    store: ConversationStore, engine: Engine, domain: Domain
) -> None:
    sizes = []
    for _ in range(30):
        run(take_turn(store, domain, "ann", "x"))
        tracker = run(store.retrieve("ann"))
        assert tracker is not None
        sizes.append(len(tracker.events))
    assert sizes[-1] == sizes[5]
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == 1


def test_a_result_makes_a_case_in_the_same_transaction(
    store: ConversationStore, engine: Engine, domain: Domain
) -> None:
    run(take_turn(store, domain, "ann", "my hip"))
    assert _count(engine, "cases") == 0
    run(take_turn(store, domain, "ann", "that is all", RESULT))
    assert _count(engine, "cases") == 1
    assert _count(engine, "turns") == 2


def test_deleting_leaves_neither_state_nor_case(store: ConversationStore, engine: Engine, domain: Domain) -> None:
    run(take_turn(store, domain, "ann", "my hip", RESULT))
    run(take_turn(store, domain, "ann", "delete my data", {"deleted": True}))
    assert run(store.retrieve("ann")) is None
    assert [_count(engine, name) for name in ("conversations", "talks", "turns", "cases")] == [0, 0, 0, 0]


def test_the_first_turn_after_a_deletion_begins_a_new_conversation(store: ConversationStore, domain: Domain) -> None:
    run(take_turn(store, domain, "ann", "my hip"))
    run(take_turn(store, domain, "ann", "delete my data", {"deleted": True}))
    run(take_turn(store, domain, "ann", "hello again"))
    tracker = run(store.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["hello again"]


def test_turns_told_while_the_database_is_away_are_written_when_it_is_back(
    store: ConversationStore, engine: Engine, domain: Domain
) -> None:
    run(take_turn(store, domain, "ann", "one"))
    with _away(engine):
        run(take_turn(store, domain, "ann", "two"))
        run(take_turn(store, domain, "ann", "three", RESULT))
    run(take_turn(store, domain, "ann", "four"))
    with engine.connect() as connection:
        texts = list(connection.execute(t.TURNS.select().order_by(t.TURNS.c.number)).all())
    assert [row.text for row in texts] == ["one", "two", "three", "four"]
    assert _count(engine, "cases") == 1


def test_the_first_turn_of_anybody_writes_what_waited(store: ConversationStore, engine: Engine, domain: Domain) -> None:
    for name in ("ann", "ben"):
        run(take_turn(store, domain, name, "one"))
    with _away(engine):
        run(take_turn(store, domain, "ann", "two", RESULT))
    run(take_turn(store, domain, "ben", "two"))
    assert _count(engine, "turns") == 4
    assert _count(engine, "cases") == 1


def test_what_waited_is_not_written_over_what_another_process_heard_since(
    store: ConversationStore, engine: Engine, url: str, domain: Domain
) -> None:
    run(take_turn(store, domain, "ann", "one"))
    with _away(engine):
        for words in ("two", "three"):
            run(take_turn(store, domain, "ann", words))
    other = ConversationStore(domain, url=url)
    run(take_turn(other, domain, "ann", "second"))
    run(take_turn(store, domain, "ben", "hello"))
    tracker = run(store.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["one", "second"]
    assert _count(engine, "turns") == 4


def test_a_conversation_that_cannot_be_read_is_not_begun_anew(
    store: ConversationStore, engine: Engine, url: str, domain: Domain
) -> None:
    run(take_turn(store, domain, "ann", "one"))
    other = ConversationStore(domain, url=url)
    with _away(engine, "conversations"), pytest.raises(UnreachableError):
        run(take_turn(other, domain, "ann", "two"))
    run(take_turn(other, domain, "ann", "two"))
    tracker = run(other.retrieve("ann"))
    assert tracker is not None
    assert said_so_far(tracker) == ["one", "two"]


def test_without_a_knowledge_base_beside_it_a_turn_is_kept(
    store: ConversationStore, engine: Engine, domain: Domain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PSOAS_KNOWLEDGE", str(tmp_path / "gone.db"))
    run(take_turn(store, domain, "ann", "one", RESULT))
    assert _count(engine, "cases") == 1


def test_many_people_at_once_keep_their_words_apart(store: ConversationStore, domain: Domain) -> None:
    async def person(name: str) -> None:
        for number in range(5):
            await take_turn(store, domain, name, f"{name}{number}")

    async def all_of_them() -> None:
        await asyncio.gather(*(person(f"p{n}") for n in range(20)))

    run(all_of_them())
    for n in range(20):
        tracker = run(store.retrieve(f"p{n}"))
        assert tracker is not None
        assert said_so_far(tracker) == [f"p{n}{number}" for number in range(5)]


class _away:  # noqa: N801
    """Hides a table, so that nothing can be written or read, as when a disk is full or a server gone."""

    def __init__(self, engine: Engine, table: str = "turns") -> None:
        self._engine, self._table = engine, table

    def __enter__(self) -> None:
        self._do(f"ALTER TABLE {self._table} RENAME TO {self._table}_away")

    def __exit__(self, *why: object) -> None:
        self._do(f"ALTER TABLE {self._table}_away RENAME TO {self._table}")

    def _do(self, command: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(text(command))


def _count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())
