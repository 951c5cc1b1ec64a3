"""Everything said in between: commands, greetings, side questions. What was reported beside it still counts, and the open
question comes back afterwards."""

from __future__ import annotations

from collections.abc import Callable

from assistant.conversation import commands, side_questions
from assistant.conversation.alerting import alert
from assistant.conversation.echoing import changed, echo
from assistant.conversation.hearing import Told, told
from assistant.conversation.posing import question_of
from assistant.conversation.proceeding import proceed
from assistant.conversation.remembering import remember
from assistant.conversation.saying import Say
from assistant.conversation.turns import Spoken, Turn, tell
from assistant.triage.decide import decide

Speak = Callable[[Turn], Spoken]


def aside(speak: Speak) -> Speak:
    """The turn that says what `speak` says, takes in what the message reports, and returns to the question."""

    def turn_of(turn: Turn) -> Spoken:
        session, spoken = speak(turn)
        news = Told({**dict.fromkeys(turn.heard.denied, False), **turn.heard.findings}, tuple(turn.heard.unsure))
        lead: list[str] = []
        if news.values or news.unsure:
            before = session
            session, changes, _ = remember(session, turn.heard, news, turn.voice.knowledge.book)
            line, asks = echo(before, turn.heard, news, changes, turn.voice)
            session = session.told(echoed=asks)
            lead = [part for part in (line, *changed(changes, turn.voice)) if part and not session.alerted]
        session, rest = proceed(session, turn.voice, lead, plan_again=bool(news.values), stay=not news.values)
        return session, [*spoken, *rest]

    return turn_of


def unless_withheld(speak: Speak) -> Speak:
    """The turn of `speak`, or that no walking advice or exercise is given while care is urgent or emergency, with what the
    message itself reports counted in."""

    def turn_of(turn: Turn) -> Spoken:
        known = {**turn.session.findings, **turn.heard.findings}
        if decide(known, turn.voice.knowledge.book)["walking"] == "withheld":
            return turn.session, [Say(turn.voice.text("alert_no_exercises"))]
        return speak(turn)

    return turn_of


def answer_first(speak: Speak) -> Speak:
    """The turn of `speak`, unless the message answers the question that is open ("the first one", "thanks, none")."""

    def turn_of(turn: Turn) -> Spoken:
        session, knowledge = turn.session, turn.voice.knowledge
        if question_of(session, knowledge) is None:
            return speak(turn)
        news = told(turn.heard, session, knowledge)
        answered = news.answers and (news.values or news.unsure or news.which)
        return tell(turn) if answered else speak(turn)

    return turn_of


def only(name: str) -> Speak:
    """A turn that says the message `name`."""
    return lambda turn: (turn.session, [Say(turn.voice.text(name))])


def greet(turn: Turn) -> Spoken:
    """Says what this is and is not, and begins with the first question."""
    session = turn.session.told(greeted=True)
    return proceed(session, turn.voice, [turn.voice.text("greeting")], plan_again=False)


def go_back(turn: Turn) -> Spoken:
    """One step back; where "back" is the place that hurts, it is an answer."""
    if turn.session.asked == "place" and "pain_location" in turn.heard.findings:
        return tell(turn)
    session, spoken = commands.back(turn.session, turn.voice)
    session, rest = proceed(session, turn.voice, [])
    return session, [*spoken, *rest]


def start_over(turn: Turn) -> Spoken:
    """A fresh session and the first question."""
    session, spoken = commands.start_over(turn.voice)
    session, rest = proceed(session.told(greeted=True), turn.voice, [])
    return session, [*spoken, *rest]


def delete(turn: Turn) -> Spoken:
    """Forgets the session."""
    return commands.delete(turn.voice)


def stop(turn: Turn) -> Spoken:
    """Stops asking."""
    return commands.stop(turn.session, turn.voice)


def go_on(turn: Turn) -> Spoken:
    """Picks up where it stopped."""
    return proceed(turn.session, turn.voice, [])


why = aside(lambda turn: commands.why(turn.session, turn.heard, turn.voice))
recall = aside(lambda turn: commands.recall(turn.session, turn.voice))
summary = aside(lambda turn: commands.summary(turn.session, turn.voice))
more = answer_first(aside(unless_withheld(lambda turn: commands.more(turn.session, turn.heard, turn.voice))))
document_question = aside(
    unless_withheld(lambda turn: (turn.session, [side_questions.reply(turn.heard.text, turn.voice)]))
)
small_talk = answer_first(aside(only("small_talk")))
thank = answer_first(aside(only("thanks")))
help_ = aside(lambda turn: (turn.session.told(alerted=""), []) if turn.session.alerted else only("help")(turn))
out_of_scope = answer_first(aside(lambda turn: only("cannot_tell" if turn.session.alerted else "out_of_scope")(turn)))


def goodbye(turn: Turn) -> Spoken:
    """Says goodbye with the safety line, and once more what an alert that stands asks for."""
    session, still = alert(turn.session, turn.voice)
    return session, [*still, Say(turn.voice.text("goodbye_alerted" if still else "goodbye"))]
