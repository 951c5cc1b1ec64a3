"""What docs/web.md says of the page in numbers: `python -m tests.browser.measures` prints its tables.

Opens the page against the scripted bot: the weight over the wire, the time until it can be used, and what axe-core finds.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "channels"))
from chat_page import ChatPage
from page_states import STATES
from scripted_bot import ScriptedBot
from web_door import Door, open_door

WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
TRIES = 9
USABLE = """() => new Promise((done) => { const look = () => document.querySelector('psoas-chat')?.shadowRoot
    ?.querySelector('.chat textarea') ? done(performance.now()) : requestAnimationFrame(look); look(); })"""


def main() -> None:
    """Prints every table."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with open_door(ScriptedBot(), Path(folder)) as door:
            weights(browser, door)
            times(browser, door)
        for number, (state, step) in enumerate(STATES.items()):
            with open_door(ScriptedBot(), Path(folder) / str(number)) as door:
                print(f"| {state} | " + " | ".join(findings(browser, door, step)) + " |", flush=True)


def weights(browser: Browser, door: Door) -> None:
    """Bytes of the first load by kind, as they come over the wire with gzip, with headers."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    totals: dict[str, list[int]] = {}
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: totals.setdefault(kinds[event["requestId"]], []).append(int(event["encodedDataLength"])),
    )
    page.goto(door.address, wait_until="networkidle")
    for kind, sizes in sorted(totals.items()):
        print(f"| {kind} | {len(sizes)} | {sum(sizes)} |")
    print(f"| all | {sum(map(len, totals.values()))} | {sum(map(sum, totals.values()))} |\n")
    context.close()


def times(browser: Browser, door: Door) -> None:
    """Milliseconds from the start of loading until the message box stands there: new visitor, and with a full cache."""
    for name, fresh in (("first visit", True), ("later visit", False)):
        context = browser.new_context()
        found = []
        for _ in range(TRIES):
            if fresh:
                context.close()
                context = browser.new_context()
            page = context.new_page()
            page.goto(door.address, wait_until="commit")
            found.append(page.evaluate(USABLE))
            page.close()
        context.close()
        print(f"| {name} | {statistics.median(found):.0f} | {max(found):.0f} |")
    print()


def findings(browser: Browser, door: Door, step: object) -> list[str]:
    """What axe-core finds in one state: phone light, phone dark, desk light, desk dark."""
    told = []
    context = browser.new_context(viewport=WIDTHS["phone"], reduced_motion="reduce", locale="en-GB")  # type: ignore[arg-type]
    chat = ChatPage(context, door.address)
    assert callable(step)
    step(chat)
    for size in WIDTHS.values():
        chat.page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            chat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            told.append(str(len(chat.faults())))
    context.close()
    return told


if __name__ == "__main__":
    main()
