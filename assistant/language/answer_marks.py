"""What an answer says of each choice: named one by one, all of them, none of them, or the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.language.answer_signs import UNKNOWN, Sign
from assistant.language.answer_types import AFFIRM, LOOSE, REFUSE, UNSURE, Choice

VERDICTS = {AFFIRM: AFFIRM, REFUSE: REFUSE, UNSURE: UNSURE, "maybe": UNSURE, "not": REFUSE}
OPENING = {"except": "", "all_except": AFFIRM, "none_except": REFUSE, "only": ""}
"""Senses that open a new group, with what they say of everything."""
WHOLE = {"all": AFFIRM, "both": AFFIRM, "none": REFUSE, "any": ""}
TARGETS = frozenset((*WHOLE, "rest", "pick", "number", "name", "label", "value"))
OPPOSITE = {AFFIRM: REFUSE, REFUSE: AFFIRM, UNSURE: AFFIRM, "": AFFIRM}


MEASURING = frozenset(
    ("out_of", "maybe", "hours", "minutes", "a_week", "other_unit", "years", "half", "roughly", "usual")
)
"""Senses beside which a number is a quantity ("8 hours", "4ish", "3 out of 10") and points at no choice."""


def measures(signs: Sequence[Sign]) -> bool:
    """Whether the numbers of an answer are quantities, or come after "it is very bad"."""
    sure = [s for s in signs if s.sense == AFFIRM]
    return any(s.sense == "number" for s in signs) and (len(sure) > 1 or any(s.sense in MEASURING for s in signs))


def trusted_no(signs: Sequence[Sign], at: int) -> bool:
    """Whether the "no" at this place may deny what was asked.

    Not so when it runs into words that are not understood ("no feeling there") or when the message holds words that may
    report a warning sign ("no, can't pee").
    """
    after = signs[at + 1 : at + 2]
    runs_on = bool(after) and after[0].part == signs[at].part and after[0].sense in (*UNKNOWN, "common")
    return not runs_on and not any(s.sense == "wary" for s in signs)


@dataclass
class Marks:
    """Filled group by group. `said` maps places of choices to affirm, refuse or unsure; `whole` holds of all choices,
    `rest` of those not named; `bare` is a verdict that names nothing; `some` tells of "some of them"."""

    choices: Sequence[Choice]
    unclear: Sequence[int]
    said: dict[int, str] = field(default_factory=dict)
    whole: str = ""
    rest: str = ""
    bare: str = ""
    some: bool = False
    excepted: bool | None = None
    """Whether an exception was understood; None where none was made."""
    carried: str = ""

    @property
    def unknown(self) -> int:
        """How many words are not understood; `unclear` has the part of each."""
        return len(self.unclear)

    @classmethod
    def of(cls, signs: Sequence[Sign], choices: Sequence[Choice]) -> Marks:
        marks = cls(choices, [s.part for s in signs if s.sense in UNKNOWN])
        core = [s for s in signs if s.sense in VERDICTS or s.sense in TARGETS]
        verdicts = [s.sense for s in core if s.sense in (AFFIRM, REFUSE, UNSURE)]
        if len(verdicts) == len(core) == len(choices) > 1 and not marks.unknown:
            marks.said = dict(enumerate(verdicts))
            return marks
        for group in _groups(_stretched(signs)):
            marks.read(group)
        return marks

    def others(self, signs: Sequence[Sign], told: Mapping[int, bool]) -> str:
        """What holds of the choices that were not named; "" where that is open or a denial cannot be trusted."""
        rest = self.rest or self.whole or (self.bare if self.bare != AFFIRM else "")
        if self.bare == AFFIRM and len(self.choices) == 1 and not self.said:
            return AFFIRM
        return "" if rest == REFUSE and not self._trusted(signs, told) else rest

    def _trusted(self, signs: Sequence[Sign], told: Mapping[int, bool]) -> bool:
        """Whether everything that was not named may be denied: what else the message says has to be understood."""
        if any(told.values()):
            return bool(self.rest or self.whole) or any(s.sense in ("contrast", *OPENING) for s in signs)
        if self.excepted is False or self._hinted(signs) or any(s.sense == "wary" for s in signs):
            return False
        return not self.unknown or not self.rest or AFFIRM in self.said.values()

    def _hinted(self, signs: Sequence[Sign]) -> bool:
        """Whether a "but" is not understood, and may be about a choice: "no but ...", "none but my bladder ..."."""
        lost = any(s.sense == "contrast" and s.part in self.unclear for s in signs)
        return lost and (self.whole != REFUSE or any(s.sense in ("name", "label") for s in signs))

    def read(self, group: Sequence[Sign]) -> None:
        """Take in one group of signs: "no to 1 and 2", "fever no", "except the last"."""
        opening = group[0].sense if group and group[0].sense in OPENING else ""
        self.some = self.some or any(s.sense == "some" or (s.sense == "both" and len(self.choices) != 2) for s in group)
        if any(s.sense == "no_more" for s in group):
            self.rest = REFUSE
        order = [s for at, s in enumerate(group) if self._is_target(s) or self._is_verdict(group, at)]
        targets = [s for s in order if s.sense in TARGETS]
        if opening:
            self._open(opening, bool(targets), any(s.sense in ("name", "label") for s in group))
        elif order and targets and order[0] is targets[0] and len(targets) < len(order):
            self._after(order)
            return
        self._before(order, targets)

    def _open(self, opening: str, named: bool, hinted: bool) -> None:
        if opening == "only":
            self.carried = AFFIRM
            self.excepted = False if hinted and not named else self.excepted
            self.rest = REFUSE if named or self.said else self.rest
            return
        self.whole = OPENING[opening] or self.whole or self.bare
        self.carried = OPPOSITE[self.whole]
        self.excepted = named

    def _before(self, order: Sequence[Sign], targets: Sequence[Sign]) -> None:
        """Verdicts stand before what they are about; the last one goes on for the next group ("no to 1, 2")."""
        verdict, latest = self.carried, ""
        for sign in order:
            if sign.sense in VERDICTS:
                verdict = latest = VERDICTS[sign.sense]
            else:
                self._mark(sign, verdict)
            verdict = REFUSE if sign.sense == "none" else verdict
        if latest and not targets and not (latest == UNSURE and self.bare):
            self.bare = latest
        lasting = bool(targets) and not any(s.sense == "not" for s in order)
        self.carried = verdict if lasting else ""

    def _after(self, order: Sequence[Sign]) -> None:
        """Verdicts stand behind what they are about: "fever no", "1 yes 2 no"."""
        waiting: list[Sign] = []
        verdict = AFFIRM
        for sign in order:
            if sign.sense not in VERDICTS:
                waiting.append(sign)
                continue
            verdict = VERDICTS[sign.sense]
            for target in waiting:
                self._mark(target, verdict)
            waiting = []
        for target in waiting:
            self._mark(target, verdict)
        self.carried = ""

    def _mark(self, sign: Sign, verdict: str) -> None:
        if sign.sense in WHOLE:
            self.whole = REFUSE if sign.sense == "none" else verdict or WHOLE[sign.sense]
        elif sign.sense == "rest":
            self.rest = verdict
        else:
            fixed = {"so": AFFIRM, "not_so": REFUSE}.get(sign.value[1], "") if sign.sense == "value" else ""
            self.said |= dict.fromkeys(self._places(sign), fixed or verdict or AFFIRM)

    def _is_verdict(self, group: Sequence[Sign], at: int) -> bool:
        sense = group[at].sense
        if sense == "not":
            return any(self._is_target(s) for s in group[at + 1 :])
        return sense in VERDICTS and (sense != REFUSE or trusted_no(group, at))

    def _is_target(self, sign: Sign) -> bool:
        if sign.sense in ("all", "any"):
            return not self.unknown
        if sign.sense == "both":
            return not self.unknown and len(self.choices) == 2
        return sign.sense in WHOLE or sign.sense == "rest" or bool(sign.sense in TARGETS and self._places(sign))

    def _places(self, sign: Sign) -> list[int]:
        """The places of the choices that a sign names, counted from 0; none when too little around it is understood."""
        count = len(self.choices)
        if sign.sense == "pick" and self.unknown <= LOOSE and sign.part not in self.unclear:
            return [p - 1 if p > 0 else count + p for p in sign.value if -count <= p <= count]
        if sign.sense == "value" and self.unknown <= LOOSE:
            finding, value = sign.value
            wanted = (True, False) if value in ("so", "not_so") else (value, [value])
            return [at for at, c in enumerate(self.choices) if c.sets.get(finding) in wanted]
        if self.unknown:
            return []
        if sign.sense == "number":
            return [int(sign.value) - 1] if float(sign.value).is_integer() and 1 <= sign.value <= count else []
        if sign.sense == "name":
            return [at for at, c in enumerate(self.choices) if sign.value in c.sets]
        return [sign.value] if sign.sense == "label" else []


def _groups(signs: Sequence[Sign]) -> list[list[Sign]]:
    """The signs of each part of the message, cut again before "only", "except" and "not"."""
    groups: list[list[Sign]] = []
    part = -1
    for sign in signs:
        if sign.part != part or sign.sense in OPENING or sign.sense == "not":
            groups.append([])
        part = sign.part
        groups[-1].append(sign)
    return groups


def _stretched(signs: Sequence[Sign]) -> list[Sign]:
    """The signs with "2 to 4" as one pick of three places."""
    found: list[Sign] = []
    for sign in signs:
        low = found[-2] if len(found) > 1 and found[-1].sense == "spread" else None
        if low is not None and low.sense == sign.sense == "number" and low.value < sign.value and sign.part == low.part:
            found[-2:] = [sign._replace(sense="pick", value=tuple(range(int(low.value), int(sign.value) + 1)))]
        else:
            found.append(sign)
    return found
