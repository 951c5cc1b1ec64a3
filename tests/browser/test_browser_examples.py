"""The example pages of docs/examples, served from a site of their own, with the chat of another."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from chat_page import ChatPage
from playwright.sync_api import Browser, BrowserContext, expect
from scripted_bot import ScriptedBot
from web_door import Door, open_door

pytestmark = pytest.mark.browser
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
PLACEHOLDER = "https://chat.example"


class Site:
    """The folder of examples on a port of its own; the pages name `door` where they would name the assistant."""

    def __init__(self) -> None:
        self.door = PLACEHOLDER
        site = self

        class Folder(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                path = EXAMPLES / self.path.strip("/")
                if path.suffix != ".html":
                    return super().do_GET()
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(path.read_text().replace(PLACEHOLDER, site.door).encode())
                return None

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=str(EXAMPLES)))
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    folder = Site()
    yield folder
    folder.server.shutdown()


@pytest.fixture
def host(site: Site, tmp_path: Path) -> Iterator[Door]:
    with open_door(ScriptedBot(), tmp_path / "var", allowed_origins=[site.address]) as running:
        site.door = running.address
        yield running


class Visit:
    """Opens examples in a browser; ``asked`` are the addresses that were fetched."""

    def __init__(self, chromium: Browser, site: Site, **settings: Any) -> None:
        wide = {"reduced_motion": "reduce", "viewport": {"width": 1000, "height": 900}}
        self.context: BrowserContext = chromium.new_context(**{**wide, **settings})
        self.context.set_default_timeout(8000)
        self.asked: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.site = site

    def open(self, name: str) -> ChatPage:
        return ChatPage(self.context, f"{self.site.address}/{name}")


@pytest.fixture
def visit(chromium: Browser, site: Site, host: Door) -> Iterator[Visit]:
    guest = Visit(chromium, site)
    yield guest
    guest.context.close()


def test_the_button_on_an_ordinary_page_opens_the_same_chat(visit: Visit, host: Door) -> None:
    chat = visit.open("host_page.html")
    place = chat.button("Open the chat").bounding_box()
    assert place is not None
    assert place["x"] > 900
    assert place["y"] > 800
    chat.button("Open the chat").click()
    chat.press("Ask me the questions").press("None of these")
    assert [message.text for message in host.received] == ["Ask me the questions", "none"]
    assert chat.complaints == []
    assert {url.split("/")[2] for url in visit.asked if url.startswith("http")} == {
        address.split("/")[2] for address in (visit.site.address, host.address)
    }


def test_the_clinic_has_its_own_words_and_look(visit: Visit, host: Door) -> None:
    chat = visit.open("clinic_page.html")
    expect(chat.page.get_by_role("heading", name="Harbour hip check")).to_be_visible()
    expect(chat.page.get_by_text("Welcome to Harbour Physiotherapy.")).to_be_visible()
    expect(chat.page.get_by_text("I am a set of written rules, not a clinician.")).to_be_visible()
    assert chat.inside("root.querySelector('.top .logo').naturalWidth") == 48
    background = "getComputedStyle(root.querySelector({})).backgroundColor"
    assert chat.inside(background.format("'.primary'")) == "rgb(91, 42, 134)"
    assert chat.inside(background.format("'.chat'")) == "rgb(250, 247, 253)"
    chat.say("rich")
    assert host.received[0].metadata["locale"] == "en-AU"
    assert chat.complaints == []


@pytest.mark.parametrize("name", ["host_page.html", "clinic_page.html"])
def test_axe_finds_nothing_on_the_examples(visit: Visit, name: str) -> None:
    chat = visit.open(name)
    assert chat.faults() == []
    if name == "host_page.html":
        chat.button("Open the chat").click()
    chat.say("result")
    for width in (390, 1280):
        chat.page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert chat.faults() == [], (width, scheme)


HOSTILE = """:not(html) { letter-spacing: 9px; text-transform: uppercase; color: red; font: italic 40px serif;
  line-height: 4; text-align: right; word-spacing: 9px; text-indent: 40px; white-space: nowrap; cursor: wait;
  background: yellow; border: 5px solid; text-shadow: 2px 2px red; }
psoas-chat { border-width: 1px !important; } button { display: none } p { margin: 99px } ul { display: none }"""
LOOK = """(elements) => elements.map((e) => { const s = getComputedStyle(e); return [s.letterSpacing, s.textTransform, s.color,
  s.font, s.textAlign, s.wordSpacing, s.textIndent, s.whiteSpace, s.cursor, s.margin, s.display, s.textShadow].join(" | "); })"""


def test_no_style_of_the_page_reaches_the_chat(visit: Visit) -> None:
    chat = visit.open("clinic_page.html").say("result")
    elements = chat.page.locator("psoas-chat .chat, psoas-chat .chat :not(.toast, .typing, .typing *)")
    plain = elements.evaluate_all(LOOK)
    chat.page.add_style_tag(content=HOSTILE)
    assert len(plain) > 60
    assert elements.evaluate_all(LOOK) == plain


def test_no_style_of_the_chat_reaches_the_page(visit: Visit) -> None:
    look = f"({LOOK})([...document.querySelectorAll('body :not(psoas-chat, script)')])"
    visit.context.route("**/widget.js", lambda route: route.abort())
    page = visit.context.new_page()
    page.goto(f"{visit.site.address}/host_page.html")
    own = page.evaluate(look)
    visit.context.unroute("**/widget.js")
    chat = visit.open("host_page.html")
    chat.button("Open the chat").click()
    chat.say("result")
    assert chat.page.evaluate(look) == own
    assert chat.page.evaluate("document.styleSheets.length + document.adoptedStyleSheets.length") == 1
