"""The widget on somebody else's page, with that page's own strict rules."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from chat_page import ChatPage
from playwright.sync_api import Browser, expect
from scripted_bot import ScriptedBot
from web_door import Door, open_door

pytestmark = pytest.mark.browser

HOST_PAGE = """<!doctype html><html lang="en" style="font-size: 62.5%"><head><title>A clinic</title>
<link rel="icon" href="data:,"></head><body><main><h1>A clinic</h1><p>Some text.</p>
<script src="{door}/widget.js"></script><psoas-chat {attributes}></psoas-chat></main></body></html>"""


class Clinic:
    """Another site; ``attributes`` are those of its <psoas-chat>."""

    def __init__(self) -> None:
        self.attributes = ""
        self.door = ""
        clinic = self

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = HOST_PAGE.format(door=clinic.door, attributes=clinic.attributes).encode()
                policy = (
                    f"default-src 'none'; script-src {clinic.door}; style-src {clinic.door} 'unsafe-hashes' 'sha256-x'"
                )
                policy += f"; connect-src {clinic.door}; img-src data: {clinic.door}"
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def clinic() -> Iterator[Clinic]:
    site = Clinic()
    yield site
    site.server.shutdown()


@pytest.fixture
def host(clinic: Clinic, tmp_path: Path) -> Iterator[Door]:
    with open_door(ScriptedBot(), tmp_path / "other", allowed_origins=[clinic.address]) as running:
        clinic.door = running.address
        yield running


def visit(chromium: Browser, clinic: Clinic, attributes: str = "", **context: object) -> ChatPage:
    clinic.attributes = attributes
    settings = {"reduced_motion": "reduce", "viewport": {"width": 800, "height": 800}, **context}
    return ChatPage(chromium.new_context(**settings), clinic.address)  # type: ignore[arg-type]


def test_it_talks_on_a_strict_foreign_page(chromium: Browser, clinic: Clinic, host: Door) -> None:
    chat = visit(chromium, clinic)
    chat.say("rich").press("How do I stretch?")
    assert len(host.received) == 2
    assert [line for line in chat.complaints if "style" not in line] == []
    assert chat.reload().bubbles[0] == "person: rich"
    assert chat.faults() == []


def test_an_uninvited_site_gets_no_answer(chromium: Browser, clinic: Clinic, door: Door) -> None:
    clinic.door = door.address
    chat = visit(chromium, clinic)
    chat.say("rich")
    expect(chat.page.get_by_text("Not sent.")).to_be_visible()
    assert door.received == []


def test_title_and_text_size_are_its_own(chromium: Browser, clinic: Clinic, host: Door) -> None:
    chat = visit(chromium, clinic, 'title="Ask the clinic"')
    expect(chat.page.get_by_role("heading", name="Ask the clinic", level=2)).to_be_visible()
    assert chat.inside("parseFloat(getComputedStyle(root.querySelector('.chat')).fontSize)") == 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["#ffee00", "#fff", "#000", "0a66c2", "not a colour"])
def test_any_accent_stays_readable(chromium: Browser, clinic: Clinic, host: Door, accent: str, scheme: str) -> None:
    chat = visit(chromium, clinic, f'accent="{accent}"', color_scheme=scheme)
    chat.press("Ask me the questions")
    assert chat.faults() == []


def test_a_button_opens_and_closes_the_panel(chromium: Browser, clinic: Clinic, host: Door) -> None:
    chat = visit(chromium, clinic, 'mode="button"')
    assert chat.faults() == []
    expect(chat.box).to_be_hidden()
    chat.button("Open the chat").click()
    expect(chat.box).to_be_focused()
    chat.say("rich")
    assert chat.faults() == []
    chat.page.keyboard.press("Escape")
    expect(chat.box).to_be_hidden()
    expect(chat.button("Open the chat")).to_be_focused()
    chat.reload_folded().button("Open the chat").click()
    expect(chat.page.get_by_text("Walking can lengthen it.")).to_be_visible()


def test_the_panel_fills_a_phone(chromium: Browser, clinic: Clinic, host: Door) -> None:
    chat = visit(chromium, clinic, 'mode="button"', viewport={"width": 390, "height": 700})
    chat.button("Open the chat").click()
    assert chat.inside("root.querySelector('.chat').getBoundingClientRect().width") == 390
