"""The Telegram door on a real port, with a bot of the test's own instead of Rasa's agent."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage, register
from sanic import Sanic
from telegram_person import Person, wait_for
from telegram_server import TOKEN, TelegramServer

from assistant.channels.telegram.channel import TelegramInput
from assistant.channels.telegram.settings import telegram_settings

NUMBERS = itertools.count()
Sanic.test_mode = True  # Sanic rewrites its own methods at each start; only so from fresh copies of them
Bot = Callable[[UserMessage], Awaitable[None]]


class TelegramDoor:
    """A running server; ``received`` holds every message that reached the bot."""

    def __init__(self, bot: Bot, folder: Path, **credentials: Any) -> None:
        self.bot, self.folder = bot, folder
        self.received: list[UserMessage] = []
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}/webhooks/telegram/webhook"
        settings = telegram_settings({"token": TOKEN, "state_folder": str(folder), **credentials}, {})
        self.app = Sanic(f"telegram_{next(NUMBERS)}", configure_logging=False)
        self.app.config.ACCESS_LOG = False
        self.app.ctx.agent = self
        register([TelegramInput(settings)], self.app, route="/webhooks/")
        self._loop = asyncio.new_event_loop()
        self._ready, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    async def handle_message(self, message: UserMessage) -> None:
        """What Rasa's agent would be asked."""
        self.received.append(message)
        await self.bot(message)

    @property
    def texts(self) -> list[str]:
        """What the bot was told."""
        return [str(message.text) for message in self.received]

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self, *, kill: bool = False) -> None:
        """Ends in good order, or at once as a crash would."""
        if not kill:
            asyncio.run_coroutine_threadsafe(self._server.before_stop(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self._close())

    async def _start(self) -> None:
        self._server = await self.app.create_server(
            host="127.0.0.1", port=self.port, return_asyncio_server=True, access_log=False
        )
        await self._server.startup()
        await self._server.after_start()

    async def _close(self) -> None:
        self._server.close()
        for task in asyncio.all_tasks():
            if task is not asyncio.current_task():
                task.cancel()
        await asyncio.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_telegram(server: TelegramServer, bot: Bot, folder: Path, **credentials: Any) -> Iterator[TelegramDoor]:
    """A running door that gets its updates by webhook (or polls, where the credentials say so), stopped afterwards."""
    door = TelegramDoor(bot, folder, api_base=server.address, **credentials)
    door.start()
    if not credentials.get("polling"):
        connect(server, door)
    yield door
    door.stop()


def connect(server: TelegramServer, door: TelegramDoor) -> None:
    """Has the server send updates to the door, as `psoas telegram set-webhook` does."""
    from assistant.channels.telegram.webhook import secret_of

    settings = telegram_settings({"token": TOKEN, "state_folder": str(door.folder)}, {})
    server.webhook = {"url": door.address, "secret_token": secret_of(settings)}


def person_of(server: TelegramServer, door: TelegramDoor, language: str = "en") -> Person:
    """Somebody new at the door."""
    wait_for(lambda: "setMyCommands" in server.methods())
    return Person(server, door.folder, language)
