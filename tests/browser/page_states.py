"""Every state of the page that is looked at, and how a person gets there."""

from collections.abc import Callable

from chat_page import ChatPage

STATES: dict[str, Callable[[ChatPage], object]] = {
    "welcome": lambda chat: None,
    "many": lambda chat: chat.press("Ask me the questions"),
    "many, nothing chosen": lambda chat: chat.press("Ask me the questions").button("Send my answer").click(),
    "many, long list": lambda chat: chat.say("long list"),
    "one": lambda chat: chat.say("a").say("b"),
    "yes or no": lambda chat: chat.say("a").say("b").say("c"),
    "number": lambda chat: chat.say("a").say("b").say("c").say("d"),
    "number, wrong": lambda chat: chat.say("a").say("b").say("c").say("d").button("Send my answer").click(),
    "scale": lambda chat: chat.say("a").say("b").say("c").say("d").say("e"),
    "rich text and buttons": lambda chat: chat.say("rich"),
    "plan": lambda chat: chat.say("result"),
    "plan, sources open": lambda chat: (
        chat.say("result").page.get_by_text("Psoas and walking, section 2").first.click()
    ),
    "plan that no longer holds": lambda chat: chat.say("result").say("urgent"),
    "pictures": lambda chat: chat.say("told about pictures"),
    "alert taken back": lambda chat: chat.say("emergency").say("misread"),
    "urgent": lambda chat: chat.say("urgent"),
    "emergency": lambda chat: chat.say("emergency"),
    "failed message": lambda chat: chat.say("crash"),
    "menu": lambda chat: chat.button("Menu").click(),
    "dialog": lambda chat: chat.menu("Delete my data"),
    "too long": lambda chat: chat.box.fill("x" * 5001),
    "offline": lambda chat: chat.context.set_offline(True),
}
