"""How what the bot says looks in Slack: within the limits, escaped, and with the right controls."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_bot import ANSWERS
from slack_person import boxes, labels, words
from slack_rules import refusal

from assistant.channels.slack.blocks import Picture, Post, shown
from assistant.channels.slack.taps import answered, asked_more, offered, with_places
from assistant.channels.slack.text import fitting, mrkdwn, plain, sections
from assistant.channels.slack.texts import slack_texts

TEXTS = slack_texts()
LONG = "a sign that is written about in so many words that one label of a check box cannot hold it all"


def posts(message: dict[str, Any], kept: tuple[str, ...] = ()) -> list[Post]:
    return [thing for thing in shown(message, TEXTS, kept) if isinstance(thing, Post)]


def seen(message: dict[str, Any]) -> list[dict[str, Any]]:
    """As the local Slack shows it; refused blocks fail here."""
    made = [{"blocks": [dict(block) for block in post.blocks], "text": post.text} for post in posts(message)]
    assert [refusal(each["blocks"]) for each in made] == [""] * len(made)
    return made


def question(kind: str, options: list[str] | None = None, **more: Any) -> dict[str, Any]:
    held = [{"value": f"v{at}", "label": label} for at, label in enumerate(options or [])]
    return {"text": "**Which?**", "custom": {"question": {"findings": ["x"], "kind": kind, "options": held, **more}}}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_kind_of_answer_keeps_to_the_limits(name: str) -> None:
    message = dict(ANSWERS[name])
    message["text"] = str(message["text"])
    assert seen(message)


@pytest.mark.parametrize("count", [1, 5, 6, 14])
def test_one_choice_is_buttons_in_rows_of_five(count: int) -> None:
    (message,) = seen(question("one", [f"choice {at}" for at in range(count)]))
    rows = [len(block["elements"]) for block in message["blocks"] if block["type"] == "actions"]
    assert rows == [5] * (count // 5) + ([count % 5] if count % 5 else [])
    assert labels([message]) == [f"choice {at}" for at in range(count)]


def test_a_scale_is_eleven_buttons() -> None:
    message = {**question("scale"), "buttons": [{"title": "I don't know", "payload": "I don't know"}]}
    assert labels(seen(message)) == [*(str(n) for n in range(11)), "I don't know"]


def test_a_list_is_check_boxes_in_tens_with_done_and_none() -> None:
    message = question("many", [f"sign {at}" for at in range(22)])
    message["custom"]["question"]["options"].append({"value": "none", "label": "None of these"})
    message["buttons"] = [{"title": title, "payload": title} for title in ("None of these", "I don't know")]
    made = seen(message)
    assert boxes(made) == [f"sign {at}" for at in range(22)]
    assert labels(made) == ["Done", "None of these", "I don't know"]


def test_a_long_line_of_a_list_is_shown_whole() -> None:
    made = seen(question("many", [LONG, "short"]))
    assert boxes(made) == [LONG, "short"]
    assert offered(made[0]["blocks"])["v0"] == LONG


def test_ticks_are_kept_when_the_list_comes_again() -> None:
    (post,) = posts(question("many", ["first", "second"]), kept=("v1",))
    assert refusal([dict(block) for block in post.blocks]) == ""
    (element,) = [e for block in post.blocks for e in block.get("elements", ()) if e["type"] == "checkboxes"]
    assert [option["value"] for option in element["initial_options"]] == ["v1"]


def test_places_of_the_body_are_buttons_that_stay_chosen() -> None:
    (message,) = seen(question("many", ["Groin", "Leg"], findings=["pain_location"]))
    assert labels([message]) == ["Groin", "Leg", "Done"]
    chosen = with_places(message["blocks"], ["v1"])
    styles = {e["text"]["text"]: e.get("style") for block in chosen for e in block.get("elements", ())}
    assert styles == {"Groin": None, "✓ Leg": "primary", "Done": "primary"}
    assert list(with_places(chosen, [])) == message["blocks"]


def test_what_was_chosen_takes_the_place_of_the_controls() -> None:
    (post,) = posts(question("many", ["Groin <1>", "Leg"]))
    after = answered(post.blocks, "Groin <1>", TEXTS)
    assert words([{"blocks": list(after)}]) == "*Which?*\n✓ *You chose:* Groin &lt;1&gt;"
    assert labels([{"blocks": list(after)}]) == []


def test_the_other_buttons_of_a_plan_stay() -> None:
    message = {
        "text": "**The plan**",
        "buttons": [
            {"title": title, "payload": title} for title in ("Tell me more about it", "Tell me more about that")
        ],
        "custom": {"plan": {"parts": []}},
    }
    (post,) = posts(message)
    assert not post.asks
    after = asked_more(post.blocks, "Tell me more about it", TEXTS)
    assert labels([{"blocks": list(after)}]) == ["Tell me more about that"]
    assert "You chose:* Tell me more about it" in words([{"blocks": list(after)}])


@pytest.mark.parametrize("level", ["urgent", "emergency"])
def test_an_alert_has_a_headline_and_every_line(level: str) -> None:
    lines = ["I heard: fever & pain.", "Call now.", "Why < that."]
    message = {
        "text": "\n".join(["**This needs care now.**", *lines[:2], "Said in the text only."]),
        "custom": {"alert": {"level": level, "title": "This needs care now.", "lines": lines}},
    }
    (made,) = seen(message)
    head, *rest = made["blocks"]
    assert head["type"] == "header"
    assert head["text"]["text"].endswith("This needs care now.")
    assert head["text"]["text"][0] in "🚨⚠"
    assert words([{"blocks": rest}]).split("\n") == [
        "I heard: fever &amp; pain.", "Call now.", "Said in the text only.", "Why &lt; that.",
    ]  # fmt: skip
    assert made["text"].startswith("*This needs care now.*")


def test_a_plan_is_one_section_a_part() -> None:
    text = "**Verdict.** Walk.\n**Why**\n- because\n> “quoted” — here\n**Exercises**\n- **Bridge:** 5 times."
    (made,) = seen({"text": text, "custom": {"plan": {"parts": []}}})
    assert [block["text"]["text"] for block in made["blocks"]] == [
        "*Verdict.* Walk.",
        "*Why*\n• because\n>“quoted” — here",
        "*Exercises*\n• *Bridge:* 5 times.",
    ]


def test_pictures_come_with_their_words() -> None:
    message = {"text": "So:", "custom": {"picture": {"name": "bridge.png", "alt": "A bridge."}}}
    assert Picture("bridge.png", "A bridge.") in list(shown(message, TEXTS))


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=400).filter(str.strip), st.integers(1, 40))
def test_any_text_at_any_length_keeps_to_the_limits(text: str, times: int) -> None:
    for post in posts({"text": text * times}):
        assert refusal([dict(block) for block in post.blocks]) == ""
        assert post.text or not post.blocks


@given(st.text("ab &<>*\n", max_size=300), st.integers(20, 60))
def test_pieces_lose_no_word_and_cut_no_escape(text: str, most: int) -> None:
    pieces = list(sections(text, most))
    assert all(len(piece) <= most + 1 for piece in pieces)
    together = "".join(plain(piece) for piece in pieces)
    bare = mrkdwn(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert _letters(together) == _letters(bare)


def _letters(text: str) -> str:
    return "".join(text.split())


def test_emphasis_quotes_and_items_are_put_in_slacks_way() -> None:
    assert mrkdwn("**Bold** & <b>\n> said > so\n- one") == "*Bold* &amp; &lt;b&gt;\n>said &gt; so\n• one"


def test_a_label_is_cut_between_words() -> None:
    head, rest = fitting(LONG, 75)
    assert len(head) <= 75
    assert f"{head.removesuffix('…')} {rest}" == LONG
