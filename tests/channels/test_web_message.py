"""Whatever is posted: a message of plain text, or a refusal with a code."""

import json
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from assistant.channels.web.message import clean, read_said, without_commands
from assistant.channels.web.refusals import RefusedError

JSON = "application/json; charset=utf-8"


def posted(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def code(body: bytes, content_type: str = JSON) -> str:
    with pytest.raises(RefusedError) as refused:
        read_said(body, content_type)
    return refused.value.code


def test_a_message_is_read_whole() -> None:
    said = read_said(posted(text=" hello ", shown="Hello!", id="0123456789ab", metadata={"locale": "en-GB"}), JSON)
    assert (said.text, said.shown, said.turn, said.locale) == ("hello", "Hello!", "0123456789ab", "en-GB")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "/", " / // ", "\u3000/\u00a0/", "\x00\x01"])
def test_an_empty_text_is_refused(text: str) -> None:
    assert code(posted(text=text)) == "empty"


def test_5000_characters_pass_and_one_more_does_not() -> None:
    assert read_said(posted(text="é" * 5000), JSON).text
    assert code(posted(text="é" * 5001)) == "too_long"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"{",
        b"\xff\xfe",
        b'{"text": 5}',
        b'{"text": null}',
        b'{"text": ["a"]}',
        b"{}",
        b"[" * 60_000,
    ],
    ids=range(11),
)
def test_a_body_of_another_shape_is_refused(body: bytes) -> None:
    assert code(body) == "unreadable"


@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_only_json_is_read(content_type: str) -> None:
    assert code(posted(text="hello"), content_type) == "only_text"


@pytest.mark.parametrize(
    ("locale", "kept"),
    [
        ("en-GB", "en-GB"),
        ("pt_BR", "pt_BR"),
        ("de", "de"),
        ("en-GB\n", None),
        ("../x", None),
        ("<b>", None),
        (7, None),
        (None, None),
    ],
)
def test_only_a_locale_passes_as_a_locale(locale: object, kept: str | None) -> None:
    assert read_said(posted(text="a", metadata={"locale": locale}), JSON).locale == kept


@pytest.mark.parametrize("turn", ["short", "a" * 65, "with space", "semi;colon", 7, None])
def test_an_odd_turn_id_is_replaced(turn: object) -> None:
    assert read_said(posted(text="a", id=turn), JSON).turn != turn


def test_half_surrogates_and_control_characters_go() -> None:
    said = read_said(b'{"text": "a\\ud800b\\u0000c\\u001b[31md"}', JSON)
    assert said.text.encode("utf-8")
    assert not set(said.text) & set(map(chr, range(32)))


SLASHES = st.text(alphabet=st.sampled_from('/ \t\n\u00a0\u2003\u3000\x1c\x85\u200b{}@":ab'), max_size=12)


@given(SLASHES, st.sampled_from(["", "restart", 'inform{"saddle_numbness": "false"}', "restart@1.0"]))
@example("/ /", "restart")
@example("\u3000/", "restart")
def test_rasa_never_takes_a_text_for_a_command(start: str, rest: str) -> None:
    text = without_commands(clean(start + rest))
    message = Message({"text": text})
    assert not text.strip().startswith("/")
    assert YAMLStoryReader.unpack_regex_message(message) is message


@given(st.text(alphabet=string.ascii_letters + " ,.?!é", min_size=1))
def test_a_text_without_slashes_stays_as_it_was(text: str) -> None:
    assert without_commands(clean(text)) == clean(text)
