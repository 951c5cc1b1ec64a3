"""Script in every field: whatever the bot, the history or the person puts into a field is shown as text and never runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chat_page import ChatPage
from scripted_bot import ScriptedBot
from web_door import Door, open_door

pytestmark = pytest.mark.browser
EVIL = '<img src=x onerror="window.hit=1"><script>window.hit=1</script><svg onload=window.hit=1>"\'{{7*7}}${7*7}'
LINK = "javascript:window.hit=1"
OPTIONS = [{"value": EVIL, "label": EVIL}, {"value": "b", "label": EVIL}]
PICTURE = {"name": "../../" + LINK, "alt": EVIL, "caption": EVIL, "width": EVIL, "height": EVIL}
LINE = {"text": EVIL, "quote": EVIL, "source_label": EVIL, "picture": PICTURE}
BUTTONS = [{"title": EVIL, "payload": EVIL}]


def question(kind: str) -> dict[str, Any]:
    asked = {"id": EVIL, "findings": [EVIL], "label": EVIL, "kind": kind, "options": OPTIONS, "unit": EVIL, "why": EVIL}
    return {"text": EVIL, "buttons": BUTTONS, "custom": {"question": {**asked, "step": EVIL, "of_at_most": EVIL}}}


ANSWERS: dict[str, dict[str, Any]] = {
    **{kind: question(kind) for kind in ("one", "many", "yes_no", "number", "scale", EVIL)},
    "rich": {"text": f"- {EVIL}\n> {EVIL}\n**{EVIL}**", "image": LINK, "buttons": BUTTONS},
    "pictures": {"text": EVIL, "custom": {"pictures": [{**PICTURE, "moving": PICTURE}]}},
    "alert": {"text": EVIL, "custom": {"alert": {"level": EVIL, "label": EVIL, "title": EVIL, "lines": [EVIL]}}},
    "plan": {
        "text": EVIL,
        "custom": {
            "assessment": {"care": EVIL, "walking": EVIL},
            "plan": {"verdict": EVIL, "parts": [{"id": EVIL, "title": EVIL, "lines": [LINE]}], "safety_net": [EVIL]},
        },
    },
}


class EvilBot(ScriptedBot):
    """Answers with script in every field."""

    def answer(self, sender: str, text: str) -> dict[str, Any]:
        return ANSWERS.get(text, {"text": EVIL})


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with open_door(EvilBot(), tmp_path / "var") as running:
        yield running


def harmless(chat: ChatPage) -> None:
    chat.page.wait_for_timeout(100)
    assert chat.page.evaluate("window.hit") is None
    assert (
        chat.inside(
            "root.querySelectorAll('script, [onerror], [onload], [href^=javascript], [src^=javascript]').length"
        )
        == 0
    )
    outside = "[...root.querySelectorAll('img')].filter((i) => new URL(i.src).origin !== location.origin).length"
    assert chat.inside(outside) == 0


@pytest.mark.parametrize("text", [name for name in ANSWERS if name != EVIL])
def test_nothing_runs_out_of_an_answer(chat: ChatPage, text: str) -> None:
    chat.say(text)
    harmless(chat)
    chat.reload()
    harmless(chat)


def test_nothing_runs_out_of_what_a_person_types_or_chooses(chat: ChatPage) -> None:
    chat.say(EVIL).say("one")
    chat.page.locator("psoas-chat .answer .choice").first.click()
    chat.answered()
    assert [line for line in chat.bubbles if line.startswith("person:")][-1] == f"person: {EVIL}"
    harmless(chat)


@pytest.mark.parametrize("name", ["title", "greeting", "logo", "accent", "locale", "mode", "theme", "level"])
def test_nothing_runs_out_of_an_attribute(chat: ChatPage, name: str) -> None:
    evil = LINK if name == "logo" else EVIL
    chat.page.evaluate(
        f"(() => {{ const chat = document.createElement('psoas-chat'); chat.setAttribute({json.dumps(name)}, {json.dumps(evil)});"
        " document.querySelector('psoas-chat').replaceWith(chat); })()"
    )
    chat.page.locator("psoas-chat .chat").wait_for()
    chat.page.wait_for_timeout(100)
    assert chat.page.evaluate("window.hit") is None
    assert chat.inside("root.querySelectorAll('script, [onerror], [onload]').length") == 0
