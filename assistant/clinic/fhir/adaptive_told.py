"""What is known before the first question of an adaptive form: the group `told`, by findings instead of by questions. An item in
it is `told.<finding>`, and takes the answers that the item of `Questionnaire/findings` takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.clinic.fhir.adaptive_answers import TOLD
from assistant.clinic.fhir.codes import ABSENT_EXTENSION, FINDINGS, UNKNOWN
from assistant.clinic.fhir.vocabulary import item_of
from assistant.clinic.wording import Wording
from assistant.conversation.hearing import Told
from assistant.errors import InputError
from assistant.triage.findings import checked
from assistant.triage.rules import Finding, Rulebook

VALUES = ("valueBoolean", "valueCoding", "valueDecimal", "valueInteger")


def told_in(response: Mapping[str, Any], book: Rulebook) -> Told:
    """What the response tells by findings. Raises InputError naming every item that cannot be read."""
    groups = [item for item in response.get("item", ()) if item["linkId"] == TOLD]
    items = [inner for group in groups for inner in group.get("item", ())]
    values: dict[str, Any] = {}
    unsure: list[str] = []
    problems: list[str] = []
    if len(groups) > 1 or any("answer" in group for group in groups):
        problems.append(f"QuestionnaireResponse.item: {TOLD}: give one group of items")
    for item in items:
        try:
            finding, value = _read(item, book)
            if finding in values or finding in unsure:
                raise InputError("it is told twice")
        except InputError as error:
            problems.append(f"QuestionnaireResponse.item: {item['linkId'][:100]}: {error}")
            continue
        if value is None:
            unsure.append(finding)
        else:
            values[finding] = value
    if problems:
        raise InputError(*problems)
    return Told(values, tuple(unsure))


def _read(item: Mapping[str, Any], book: Rulebook) -> tuple[str, Any]:
    group, _, name = str(item["linkId"]).partition(".")
    finding = book.findings.get(name) if group == TOLD else None
    if finding is None or item.get("item"):
        raise InputError(f"it is no finding; give {TOLD}.<finding>")
    answers = item.get("answer", ())
    if not answers:
        if any(e == {"url": ABSENT_EXTENSION, "valueCode": UNKNOWN} for e in item.get("extension", ())):
            return name, None
        raise InputError(
            f"give an answer, or the extension data-absent-reason {UNKNOWN}; leave it out if it was not told"
        )
    values = [_value(answer, finding) for answer in answers]
    if finding.type != "many" and len(values) > 1:
        raise InputError("give one answer")
    told = list(dict.fromkeys(values)) if finding.type == "many" else values[0]
    checked({name: told}, book)
    return name, told


def _value(answer: Mapping[str, Any], finding: Finding) -> Any:
    given = {name: answer[name] for name in VALUES if name in answer}
    if len(given) != 1 or answer.keys() != given.keys():
        raise InputError(f"give one of {', '.join(VALUES)}")
    ((name, value),) = given.items()
    if name != "valueCoding":
        return int(value) if isinstance(value, float) and value.is_integer() else value
    prefix, _, code = str(value.get("code")).partition(".")
    if value.get("system") != FINDINGS or prefix != finding.id or code not in finding.values:
        raise InputError(f"give a valueCoding of {FINDINGS}, as Questionnaire/findings offers it")
    return code


def told_items(told: Sequence[str], words: Wording) -> Iterable[dict[str, Any]]:
    """The group with the items of these findings; nothing where nothing was told."""
    items = [item_of(words.knowledge.book.findings[f], words) for f in told]
    named = [{**item, "linkId": f"{TOLD}.{item['linkId']}", "readOnly": True} for item in items]
    return [{"linkId": TOLD, "text": words.part("fhir", "told"), "type": "group", "item": named}] if named else []
