"""A bot that also asks warning signs with two more buttons, and gives a plan with a picture."""

from typing import Any

from scripted_bot import ScriptedBot

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
FLAGS = {
    "findings": ["saddle_numbness"],
    "kind": "many",
    "options": [
        {"value": "saddle_numbness", "label": "Numbness between the legs"},
        {"value": "bladder_dysfunction", "label": "Trouble passing urine, or leaking without noticing it at all"},
        {"value": "none", "label": "None of these"},
    ],
}
NONE, UNSURE = {"title": "None of these", "payload": "x"}, {"title": "I don't know", "payload": "x"}
DRAWING = {"name": "plank.svg", "alt": "On the forearms"}
PLAN = {
    "verdict": "Walk",
    "parts": [
        {"id": "why", "title": "Why", "lines": [{"text": "so"}]},
        {"id": "exercises", "title": "Exercises", "lines": [{"text": "plank", "picture": DRAWING}]},
        {"id": "see", "title": "When to see someone", "lines": [{"text": "soon"}]},
    ],
    "safety_net": [],
}  # fmt: skip
PLAN_TEXT = """**Walk**
**Why**
- so
> “Steps & strides <3” — From the article
**Exercises**
- plank
**When to see someone**
- soon
Net"""
MORE = [{"title": "Tell me more about the plank", "payload": "x"}]


class Bot(ScriptedBot):
    """Also asks warning signs with two more buttons, and gives a plan with a picture."""

    def answer(self, sender: str, text: str) -> dict[str, Any]:
        if text == "flags":
            return {"text": "Is any of this so?", "buttons": [NONE, UNSURE], "custom": {"question": FLAGS}}
        if text == "plan":
            return {"text": PLAN_TEXT, "buttons": MORE, "custom": {"plan": PLAN, "assessment": {}}}
        if text == "long":
            return {"text": "\n".join(f"- line {number} & more" for number in range(900)), "buttons": MORE}
        return super().answer(sender, text)
