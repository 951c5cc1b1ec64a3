"""What a person does on the page, in words."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, expect

AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
IN_CHAT = "(document.querySelector('psoas-chat').shadowRoot)"


class ChatPage:
    """The page in one browser context; ``complaints`` collects errors of the console."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.goto(address)
        self.page.locator("psoas-chat .chat, psoas-chat .launcher").first.wait_for(state="attached")

    def button(self, name: str, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your message")

    def press(self, name: str, exact: bool = True) -> "ChatPage":
        """Presses a button and waits for the answer."""
        self.button(name, exact).click()
        return self.answered()

    def say(self, text: str) -> "ChatPage":
        self.box.fill(text)
        self.box.press("Enter")
        return self.answered()

    def answered(self) -> "ChatPage":
        self.ready()
        expect(self.page.locator("psoas-chat .typing")).to_be_hidden()
        return self

    def menu(self, item: str) -> "ChatPage":
        self.button("Menu").click()
        self.button(item).click()
        return self

    @property
    def bubbles(self) -> list[str]:
        """What was said, oldest first: "person: ..." or "bot: ..."."""
        return [str(line) for line in self.inside(
            "[...root.querySelectorAll('.row')].map((row) => (row.classList.contains('person') ? 'person: ' : 'bot: ')"
            " + [...row.querySelectorAll('.bubble > :not(.unseen)')].map((part) => part.innerText).join(' '))"
        )]  # fmt: skip

    def inside(self, script: str) -> Any:
        """The value of an expression in which ``root`` is the chat's shadow root."""
        return self.page.evaluate(f"() => {{ const root = {IN_CHAT}; return {script}; }}")

    def focused(self) -> str:
        """The accessible name, text or class of what has the focus in the chat."""
        return str(self.inside(
            "((e) => e ? (e.ariaLabel || e.value || e.innerText || e.className || e.id) : '')(root.activeElement)"
        ))  # fmt: skip

    def faults(self) -> list[str]:
        """What axe-core finds wrong: rule and place."""
        found = Axe().run(self.page, options=AXE_RULES).response["violations"]
        return [f"{each['id']}: {node['target']} {node['any'][:1]}" for each in found for node in each["nodes"]]

    def reload(self) -> "ChatPage":
        self.page.reload()
        return self.ready()

    def ready(self) -> "ChatPage":
        """Waits until what was said before is there."""
        self.page.locator("psoas-chat .chat[data-ready]").wait_for()
        return self

    def reload_folded(self) -> "ChatPage":
        """Reloads a page whose chat is behind a button."""
        self.page.reload()
        self.button("Open the chat").wait_for()
        return self


OpenPage = Callable[..., ChatPage]
