"""Passwords of the clinic's people: kept only as argon2id hashes, and compared at the same cost whoever is asked for.

Making and comparing take tens of milliseconds on purpose: never call them on an event loop.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import InputError

SHORTEST, LONGEST = 12, 1024
FEWEST_SIGNS = 5
"""Different characters that a password has at least."""
HASHER = PasswordHasher()
"""The low-memory profile of RFC 9106: 64 MiB, three passes, four lanes."""


def made(password: str, name: str = "") -> str:
    """The hash of a new password. Raises InputError where it is too short, too plain or the name itself."""
    whole = _whole(password)
    if not SHORTEST <= len(whole) <= LONGEST:
        raise InputError(f"the password needs at least {SHORTEST} characters (and at most {LONGEST})")
    if len(set(whole)) < FEWEST_SIGNS or (name and name.casefold() in whole.casefold()):
        raise InputError("the password is too easy to guess: use different characters, and not the name")
    return str(HASHER.hash(whole))


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one kept; None (nobody of that name) takes as long and never fits."""
    nobody = _nobody()
    try:
        return bool(HASHER.verify(kept or nobody, _whole(password)[:LONGEST])) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether a hash was made at other costs than today's."""
    return bool(HASHER.check_needs_rehash(kept))


def _whole(password: str) -> str:
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


@cache
def _nobody() -> str:
    return str(HASHER.hash("nobody has this password"))
