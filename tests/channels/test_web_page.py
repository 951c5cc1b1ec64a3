"""The page and its files: what is sent, how large, how long it keeps, and what a browser may do with it."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from web_door import Door

STATIC = Path(__file__).parents[2] / "assistant" / "channels" / "web" / "static"
PACKED = {"Accept-Encoding": "gzip"}
MOST_WEIGHT = 60_000


def get(door: Door, path: str, **headers: str) -> requests.Response:
    return requests.get(door.address + path, headers=headers, timeout=5, allow_redirects=False)


def linked(door: Door) -> list[str]:
    """The addresses of everything the page loads."""
    return ["/" + address for address in re.findall(r'(?:href|src)="(chat/static/[^"]+)"', get(door, "/").text)]


def test_the_first_load_is_light(door: Door) -> None:
    addresses = {"/", *linked(door)}
    sizes = [
        int(requests.get(door.address + each, headers=PACKED, timeout=5, stream=True).headers["content-length"])
        for each in addresses
    ]
    assert len(sizes) > 15
    assert sum(sizes) < MOST_WEIGHT


def test_every_module_is_named_in_the_page(door: Door) -> None:
    """A module that is not preloaded would be found only after another one has come."""
    names = {address.rsplit("/", 1)[1] for address in linked(door)}
    assert names >= {path.name for path in STATIC.glob("chat*")}


def test_files_keep_for_ever_under_their_version(door: Door) -> None:
    reply = get(door, linked(door)[0])
    assert "immutable" in reply.headers["cache-control"]
    assert get(door, "/chat/static/0123456789abcdef/chat.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/widget.js", "/favicon.ico"])
def test_stable_addresses_are_asked_again_and_answered_briefly(door: Door, path: str) -> None:
    first = get(door, path)
    again = get(door, path, **{"If-None-Match": first.headers["etag"]})
    assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("identity", False), ("", False)],
)
def test_gzip_is_sent_to_those_who_take_it(door: Door, accepted: str, packed: bool) -> None:
    reply = get(door, "/", **{"Accept-Encoding": accepted})
    assert (reply.headers.get("content-encoding") == "gzip") is packed
    assert reply.headers["vary"] == "Accept-Encoding"


def test_the_page_allows_no_inline_code_and_no_strangers(door: Door) -> None:
    policy = get(door, "/").headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path", ["/", "/widget.js", "/chat/history", "/chat/nothing", "/nothing", "/chat/static/x/chat.js"]
)
def test_every_reply_has_the_common_headers(door: Door, path: str) -> None:
    headers = get(door, path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "content-security-policy" in headers


def test_private_replies_are_not_kept(door: Door) -> None:
    assert requests.post(f"{door.address}/chat/session", timeout=5).headers["cache-control"] == "no-store"


def test_head_is_answered(door: Door) -> None:
    assert requests.head(f"{door.address}/", timeout=5).status_code == 200


def test_the_way_without_a_slash_leads_to_the_page(door: Door) -> None:
    for path in ("/chat", "/chat/"):
        there = urljoin(f"{door.address}{path}", get(door, path).headers["location"])
        assert there == f"{door.address}/"


def test_markup_holds_no_inline_code() -> None:
    page = (STATIC / "index.html").read_text()
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|javascript:", page)


def test_scripts_make_no_html_out_of_text() -> None:
    for script in STATIC.glob("*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", script.read_text()
        ), script


def test_every_refusal_has_its_sentence(door: Door) -> None:
    from assistant.channels.web.texts import web_texts

    source = "".join(path.read_text() for path in STATIC.parent.glob("web_*.py"))
    codes = set(re.findall(r'RefusedError\("(\w+)"', source))
    assert codes <= set(web_texts(STATIC).refusals)
    assert web_texts(STATIC, "xx") == web_texts(STATIC)
