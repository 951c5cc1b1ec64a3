"""A local server that speaks the Bot API as it is documented, limits included, and delivers updates to the bot."""

import asyncio
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientSession, ClientTimeout, web
from telegram_rules import (
    LONGEST_CAPTION,
    LONGEST_TOAST,
    BadRequestError,
    Fault,
    check_keyboard,
    check_photo,
    check_text,
    check_webhook,
    shown_text,
)

TOKEN = "123456:" + "test-token-of-this-machine-only-0123"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
TRIES = 3


@dataclass
class Shown:
    """A message as its receiver sees it."""

    number: int
    chat: int
    text: str
    source: str = ""
    rows: list[list[dict[str, str]]] = field(default_factory=list)
    photo: bytes = b""

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]


class TelegramServer:
    """``calls`` holds (time, method, fields) of every call; ``faults`` go wrong one after the other."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.faults: deque[Fault] = deque()
        self.blocked: set[int] = set()
        self.shown: dict[int, Shown] = {}
        self.toasts: dict[str, dict[str, Any]] = {}
        self.webhook: dict[str, Any] = {}
        self.deliveries: list[tuple[int, int]] = []
        self.pending: dict[int, dict[str, Any]] = {}
        self.numbers = itertools.count(1000)
        self.polls = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.address = ""

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def send(self, update: Mapping[str, Any]) -> int:
        """Delivers an update as Telegram does: by the webhook where one is set, else by the next poll; its number."""
        number = next(self.numbers)
        whole = {"update_id": number, **update}
        if self.webhook:
            asyncio.run_coroutine_threadsafe(self.deliver(whole), self._loop).result(30)
        else:
            self.pending[number] = whole
        return number

    async def deliver(self, update: Mapping[str, Any]) -> None:
        """Posts an update to the webhook; up to three times where it is not taken."""
        for _ in range(TRIES):
            status = await self._post(update)
            self.deliveries.append((int(update["update_id"]), status))
            if 200 <= status < 300:
                return

    async def _post(self, update: Mapping[str, Any]) -> int:
        headers = {HEADER: self.webhook["secret_token"]}
        limit = ClientTimeout(total=10)
        async with (
            ClientSession(timeout=limit) as session,
            session.post(self.webhook["url"], json=update, headers=headers) as reply,
        ):
            return reply.status

    def seen(self, chat: int) -> list[Shown]:
        """The messages in a chat, oldest first."""
        return [shown for shown in self.shown.values() if shown.chat == chat]

    def methods(self) -> list[str]:
        return [method for _, method, _ in self.calls]

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=20_000_000)
        app.router.add_post("/bot{token}/{method}", self._call)
        runner = web.AppRunner(app, access_log=None)
        self._loop.run_until_complete(runner.setup())
        site = web.TCPSite(runner, "127.0.0.1", 0)
        self._loop.run_until_complete(site.start())
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, fields = request.match_info["method"], await _fields(request)
        self.calls.append((time.monotonic(), method, fields))
        if request.match_info["token"] != TOKEN:
            return _no(401, "Unauthorized")
        if self.faults and self.faults[0].method in ("", method):
            fault = self.faults.popleft()
            if fault.drop:
                assert request.transport is not None
                request.transport.close()
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        work = getattr(self, f"_on_{method}", None)
        if work is None:
            return _no(404, "Not Found")
        if fields.get("chat_id") in self.blocked:
            return _no(403, "Forbidden: bot was blocked by the user")
        try:
            result = await work(fields)
        except BadRequestError as fault:
            return _no(400, f"Bad Request: {fault}")
        return result if isinstance(result, web.Response) else web.json_response({"ok": True, "result": result})

    async def _on_getMe(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        return {"id": 123456, "is_bot": True, "first_name": "Psoas", "username": "psoas_test_bot"}

    async def _on_setMyCommands(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        return all(1 <= len(row["description"]) <= 256 for row in fields["commands"])

    async def _on_setWebhook(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        check_webhook(fields)
        self.webhook = dict(fields)
        return True

    async def _on_deleteWebhook(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    async def _on_getWebhookInfo(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        return {"url": self.webhook.get("url", ""), "pending_update_count": len(self.pending)}

    async def _on_getUpdates(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        if self.webhook:
            return _no(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        self.polls += 1
        mine, end = self.polls, time.monotonic() + fields.get("timeout", 0)
        self.pending = {n: u for n, u in self.pending.items() if n >= fields.get("offset", 0)}
        while not self.pending and time.monotonic() < end:
            await asyncio.sleep(0.01)
            if self.polls != mine:
                return _no(409, "Conflict: terminated by other getUpdates request")
        return list(self.pending.values())[: fields.get("limit", 100)]

    async def _on_sendMessage(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        return self._show(fields, check_text(fields), fields["text"])

    async def _on_sendPhoto(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        check_photo(fields["photo"])
        return self._show(fields, shown_text(fields, "caption", LONGEST_CAPTION), photo=fields["photo"])

    def _show(self, fields: Mapping[str, Any], text: str, source: str = "", photo: bytes = b"") -> dict[str, Any]:
        rows = check_keyboard(fields["reply_markup"]) if "reply_markup" in fields else []
        number = next(self.numbers)
        self.shown[number] = Shown(number, fields["chat_id"], text, source, rows, photo)
        return {"message_id": number, "chat": {"id": fields["chat_id"], "type": "private"}, "text": text}

    async def _on_editMessageReplyMarkup(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        rows = check_keyboard(fields["reply_markup"])
        shown = self.shown.get(fields["message_id"])
        if shown is None or shown.chat != fields["chat_id"]:
            raise BadRequestError("message to edit not found")
        if shown.rows == rows:
            raise BadRequestError("message is not modified: specified new message content is the same")
        shown.rows = rows
        return True

    async def _on_answerCallbackQuery(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        if fields["callback_query_id"] not in self.toasts or self.toasts[fields["callback_query_id"]]:
            raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
        if len(fields.get("text", "")) > LONGEST_TOAST:
            raise BadRequestError("MESSAGE_TOO_LONG")
        self.toasts[fields["callback_query_id"]] = {"at": time.monotonic(), **fields}
        return True

    async def _on_leaveChat(self, fields: Mapping[str, Any]) -> Any:  # noqa: N802
        return True


def _no(code: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": code, "description": description}, status=code)


async def _fields(request: web.Request) -> dict[str, Any]:
    """The fields of a form; what is JSON in them is read, as the API does."""
    fields: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            fields[name] = value.file.read()
        else:
            fields[name] = json.loads(value) if value[:1] in "[{-0123456789tf" and _is_json(str(value)) else value
    return fields


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@contextmanager
def telegram() -> Iterator[TelegramServer]:
    """A running server that is stopped afterwards."""
    server = TelegramServer()
    server.start()
    yield server
    server.stop()
