"""A conversation over HTTP: what is streamed, in which order, and what is kept."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from rasa.core.channels.channel import UserMessage
from scripted_bot import ANSWERS, PLAN, ScriptedBot
from web_door import Door, open_door
from web_visitor import Visitor, events


def test_an_answer_is_streamed_whole(visitor: Visitor) -> None:
    assert visitor.post("result").headers["content-type"].startswith("text/event-stream")
    names = [name for name, _ in visitor.say("emergency")]
    assert names == ["open", "message", "done"]
    assert visitor.say("emergency")[1][1] == ANSWERS["emergency"]


def test_the_bot_sees_the_session_and_the_locale_and_nothing_else_of_the_client(visitor: Visitor, door: Door) -> None:
    visitor.say("hello", sender="victim", sender_id="victim", metadata={"locale": "en-GB", "admin": True})
    message = door.received[0]
    assert message.sender_id.startswith("web-")
    assert message.metadata == {"locale": "en-GB"}
    assert message.input_channel == "web"


def test_the_history_shows_everything_again(visitor: Visitor) -> None:
    visitor.say("lower_back, groin", shown="Lower back, Groin")
    visitor.say("result")
    messages = visitor.history()
    assert [message["role"] for message in messages] == ["person", "bot", "person", "bot"]
    assert messages[0]["content"] == {"text": "Lower back, Groin"}
    assert messages[3]["content"]["custom"]["plan"] == PLAN


def test_the_history_keeps_what_was_typed(visitor: Visitor, door: Door) -> None:
    visitor.say('/inform{"saddle_numbness": "false"}')
    assert door.received[0].text == 'inform{"saddle_numbness": "false"}'
    assert visitor.history()[0]["content"]["text"] == '/inform{"saddle_numbness": "false"}'


def test_a_long_text_is_kept_whole(visitor: Visitor) -> None:
    visitor.say("long " * 999)
    assert len(visitor.history()[0]["content"]["text"]) == len("long " * 999) - 1


def test_another_session_sees_nothing(visitor: Visitor, door: Door) -> None:
    visitor.say("hello")
    assert Visitor(door.address).history() == []


def test_a_rotated_token_goes_on_with_the_same_conversation(visitor: Visitor) -> None:
    visitor.say("hello")
    fresh = visitor.request("POST", "session").json()["token"]
    assert fresh != visitor.token
    assert Visitor(visitor.address, fresh).history() == visitor.history()


def test_a_message_sent_twice_is_answered_once(visitor: Visitor, door: Door) -> None:
    first = visitor.say("start", id="the-same-turn")
    again = visitor.say("start", id="the-same-turn")
    assert first == again
    assert len(door.received) == 1
    assert len(visitor.history()) == 2


def test_turns_wait_for_each_other_in_order(tmp_path: Path) -> None:
    order: list[str] = []

    async def slow(message: UserMessage) -> None:
        order.append(f"{message.text} begins")
        await asyncio.sleep(0.3)
        order.append(f"{message.text} ends")
        await message.output_channel.send_response(message.sender_id, {"text": str(message.text)})

    with open_door(slow, tmp_path) as door, ThreadPoolExecutor() as pool:
        visitor = Visitor(door.address, Visitor(door.address).session())
        waiting = []
        for text in ("one", "two", "three"):
            waiting.append(pool.submit(visitor.texts, text))
            time.sleep(0.1)
        assert [each.result() for each in waiting] == [["one"], ["two"], ["three"]]
    assert order == [f"{text} {part}" for text in ("one", "two", "three") for part in ("begins", "ends")]


def test_two_people_do_not_wait_for_each_other(tmp_path: Path) -> None:
    async def slow(message: UserMessage) -> None:
        await asyncio.sleep(0.5)
        await message.output_channel.send_response(message.sender_id, {"text": "x"})

    with open_door(slow, tmp_path) as door, ThreadPoolExecutor() as pool:
        begun = time.monotonic()
        list(pool.map(lambda _: Visitor(door.address).say("hello"), range(4)))
        assert time.monotonic() - begun < 1.5


def test_too_many_waiting_turns_are_refused_kindly(tmp_path: Path) -> None:
    async def slow(message: UserMessage) -> None:
        await asyncio.sleep(1)
        await message.output_channel.send_response(message.sender_id, {"text": "x"})

    with open_door(slow, tmp_path) as door, ThreadPoolExecutor(8) as pool:
        visitor = Visitor(door.address, Visitor(door.address).session())
        replies = list(pool.map(lambda number: visitor.post(f"message {number}"), range(6)))
    refused = [reply for reply in replies if reply.status_code == 429]
    assert len(refused) == 2
    assert refused[0].json()["error"]["code"] == "busy"


def test_a_turn_goes_on_when_the_browser_leaves(tmp_path: Path) -> None:
    bot = ScriptedBot(pause=0.4)
    with open_door(bot, tmp_path) as door:
        visitor = Visitor(door.address)
        visitor.session()
        with visitor.request("POST", "messages", json={"text": "rich"}, stream=True) as reply:
            next(reply.iter_content(10))
        time.sleep(1)
        assert [message["role"] for message in visitor.history()] == ["person", "bot"]


def test_a_failing_bot_gives_a_kind_error_and_can_be_asked_again(visitor: Visitor) -> None:
    stream = visitor.post("crash").text
    assert "secret detail" not in stream
    assert events(stream)[-1][0] == "error"
    assert visitor.history() == []
    assert visitor.texts("rich")


def test_a_silent_bot_counts_as_failed(visitor: Visitor) -> None:
    assert visitor.say("silence")[-1][0] == "error"
    assert visitor.history() == []


def test_deleting_asks_the_bot_and_erases_the_history(visitor: Visitor, door: Door) -> None:
    visitor.say("hello")
    reply = visitor.request("DELETE", "data")
    assert reply.json()["messages"][0]["text"] == "I have deleted everything."
    assert (door.received[-1].text, door.received[-1].metadata) == ("delete my data", {"confirmed": True})
    assert visitor.history() == []


def test_deleting_by_word_erases_the_history_too(visitor: Visitor) -> None:
    visitor.say("hello")
    visitor.say("delete my data")
    assert visitor.history() == []


def test_a_failed_deletion_is_said_and_still_erases_what_the_page_kept(tmp_path: Path) -> None:
    async def broken(message: UserMessage) -> None:
        if message.text == "delete my data":
            raise ConnectionError("inside")
        await message.output_channel.send_response(message.sender_id, {"text": "x"})

    with open_door(broken, tmp_path) as door:
        visitor = Visitor(door.address)
        visitor.say("hello")
        reply = visitor.request("DELETE", "data")
        assert (reply.status_code, reply.json()["error"]["code"]) == (502, "not_deleted")
        assert visitor.history() == []


def test_a_restart_leaves_the_history(tmp_path: Path) -> None:
    with open_door(ScriptedBot(), tmp_path) as door:
        visitor = Visitor(door.address)
        visitor.say("hello")
    with open_door(ScriptedBot(), tmp_path) as door:
        assert len(Visitor(door.address, visitor.token).history()) == 2


def test_a_refusal_is_a_sentence_for_people(visitor: Visitor) -> None:
    for text, code, status in [("", "empty", 400), ("x" * 5001, "too_long", 413)]:
        reply = visitor.post(text)
        assert reply.status_code == status
        error = reply.json()["error"]
        assert error["code"] == code
        assert error["text"].endswith(".")


def test_the_pace_of_a_session_is_limited_kindly(visitor: Visitor) -> None:
    codes = [visitor.post("rich").status_code for _ in range(45)]
    assert codes[:40] == [200] * 40
    assert codes[-1] == 429
    reply = visitor.post("rich")
    assert reply.json()["error"]["code"] == "too_fast"
    assert int(reply.headers["retry-after"]) >= 1


def test_new_sessions_of_an_address_are_limited(door: Door) -> None:
    codes = [requests.post(f"{door.address}/chat/session", timeout=5).status_code for _ in range(35)]
    assert codes[:30] == [200] * 30
    assert codes[-1] == 429
