"""The web door on a real port with a bot of the test's own instead of Rasa's agent."""

import asyncio
import itertools
import socket
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from sanic_cors import CORS

from assistant.channels.web.channel import WebInput
from assistant.channels.web.settings import web_settings
from assistant.clinic import ledger
from assistant.clinic.turn_kept import Stamp, TurnKept
from assistant.settings import database_url

NUMBERS = itertools.count()
Sanic.test_mode = True  # Sanic rewrites its own methods at each start; only so from fresh copies of them
Bot = Callable[[UserMessage], Awaitable[None]]


class Door:
    """A running server; ``received`` holds every message that reached the bot."""

    def __init__(self, bot: Bot, folder: Path, credentials: Mapping[str, Any]) -> None:
        self.received: list[UserMessage] = []
        self.bot = bot
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.app = self._app({"state_folder": str(folder), **credentials})
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _app(self, credentials: Mapping[str, Any]) -> Sanic:
        app = Sanic(f"door_{next(NUMBERS)}", configure_logging=False)
        app.add_route(_hello, "/")
        app.config.CORS_SUPPORTS_CREDENTIALS = True
        CORS(app, resources={r"/*": {"origins": ""}}, automatic_options=True)  # as Rasa does
        app.config.ACCESS_LOG = False
        channel = WebInput(web_settings(credentials))
        app.ctx.agent = self
        register([channel], app, route="/webhooks/")
        return app

    async def handle_message(self, message: UserMessage) -> None:
        """What Rasa's agent would be asked."""
        self.received.append(message)
        told = _Listening(message.output_channel)
        message.output_channel = told
        await self.bot(message)
        if told.parts:
            self._keep(message, told.parts)

    def _keep(self, message: UserMessage, parts: list[dict[str, Any]]) -> None:
        """What the tracker store does at the end of a turn."""
        turn = TurnKept(
            message.sender_id,
            "web",
            time.time(),
            (message.metadata or {}).get("shown") or str(message.text),
            {},
            parts,
            {},
            str(message.message_id),
        )
        with ledger.ready(database_url()).begin() as connection:
            ledger.keep(connection, turn, Stamp("1", "0" * 64))

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(
            self.app.create_server(host="127.0.0.1", port=self.port, return_asyncio_server=True, access_log=False)
        )
        self._loop.run_until_complete(self._server.startup())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())

    def stop(self) -> None:
        """Also ends what is still under way, as a network failure would."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    async def _close(self) -> None:
        self._server.close()
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0.05)


class _Listening:
    """Hears what the bot says on its way to the page."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel
        self.parts: list[dict[str, Any]] = []

    async def send_response(self, recipient: str, part: dict[str, Any]) -> None:
        await self._channel.send_response(recipient, part)
        self.parts += [part] if part else []


async def _hello(request: Any) -> None:
    raise AssertionError("the page should have answered first")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_door(bot: Bot, folder: Path, **credentials: Any) -> Iterator[Door]:
    """A running door that is closed afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PSOAS_DATABASE", f"sqlite:///{folder / 'psoas.db'}")
        door = Door(bot, folder, credentials)
        door.start()
        yield door
        door.stop()
