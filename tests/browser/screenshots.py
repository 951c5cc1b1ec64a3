"""Pictures of the page's states for docs/pictures, at phone and desk width, from a running assistant.

psoas serve &
python -m tests.browser.screenshots http://localhost:5005/
"""

import io
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parent))
from chat_page import ChatPage

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
COLOURS, MOST_BYTES = 160, 60_000

Step = Callable[[ChatPage], object]


def opened(part: str) -> Step:
    """Opens a part of the plan and brings it into view."""

    def step(chat: ChatPage) -> None:
        summary = chat.page.locator("psoas-chat .part > summary", has_text=part)
        summary.click()
        chat.page.locator("psoas-chat .part[open] .drawing img").first.scroll_into_view_if_needed()
        summary.evaluate("(summary) => summary.scrollIntoView()")
        chat.page.wait_for_timeout(300)

    return step


def ticked(chat: ChatPage) -> None:
    """The first question with two places chosen."""
    chat.press("Ask me the questions")
    chat.page.get_by_label("Deep in the hip").check()
    chat.page.get_by_label("Front of the thigh").check()


def walk(chat: ChatPage) -> None:
    """Faults of the step, so that the plan has corrections."""
    for label in ("My steps are short or shuffling", "I lift my knee rather than push off with the back foot"):
        chat.page.get_by_label(label).check()
    chat.press("Send my answer")


def told(text: str) -> Step:
    """Says something and brings the last answer's beginning into view."""

    def step(chat: ChatPage) -> None:
        chat.say(text)
        chat.page.locator("psoas-chat .drawing img").last.scroll_into_view_if_needed()
        chat.page.locator("psoas-chat .row.person").last.evaluate("(row) => row.scrollIntoView()")
        chat.page.wait_for_timeout(300)

    return step


def crossed(chat: ChatPage) -> None:
    """A message that could not be sent, and the way back to the network."""
    chat.context.set_offline(True)
    chat.say("What about running?")


def back_online(chat: ChatPage) -> None:
    chat.context.set_offline(False)
    chat.press("Send again")


NONE = "None of these"
SCENES: list[tuple[str, Step]] = [
    ("welcome", lambda chat: None),
    ("body_map", ticked),
    ("list", lambda chat: chat.press("Send my answer")),
    ("one", lambda chat: chat.press(NONE).press(NONE).press(NONE)),
    ("scale", lambda chat: chat.press("16 to 49").press("some months")),
    ("why", lambda chat: chat.press("Why do you ask?")),
    ("several", lambda chat: chat.press("4 out of 10").press("No difference").press(NONE)),
    ("plan", walk),
    ("plan_open", opened("On your next walk")),
    ("more", told("Tell me more about the kneeling hip flexor stretch")),
    ("psoas", told("Show me a picture of the psoas")),
    ("menu", lambda chat: chat.button("Menu").click()),
    ("delete", lambda chat: chat.button("Delete my data").click()),
    ("offline", lambda chat: (chat.button("Cancel").click(), crossed(chat))),
    ("urgent", lambda chat: (back_online(chat), chat.say("I have had a fever of 39 since yesterday"))),
    ("emergency", lambda chat: chat.say("And now I have lost feeling between my legs")),
]
NUMBER: list[tuple[str, Step]] = [
    (
        "number",
        lambda chat: [
            chat.press("Ask me the questions").say("hip").press(NONE).press(NONE).press(NONE).press("16 to 49"),
            chat.press("some months").press("4 out of 10").press("No difference").press(NONE).press(NONE),
        ],
    )
]
DARK = {"welcome", "body_map", "plan_open", "emergency"}


def main() -> None:
    """Walks through two conversations and writes what is seen."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:5005/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scenes in (NUMBER, SCENES):
            context = browser.new_context(viewport=WIDTHS["phone"], reduced_motion="reduce", locale="en-GB")  # type: ignore[arg-type]
            chat = ChatPage(context, address).ready()
            for name, step in scenes:
                step(chat)
                look(chat, name)


def look(chat: ChatPage, name: str) -> None:
    """Writes one state at both widths, and some of them in the dark too."""
    chat.page.mouse.move(0, 0)
    for width, size in WIDTHS.items():
        chat.page.set_viewport_size(size)  # type: ignore[arg-type]
        chat.page.wait_for_timeout(150)
        keep(chat.page.screenshot(), f"page_{name}_{width}.png")
        if name in DARK:
            chat.page.emulate_media(color_scheme="dark")
            keep(chat.page.screenshot(), f"page_{name}_{width}_dark.png")
            chat.page.emulate_media(color_scheme="light")
    chat.page.set_viewport_size(WIDTHS["phone"])  # type: ignore[arg-type]


def keep(shot: bytes, name: str) -> None:
    """A small PNG with few colours."""
    path = FOLDER / name
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{size:7} {name}" + ("  too large" if size > MOST_BYTES else ""))


if __name__ == "__main__":
    main()
