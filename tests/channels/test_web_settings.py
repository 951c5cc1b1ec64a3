"""The block of the credentials file."""

import pytest

from assistant.channels.web.channel import WebInput
from assistant.channels.web.settings import WebSettings, web_settings
from assistant.errors import InputError


def test_an_empty_block_gives_the_defaults() -> None:
    assert web_settings(None) == WebSettings()
    assert WebInput.from_credentials({}).url_prefix() == "/chat"


def test_origins_are_compared_in_one_form() -> None:
    assert web_settings({"allowed_origins": ["https://Clinic.example/"]}).allowed_origins == {"https://clinic.example"}


@pytest.mark.parametrize(
    ("block", "word"),
    [
        ({"origins": []}, "origins"),
        ({"proxies": "one"}, "proxies"),
        ({"history": "disk"}, "history"),
        ({"allowed_origins": ["*"]}, "allowed_origins"),
        ({"allowed_origins": ["https://a.example/path"]}, "allowed_origins"),
        ({"allowed_origins": ["a.example"]}, "allowed_origins"),
    ],
)
def test_an_odd_block_is_refused_with_its_key(block: dict[str, object], word: str) -> None:
    with pytest.raises(InputError, match=word):
        web_settings(block)
