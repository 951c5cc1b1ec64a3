"""A bot that shows every kind of answer the page must render; a text names what comes back."""

import asyncio
from typing import Any

from rasa.core.channels.channel import UserMessage

PLACES = {
    "lower_back": "Lower back",
    "deep_hip": "Deep in the hip",
    "groin": "Groin",
    "front_thigh": "Front of the thigh",
    "buttock": "Buttock",
    "leg": "Leg",
    "knee": "Knee",
    "other": "Somewhere else",
}


def question(kind: str, finding: str, step: int, options: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """A question payload of the contract."""
    offered = [{"value": value, "label": label} for value, label in (options or {}).items()]
    return {
        "findings": [finding], "kind": kind, "options": offered, "step": step, "of_at_most": 9,
        "why": "It decides which correction helps.", **more,
    }  # fmt: skip


QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("Thank you.\n\n**Where do you feel it?**", question("many", "pain_location", 1, PLACES)),
    (
        "**What does walking do to it?**",
        question("one", "walking_effect", 2, {
            "better": "It feels better", "same": "It stays the same",
            "worse": "It gets worse", "mixed": "Better at first, then worse",
        }),
    ),
    ("**Have you lost any feeling between your legs?**", question("yes_no", "saddle_numbness", 3)),
    ("**About how many hours a day do you sit?**", question("number", "sitting_hours", 4, {"unsure": "I am not sure"}, unit="hours a day")),
    ("**How bad is it just now?**", question("scale", "pain_severity", 5)),
    ("**Is there anything else you noticed?**", question("text", "other", 6)),
]  # fmt: skip

QUOTE = "Walking gently takes the psoas through its full length with every step."
PLAN = {
    "verdict": "**Walking should help you.** Keep it easy at first, and change two things about how you walk.",
    "parts": [
        {"id": "walking", "title": "How to walk", "lines": [
            {"text": "Start slowly: **five minutes** before you walk briskly.", "quote": QUOTE, "source_label": "Psoas and walking, section 2"},
            {"text": "Let the leg travel behind you, and push off with the back foot.", "quote": "Short steps keep the hip bent.",
             "source_label": "Psoas and walking, section 3"},
        ]},
        {"id": "exercises", "title": "Two exercises", "lines": [
            {"text": "Kneeling hip flexor stretch: hold 20 to 30 seconds, both sides.", "quote": "Hold for 20 to 30 seconds.",
             "source_label": "Psoas and walking, section 5"},
            {"text": "Constructive rest: lie on your back with your knees bent.", "quote": "", "source_label": ""},
        ]},
        {"id": "reasons", "title": "Why I say this", "lines": [
            {"text": "You told me that walking makes it better.", "quote": QUOTE, "source_label": "Psoas and walking, section 1"},
        ]},
    ],
    "safety_net": ["the pain turns sharp while you walk", "you lose feeling or strength in a leg", "you get a fever"],
}  # fmt: skip
RESULT = {
    "text": "That is all I need. Here is your plan.",
    "custom": {"assessment": {"schema": "psoas.assessment/1", "care": "self_care", "walking": "walk_with_corrections"}, "plan": PLAN},
}
EMERGENCY = {
    "text": "Please stop here and get help now. Do not drive yourself.",
    "custom": {
        "assessment": {"schema": "psoas.assessment/1", "care": "emergency", "walking": "withheld"},
        "alert": {"level": "emergency", "title": "Call an ambulance or go to an emergency department now", "lines": [
            "Numbness between the legs can mean that nerves at the bottom of the spine are pressed.",
            "In the UK call 999. In the EU call 112.",
            "Do not wait to see whether it passes, and do not walk it off.",
        ]},
    },
}  # fmt: skip
URGENT = {
    "text": "This should be looked at today.",
    "custom": {"alert": {"level": "urgent", "title": "See a doctor today", "lines": ["Fever together with hip pain needs a same-day check."]}},
}
RICH = {
    "text": "Walking **can** lengthen it.\n\n- slowly at first\n- with a long back stride\n\n> The psoas shortens when you sit.\n\nAnything else?",
    "buttons": [{"title": "How do I stretch?", "payload": "how do i stretch"}, {"title": "Start the questions", "payload": "start"}],
}


class ScriptedBot:
    """Keeps for each sender which question comes next."""

    def __init__(self) -> None:
        self.next: dict[str, int] = {}
        self.pause = 0.0

    async def __call__(self, message: UserMessage) -> None:
        if self.pause:
            await asyncio.sleep(self.pause)
        for part in self.parts(message.sender_id, str(message.text).lower()):
            await message.output_channel.send_response(message.sender_id, dict(part))

    def parts(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The answer to a text."""
        fixed: dict[str, list[dict[str, Any]]] = {
            "emergency": [EMERGENCY], "urgent": [URGENT], "result": [RESULT], "rich": [RICH], "silence": [],
            "why do you ask?": [{"text": "Because it decides which correction helps."}],
            "delete my data": [{"text": "I have deleted everything.", "custom": {"deleted": True}}],
            "what have i told you?": [{"text": "You told me:\n- **pain location**: groin"}],
        }  # fmt: skip
        if text == "crash":
            raise RuntimeError("secret detail of the inside")
        if text in fixed:
            return fixed[text]
        return [self._ask(sender, text)]

    def _ask(self, sender: str, text: str) -> dict[str, Any]:
        moves = {"start over": 0, "back": max(0, self.next.get(sender, 0) - 2)}
        place = moves.get(text, self.next.get(sender, 0))
        if text.startswith("change my answer about "):
            place = 0
        self.next[sender] = place + 1
        if place >= len(QUESTIONS):
            return RESULT
        words, asked = QUESTIONS[place]
        return {"text": words, "custom": {"question": asked}}
