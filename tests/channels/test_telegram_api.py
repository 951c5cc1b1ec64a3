"""Calls to the Bot API when the network, Telegram or the token are not as they should be."""

import asyncio
import itertools
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from telegram_rules import Fault, too_many
from telegram_server import TOKEN, TelegramServer, telegram

from assistant.channels.telegram.api import Call, RefusedError, TelegramApi, UnreachableError

HELLO = Call("sendMessage", {"chat_id": 5, "text": "Hello"})


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    with telegram() as running:
        yield running


def make(server: TelegramServer, call: Call = HELLO, patience: float = 20, token: str = TOKEN) -> Any:
    """Makes one call."""

    async def run() -> Any:
        api = TelegramApi(server.address, token)
        try:
            return await api.call(call, patience)
        finally:
            await api.close()

    return asyncio.run(run())


def test_a_call_gives_its_result(server: TelegramServer) -> None:
    assert make(server)["text"] == "Hello"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(502, "<html>Bad Gateway</html>"),
        Fault(200, "<html>A captive portal</html>"),
        Fault(200, "[]"),
        Fault(200, '{"result": 1}'),
        Fault(500, '{"ok": false, "error_code": 500, "description": "Internal Server Error"}'),
        Fault(drop=True),
    ],
)
def test_what_is_no_proper_answer_is_tried_again(fault: Fault, server: TelegramServer) -> None:
    server.faults.append(fault)
    assert make(server)["text"] == "Hello"
    assert len(server.calls) == 2


def test_telegram_is_left_alone_for_as_long_as_it_asks(server: TelegramServer) -> None:
    server.faults.append(too_many(1))
    make(server)
    (first, *_), (second, *_) = server.calls
    assert second - first >= 1


def test_other_calls_wait_too_when_telegram_asks_for_it(server: TelegramServer) -> None:
    async def both() -> None:
        api = TelegramApi(server.address, TOKEN)
        server.faults.append(too_many(1))
        first = asyncio.ensure_future(api.call(HELLO))
        await asyncio.sleep(0.3)
        await asyncio.gather(first, api.call(HELLO))
        await api.close()

    asyncio.run(both())
    assert [later - server.calls[0][0] >= 1 for later, *_ in server.calls[1:]] == [True, True]


def test_a_longer_wait_than_the_patience_is_not_waited(server: TelegramServer) -> None:
    server.faults.append(too_many(600))
    begun = time.monotonic()
    with pytest.raises(UnreachableError):
        make(server)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("seconds", ["null", '"5"', "-3", "NaN", "true"])
def test_an_odd_wait_is_a_short_one(seconds: str, server: TelegramServer) -> None:
    answer = f'{{"ok": false, "error_code": 429, "description": "x", "parameters": {{"retry_after": {seconds}}}}}'
    server.faults.append(Fault(429, answer))
    assert make(server)["text"] == "Hello"


def test_the_pauses_grow(server: TelegramServer) -> None:
    server.faults.extend([Fault(502, "")] * 3)
    make(server)
    times = [at for at, *_ in server.calls]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert [pause >= least for pause, least in zip(pauses, (0.5, 1, 2), strict=True)] == [True] * 3


def test_no_is_no(server: TelegramServer) -> None:
    with pytest.raises(RefusedError, match="message text is empty") as refused:
        make(server, Call("sendMessage", {"chat_id": 5, "text": " "}))
    assert refused.value.code == 400
    assert len(server.calls) == 1


def test_nobody_there_is_unreachable(server: TelegramServer) -> None:
    server.stop()
    with pytest.raises(UnreachableError, match="not reached"):
        make(server, patience=0.2)


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "http://[::bad", "nonsense"])
def test_the_token_is_in_no_error_and_no_log(base: str, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        await TelegramApi(base, TOKEN).call(HELLO, 0.6)

    with caplog.at_level(logging.DEBUG), pytest.raises(UnreachableError) as fault:
        asyncio.run(run())
    shown = f"{fault.value!r} {fault.value} {fault.value.__cause__!r} {fault.value.__context__!r} {caplog.text}"
    assert TOKEN.partition(":")[2] not in shown


def test_a_wrong_token_is_refused_without_being_shown(server: TelegramServer) -> None:
    with pytest.raises(RefusedError, match=r"Unauthorized \(401\)") as refused:
        make(server, token="1:" + "wrong" * 8)
    assert "wrongwrong" not in repr(refused.value)


def test_fields_arrive_as_they_were_meant(server: TelegramServer) -> None:
    text = "1,000 & more\n“é😀”"
    markup = {"inline_keyboard": [[{"text": "é", "callback_data": "k:1"}]]}
    make(server, Call("sendMessage", {"chat_id": 5, "text": text, "reply_markup": markup}))
    _, _, fields = server.calls[0]
    assert (fields["text"], fields["reply_markup"]) == (text, json.loads(json.dumps(markup)))
