"""What each subcommand of `psoas` does; imports are made late so that a short command starts fast."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from typing import Any

from assistant.errors import InputError
from assistant.knowledge_base.building import build as build_file
from assistant.knowledge_base.building import fingerprint
from assistant.knowledge_base.reading import Knowledge, open_knowledge, stamp_of
from assistant.settings import CONTENT, ROOT, knowledge_given, knowledge_path


def say(line: str) -> None:
    """Progress goes to standard error, so that standard output holds results only."""
    print(line, file=sys.stderr, flush=True)


def opened() -> Knowledge:
    """The knowledge base, built first where there is none or it is stale."""
    path = knowledge_path()
    if stamp_of(path) != fingerprint(CONTENT) and not knowledge_given():
        say("Building the knowledge base")
        build_file(CONTENT, path)
    return open_knowledge(path)


def serve(options: Namespace) -> int:
    from assistant.serving import Place
    from assistant.serving import serve as run

    return run(Place(options.host, options.port, options.rest), say)


def prepare(options: Namespace) -> int:
    from assistant.preparing import prepare as run

    run(say)
    return 0


def chat(options: Namespace) -> int:
    from assistant.terminal import talk

    return talk(say)


def extract(options: Namespace) -> int:
    from assistant.conversation.extracting import extractor

    return _lines(extractor(opened()), "text")


def assess(options: Namespace) -> int:
    from assistant.conversation.assessing import assessor

    return _lines(assessor(opened()), "findings")


def pictures(options: Namespace) -> int:
    from assistant.pictures.files import contact_sheet, write

    written = write(options.folder)
    say(f"{options.folder}: {len(written)} files")
    if options.sheet:
        options.sheet.write_bytes(contact_sheet(options.folder))
    return 0


def build(options: Namespace) -> int:
    output = options.output or knowledge_path()
    report = build_file(CONTENT, output, options.document, allow_missing=options.allow_missing)
    say(f"{output}: {report.passages} passages, {report.claims} claims supported, sha256 {report.sha256[:12]}")
    if report.dropped:
        say("Left out, because no sentence supports them: " + ", ".join(report.dropped))
    return 0


def check(options: Namespace) -> int:
    from assistant.conversation.extracting import extractor
    from assistant.knowledge_base.checking import check as run

    knowledge = opened()
    problems = run(knowledge)
    if not problems:
        extractor(knowledge)  # names the phrases and cues that cannot be read
    print(
        "\n".join(problems) if problems else "Every claim is used, every rule is supported, and every rule can decide."
    )
    return 1 if problems else 0


def verify(options: Namespace) -> int:
    from assistant.triage.proofs import prove

    results = list(prove(opened().book))
    for result in results:
        print(result.line(), flush=True)
    return 0 if all(r.holds for r in results) else 1


def ask(options: Namespace) -> int:
    from assistant.conversation.side_questions import answer

    knowledge = opened()
    note, quoted = answer(options.question, knowledge)
    if not quoted:
        print(str(knowledge.messages["not_covered_question"]).format(whom=knowledge.messages["whom_to_ask"]))
        return 0
    lines = [note] if note else []
    print("\n".join([*lines, *(f"“{e.quote}”\n    {e.section or e.source} ({e.passage})" for e in quoted)]))
    return 0


def case_list(options: Namespace) -> int:
    from assistant.clinic.case_commands import list_cases
    from assistant.clinic.inbox import Wanted

    return _print(list_cases(Wanted(options.care, options.walking, options.unread or None, most=options.most)))


def case_export(options: Namespace) -> int:
    from assistant.clinic.case_commands import export

    made = export(options.id, options.format)
    if options.output:
        options.output.write_bytes(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


def case_forget(options: Namespace) -> int:
    from assistant.clinic.case_commands import forget_case

    return _print(*forget_case(options.id, options.conversation))


def case_sweep(options: Namespace) -> int:
    from assistant.clinic.case_commands import sweep_cases

    return _print(*sweep_cases())


def case_replay(options: Namespace) -> int:
    from assistant.clinic.case_commands import replay_case

    opened()
    return _print(*replay_case(options.id, options.knowledge or knowledge_path()))


def knowledge_diff(options: Namespace) -> int:
    from assistant.clinic.case_commands import diff

    return _print(diff(options.old, options.new))


def notices_list(options: Namespace) -> int:
    from assistant.clinic.notices.commands import list_notices

    return _print(list_notices(options.state, options.most))


def notices_retry(options: Namespace) -> int:
    from assistant.clinic.notices.commands import retry

    return _print(retry(options.id, options.all))


def notices_send(options: Namespace) -> int:
    from assistant.clinic.notices.commands import send

    return _print(*send(options.forever))


def slack_manifest(options: Namespace) -> int:
    from assistant.channels.slack.manifest import EXAMPLE, manifest

    return _print([manifest(options.url or EXAMPLE).rstrip()])


def telegram(options: Namespace) -> int:
    from assistant.channels.telegram.commands import run

    good, lines = run(options.verb, getattr(options, "url", ""), ROOT / "credentials.yml")
    return _print(lines, good)


def _print(lines: Iterable[str], good: bool = True) -> int:
    for line in lines:
        print(line)
    return 0 if good else 1


Row = Callable[[dict[str, Any]], dict[str, Any]]


def _lines(work: Row, needed: str, lines: Iterable[bytes] | None = None) -> int:
    """One JSON object a line in and out; a bad line gives an error object in its place."""
    for number, line in enumerate(lines if lines is not None else sys.stdin.buffer, 1):
        sys.stdout.write(_written(_row(work, needed, number, line)) + "\n")
        sys.stdout.flush() if number % 64 == 1 else None
    return 0


def _written(row: dict[str, Any]) -> str:
    """As JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, as its escape."""
    text = json.dumps(row, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _row(work: Row, needed: str, number: int, line: bytes) -> dict[str, Any]:
    row: Any = None
    try:
        row = json.loads(line.decode("utf-8"))
        if not isinstance(row, dict) or needed not in row:
            raise InputError(f'line {number}: give an object with "id" and "{needed}"')
        return {"id": row.get("id"), **work(row)}
    except (InputError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        text = str(error) if isinstance(error, InputError) else f"line {number}: not a JSON object in UTF-8: {error}"
        return {"id": row.get("id") if isinstance(row, dict) else None, "error": text}
