"""A headless Chromium in front of a running web door."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "channels"))
from chat_page import ChatPage, OpenPage
from doors import House, house
from scripted_bot import ScriptedBot
from web_door import Door, open_door


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine (Debian package: chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Rasa and the action server with every door open."""
    with house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
def bot() -> ScriptedBot:
    return ScriptedBot()


@pytest.fixture
def door(bot: ScriptedBot, tmp_path: Path) -> Iterator[Door]:
    with open_door(bot, tmp_path / "var") as running:
        yield running


@pytest.fixture
def open_page(chromium: Browser, door: Door) -> Iterator[OpenPage]:
    """Opens the page; keywords go to the browser context (viewport, color_scheme, locale ...)."""
    opened: list[ChatPage] = []

    def opener(address: str = "/", **context: object) -> ChatPage:
        settings = {"reduced_motion": "reduce", "viewport": {"width": 390, "height": 844}, "locale": "en-GB", **context}
        page = ChatPage(chromium.new_context(**settings), door.address + address)  # type: ignore[arg-type]
        opened.append(page)
        return page

    yield opener
    for page in opened:
        page.context.close()


@pytest.fixture
def chat(open_page: OpenPage) -> ChatPage:
    return open_page()
