"""How well messages are read: precision, recall and F1 for each finding, red-flag recall and false alarms.

.venv/bin/python -m benchmarks.reading [seen|unseen|flags|FILE] [--mistakes]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from assistant.command_lines import opened
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader, Reading
from tests.messages.tagged import Message, read_messages

MESSAGES = Path(__file__).parent.parent / "tests" / "messages"
FLAGS_ONLY = frozenset({"flags"})
"""Files in which nothing but flags is tagged; nothing else is counted in them."""
NEAR = 1.0
"""A number or a word for one counts as right when it is this near."""


def pairs(values: dict[str, Any]) -> set[tuple[str, str]]:
    """Findings as (id, value) pairs; list findings give one pair a value."""
    flat: set[tuple[str, str]] = set()
    for finding, value in values.items():
        if value is False:
            continue
        flat |= (
            {(finding, str(v)) for v in value}
            if isinstance(value, list)
            else {(finding, "" if value is True else str(value))}
        )
    return flat


def expected(message: Message) -> set[tuple[str, str]]:
    return {(t.finding, t.value) for t in message.tags if t.standing == "present"}


def _same(found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The found pairs with numbers that are near enough replaced by the wanted ones."""
    numbers = {f: v for f, v in wanted if f in ("pain_severity", "sitting_hours")}
    return {
        (f, numbers[f]) if f in numbers and v and abs(float(v) - float(numbers[f])) <= NEAR else (f, v)
        for f, v in found
    }


def measure(
    messages: list[Message], reader: Reader, flags: set[str], *, mistakes: bool, flags_only: bool = False
) -> dict[str, Any]:
    """Counts over a set of messages; prints each wrong message where `mistakes`. Where `flags_only`, all but flags is
    left out."""
    right, missed, wrong = Counter[str](), Counter[str](), Counter[str]()
    alarms, ordinary, startled, denied_present, denied_wanted, denied_found = 0, 0, 0, 0, 0, 0
    for message in messages:
        reading = reader.read(message.text)
        wanted = expected(message)
        found = _same(pairs(reading.findings), wanted)
        if flags_only:
            wanted, found = _of(flags, wanted), _of(flags, found)
        right.update(f for f, _ in found & wanted)
        missed.update(f for f, _ in wanted - found)
        wrong.update(f for f, _ in found - wanted)
        alarm = bool(_of(flags, found - wanted))
        alarms += alarm
        ordinary += not _of(flags, wanted)
        startled += alarm and not _of(flags, wanted)
        not_so = {t.finding for t in message.tags if t.standing != "present"} - {f for f, _ in wanted}
        denied_present += sum(1 for f in not_so if f in dict(found) and f in flags)
        denied = {t.finding for t in message.tags if t.standing == "denied"}
        denied_wanted += len(denied)
        denied_found += len(denied & set(reading.denied))
        if mistakes and found != wanted:
            _tell(message, found, wanted, reading)
    return {
        "right": right, "missed": missed, "wrong": wrong, "alarms": alarms, "messages": len(messages),
        "ordinary": ordinary, "startled": startled,
        "denied_present": denied_present, "denied": (denied_found, denied_wanted),
    }  # fmt: skip


def _of(flags: set[str], values: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(f, v) for f, v in values if f in flags}


def _tell(message: Message, found: set[tuple[str, str]], wanted: set[tuple[str, str]], reading: Reading) -> None:
    print(f"\n{message.text}\n  missed {sorted(wanted - found)}\n  wrong  {sorted(found - wanted)}", end="")
    print(
        f"  (denied {reading.denied} other {reading.other_person} past {reading.past} imagined {reading.hypothetical})"
    )


def score(right: int, missed: int, wrong: int) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report(name: str, counts: dict[str, Any], flags: set[str]) -> None:
    """Print the table."""
    print(f"\n{name}: {counts['messages']} messages")
    print(f"{'finding':32} {'n':>4} {'prec':>6} {'recall':>6} {'F1':>6}")
    for finding in sorted(counts["right"] | counts["missed"] | counts["wrong"]):
        three = [counts[k][finding] for k in ("right", "missed", "wrong")]
        print(f"{finding:32} {three[0] + three[1]:4} " + " ".join(f"{x:6.2f}" for x in score(*three)))
    total = [sum(counts[k].values()) for k in ("right", "missed", "wrong")]
    flagged = [sum(n for f, n in counts[k].items() if f in flags) for k in ("right", "missed", "wrong")]
    print(f"{'all':32} {total[0] + total[1]:4} " + " ".join(f"{x:6.3f}" for x in score(*total)))
    print(f"{'red flags':32} {flagged[0] + flagged[1]:4} " + " ".join(f"{x:6.3f}" for x in score(*flagged)))
    print(f"false alarms per 100 messages     {100 * counts['alarms'] / counts['messages']:.2f}")
    print(f"of {counts['ordinary']} messages without a flag, {counts['startled']} raised one")
    print(f"not so, but read as present       {counts['denied_present']}")
    print(f"denials found                     {counts['denied'][0]} of {counts['denied'][1]}")


def main() -> None:
    names = [n for n in sys.argv[1:] if not n.startswith("-")] or ["seen", "unseen"]
    knowledge = opened()
    reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))
    flags = {f["id"] for f in knowledge.findings if f["kind"] == "flag"}
    for name in names:
        path = Path(name) if name.endswith(".txt") else MESSAGES / f"{name}.txt"
        mistakes, flags_only = "--mistakes" in sys.argv, path.stem in FLAGS_ONLY
        report(name, measure(read_messages(path), reader, flags, mistakes=mistakes, flags_only=flags_only), flags)


if __name__ == "__main__":
    main()
