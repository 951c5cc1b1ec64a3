"""Reads an update into one thing: somebody said, tapped or sent something, or nothing that concerns the bot."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.channels.web.message import clean, without_commands

Content = Mapping[str, Any]

SAID, TAPPED, GROUP, GONE = "said", "tapped", "group", "gone"
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that Telegram is asked for; others may still come."""
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s.*)?", re.DOTALL)
REGION = re.compile(r"[A-Za-z]{2,3}[-_][A-Za-z]{2}")
CONTENTS: Mapping[str, str] = {
    "voice": "voice", "audio": "voice", "video_note": "voice",
    "photo": "picture", "video": "picture", "animation": "picture", "document": "picture",
    "sticker": "sticker", "location": "place", "venue": "place", "contact": "contact",
}  # fmt: skip
"""What people send -> the line that answers it."""
FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_sender_name")
SERVICE = re.compile(
    "new_chat_|left_chat_|delete_chat_|group_chat_|supergroup_chat_|channel_chat_|message_auto_delete|migrate_|pinned_"
    "|successful_payment|refunded_payment|users_shared|user_shared|chat_shared|connected_website|write_access|passport_data"
    "|proximity_alert|boost_added|chat_background|chat_owner|forum_topic|general_forum|giveaway|video_chat|voice_chat"
    "|web_app_data|gift|unique_gift|paid_message|direct_message_price|suggested_post|checklist_tasks"
)
"""How the names of what Telegram itself reports in a chat begin: nobody waits for an answer to those."""
PRESENT = frozenset({"member", "administrator", "creator", "restricted"})


@dataclass(frozen=True)
class Incoming:
    """One thing that came from a chat.

    ``text`` is what was said ("" with a picture alone), ``line`` names the sentence that answers its form first, ``edited``
    says that it replaces an earlier one. A tap has its ``button``, the ``query`` to answer and the ``message`` it is below.
    """

    kind: str
    chat: int
    text: str = ""
    line: str = ""
    edited: bool = False
    button: str = ""
    query: str = ""
    message: int = 0
    locale: str = ""


def read_update(update: object, commands: Mapping[str, str]) -> Incoming | None:
    """The one thing; None for what is malformed or concerns nobody. ``commands``: "/help" -> what the bot hears."""
    readers: Mapping[str, Callable[[Content], Incoming | None]] = {
        "message": lambda message: _message(message, commands),
        "edited_message": _edited,
        "callback_query": _tap,
        "my_chat_member": _membership,
    }
    if not isinstance(update, Mapping):
        return None
    return next((read(_inner(update, name)) for name, read in readers.items() if name in update), None)


def number_of(update: object) -> int | None:
    """The update's number; None where it has none."""
    return _number(update.get("update_id")) if isinstance(update, Mapping) else None


def _message(message: Content, commands: Mapping[str, str]) -> Incoming | None:
    chat, private = _chat(message)
    if not chat or _inner(message, "from").get("is_bot") is True:
        return None
    if not private:
        return _group(message, chat)
    text = _text(message)
    line = next((line for name, line in CONTENTS.items() if name in message), "")
    if text:
        command = COMMAND.fullmatch(text)
        known = commands.get(command[1].lower()) if command else None
        line = line or ("forwarded" if any(name in message for name in FORWARDED) else "")
        said = known or without_commands(text)
        return Incoming(SAID, chat, said, line if said else "empty", locale=_locale(message))
    if line or not any(SERVICE.match(name) for name in message):
        return Incoming(SAID, chat, line=line or ("empty" if "text" in message else "only_text"))
    return None


def _edited(message: Content) -> Incoming | None:
    """A changed text; a live location, which moves by edits, is nothing new."""
    chat, private = _chat(message)
    text = without_commands(_text(message))
    if not private or not text:
        return None
    return Incoming(SAID, chat, text, "edited", edited=True, locale=_locale(message))


def _group(message: Content, chat: int) -> Incoming | None:
    kind = _inner(message, "chat").get("type")
    return Incoming(GROUP, chat) if kind in ("group", "supergroup") and "left_chat_member" not in message else None


def _tap(query: Content) -> Incoming | None:
    number, data = query.get("id"), query.get("data")
    message = _inner(query, "message")
    chat, private = _chat(message)
    if not isinstance(number, str) or not number:
        return None
    button = data if private and isinstance(data, str) else ""
    place = _number(message.get("message_id")) or 0
    return Incoming(TAPPED, chat, button=button, query=number, message=place, locale=_locale(query))


def _membership(change: Content) -> Incoming | None:
    """The bot was blocked by a person, or added to a group."""
    chat, private = _chat(change)
    status = _inner(change, "new_chat_member").get("status")
    if chat and private and status in ("kicked", "left"):
        return Incoming(GONE, chat)
    return _group(change, chat) if chat and not private and status in PRESENT else None


def _chat(content: Content) -> tuple[int, bool]:
    """The chat's id, 0 where there is none, and whether it is a private one."""
    chat = _inner(content, "chat")
    return _number(chat.get("id")) or 0, chat.get("type") == "private"


def _inner(content: Content, name: str) -> Content:
    inner = content.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63 else None


def _text(message: Content) -> str:
    texts = [message.get("text"), message.get("caption")]
    return clean("\n".join(text for text in texts if isinstance(text, str)))


def _locale(content: Content) -> str:
    """The language and country of the sender where both are known; a language alone says nothing about the country."""
    code = _inner(content, "from").get("language_code")
    return code if isinstance(code, str) and REGION.fullmatch(code) else ""
