"""Names that nobody can guess: the sender id of a chat, and the secret that Telegram shows with each update."""

import hashlib
import hmac
from dataclasses import dataclass, field

CHANNEL = "telegram"


@dataclass(frozen=True)
class Names:
    """``key`` is the secret of the state folder (sessions.load_secret); ``bot`` the number in front of the bot's token."""

    key: bytes = field(repr=False)
    bot: str

    def sender(self, chat: int) -> str:
        """The conversation of a chat: the same after a restart, and not to be found from the chat's id."""
        return f"{CHANNEL}:{self._mark(f'sender {self.bot} {chat}')[:40]}"

    def webhook_secret(self) -> str:
        """The secret header of this bot's updates, where the credentials name none."""
        return self._mark(f"webhook {self.bot}")

    def _mark(self, text: str) -> str:
        return hmac.new(self.key, f"{CHANNEL} {text}".encode(), hashlib.sha256).hexdigest()


def same(shown: str, secret: str) -> bool:
    """Whether the secret was shown, in a time that tells nothing about it."""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode())
