"""Tokens: only ours, only while they last, and the secret is kept where nobody else can read it."""

import base64
import json
import time
from pathlib import Path

import jwt
import pytest

from assistant.channels.web.sessions import SessionError, Sessions, load_secret
from assistant.errors import InputError

SECRET = b"s" * 32
HOUR = 3600


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(SECRET)


def at(seconds_from_now: float) -> Sessions:
    return Sessions(SECRET, clock=lambda: time.time() + seconds_from_now)


def forged(**changes: object) -> str:
    now = int(time.time())
    claims = {"sub": "web-1", "aud": "psoas-web", "iat": now, "exp": now + 60, "born": now, **changes}
    return jwt.encode({key: value for key, value in claims.items() if value is not None}, SECRET, algorithm="HS256")


def test_a_minted_token_stands_for_a_new_conversation(sessions: Sessions) -> None:
    one, other = sessions.verify(sessions.mint()), sessions.verify(sessions.mint())
    assert one.conversation.startswith("web-")
    assert one.conversation != other.conversation


def test_rotation_keeps_the_conversation_and_its_birth(sessions: Sessions) -> None:
    old = at(-6 * HOUR).mint()
    before, after = sessions.verify(old), sessions.verify(sessions.rotate(old))
    assert (after.conversation, after.born) == (before.conversation, before.born)
    assert after.expires > before.expires


def test_a_token_ends(sessions: Sessions) -> None:
    with pytest.raises(SessionError):
        sessions.verify(at(-13 * HOUR).mint())


def test_a_clock_that_was_set_back_ends_no_session() -> None:
    young = at(0)
    token = at(30 * 24 * HOUR).mint()
    assert young.verify(young.rotate(token)).conversation == young.verify(token).conversation


def test_rotation_never_outlives_the_longest_conversation() -> None:
    young = Sessions(SECRET, longest=8 * HOUR)
    token = Sessions(SECRET, longest=8 * HOUR, clock=lambda: time.time() - 7 * HOUR).mint()
    session = young.verify(young.rotate(token))
    assert session.expires - session.born == 8 * HOUR


def test_rotation_refuses_a_conversation_that_is_too_old() -> None:
    token = at(-2 * HOUR).mint()
    with pytest.raises(SessionError):
        Sessions(SECRET, longest=HOUR).rotate(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\u00e9.b.c", "a" * 5000], ids=range(5))
def test_what_is_no_token_is_refused(sessions: Sessions, token: str) -> None:
    with pytest.raises(SessionError):
        sessions.verify(token)


@pytest.mark.parametrize(
    "changes",
    [{"aud": "else"}, {"aud": None}, {"born": None}, {"exp": None}, {"sub": 7}, {"born": "yesterday"}, {"exp": 1}],
    ids=str,
)
def test_a_token_with_odd_claims_is_refused(sessions: Sessions, changes: dict[str, object]) -> None:
    with pytest.raises(SessionError):
        sessions.verify(forged(**changes))


def test_a_token_of_another_server_is_refused(sessions: Sessions) -> None:
    with pytest.raises(SessionError):
        sessions.verify(Sessions(b"t" * 32).mint())


def test_an_unsigned_token_is_refused(sessions: Sessions) -> None:
    body = sessions.mint().split(".")[1]
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    with pytest.raises(SessionError):
        sessions.verify(f"{head}.{body}.")


def test_a_token_with_another_conversation_written_in_is_refused(sessions: Sessions) -> None:
    head, body, mark = sessions.mint().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["sub"] = "web-somebody-else"
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    with pytest.raises(SessionError):
        sessions.verify(f"{head}.{body}.{mark}")


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    first = load_secret(path, {})
    assert load_secret(path, {}) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_a_readable_secret_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("k" * 64)
    path.chmod(0o644)
    load_secret(path, {})
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_environment_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert load_secret(path, {"PSOAS_SESSION_SECRET": "e" * 40}) == b"e" * 40
    assert not path.exists()


@pytest.mark.parametrize(("kept", "given"), [("short", ""), ("", ""), ("k" * 64, "short")])
def test_a_short_secret_is_refused(tmp_path: Path, kept: str, given: str) -> None:
    path = tmp_path / "secret"
    path.write_text(kept)
    with pytest.raises(InputError):
        load_secret(path, {"PSOAS_SESSION_SECRET": given})
