"""Everything the door asks of Slack's Web API. Faults are logged by their code, never with words or secrets."""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from assistant.channels.parts import picture_path
from assistant.channels.slack.blocks import Block, Picture, Post
from assistant.channels.slack.settings import SlackSettings

logger = logging.getLogger(__name__)
QUIET = logging.getLogger("assistant.channels.slack_client")
QUIET.setLevel(logging.WARNING)  # below that, slack_sdk writes whole requests into the log

PATIENCE = 5
"""How often a call is made again when Slack says to come back later; each wait is as long as Slack asks."""
BAD_BLOCKS = ("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long")
FAULTS = (SlackClientError, ClientError, asyncio.TimeoutError, OSError)


class SlackSend:
    """Posts, changes and uploads. Nothing here raises: what failed gives "" and a line in the log."""

    def __init__(self, settings: SlackSettings) -> None:
        self._pictures = settings.pictures
        self._client = AsyncWebClient(
            settings.slack_token,
            base_url=settings.api_base,
            proxy=settings.proxy or None,
            logger=QUIET,
            retry_handlers=[
                AsyncRateLimitErrorRetryHandler(max_retry_count=PATIENCE),
                AsyncConnectionErrorRetryHandler(max_retry_count=3),
                AsyncServerErrorRetryHandler(max_retry_count=2),
            ],
        )

    async def post(self, channel: str, post: Post) -> str:
        """Posts a message; its ts. Where Slack refuses the blocks, the words are posted alone."""
        ts, fault = await self._post(channel, post.text, post.blocks)
        if fault in BAD_BLOCKS:
            ts, _ = await self._post(channel, post.text, ())
        return ts

    async def _post(self, channel: str, text: str, blocks: Sequence[Block]) -> tuple[str, str]:
        return await self._call(
            "chat.postMessage",
            self._client.chat_postMessage(
                channel=channel,
                text=text,
                blocks=[dict(block) for block in blocks] or None,
                unfurl_links=False,
                unfurl_media=False,
            ),
            "ts",
        )

    async def change(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None:
        """Replaces what a message of ours shows."""
        await self._call(
            "chat.update",
            self._client.chat_update(channel=channel, ts=ts, text=text, blocks=[dict(block) for block in blocks]),
            "ts",
        )

    async def whisper(self, channel: str, user: str, text: str, thread: str = "") -> None:
        """Tells one person something in a channel, seen by nobody else."""
        call = self._client.chat_postEphemeral(channel=channel, user=user, text=text, thread_ts=thread or None)
        await self._call("chat.postEphemeral", call, "message_ts")

    async def direct(self, user: str) -> str:
        """The id of the direct talk with a person."""
        channel, _ = await self._call("conversations.open", self._client.conversations_open(users=user), "channel")
        return channel

    async def picture(self, channel: str, picture: Picture) -> None:
        """Shows a drawing with its description, where there is one."""
        path = picture_path(self._pictures, picture.name)
        if path is not None:
            await self._call("files_upload_v2", self._upload(channel, path, picture.words), "")

    def _upload(self, channel: str, path: Path, words: str) -> Awaitable[Any]:
        return self._client.files_upload_v2(
            channel=channel, filename=path.name, file=path.read_bytes(), title=words[:100], alt_txt=words[:1000]
        )

    async def _call(self, name: str, call: Awaitable[Any], wanted: str) -> tuple[str, str]:
        """What the answer holds under ``wanted``, and the code of the fault; one of them is ""."""
        try:
            answer = await call
        except SlackApiError as fault:
            code = str(fault.response.get("error", "")) if hasattr(fault.response, "get") else ""
            logger.error("Slack refused %s: %s", name, code or "no reason given")
            return "", code or "unknown"
        except FAULTS as fault:
            logger.error("Slack could not be reached for %s: %s", name, type(fault).__name__)
            return "", "unreachable"
        found = answer.get(wanted, "") if wanted else ""
        return str(found.get("id", "") if isinstance(found, dict) else found), ""
