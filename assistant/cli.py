"""The `psoas` command: unpacks arguments, calls one plain function, packs the result.

Exit codes: 0 success, 1 failure, 2 bad usage or bad input.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant import clinic_lines, command_lines
from assistant.errors import InputError
from assistant.settings import CONTENT
from assistant.triage.rules import CARE, WALKING


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; messages about bad input go to standard error."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="psoas", description="Does walking help my tight psoas, and how should I walk?"
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="command")

    serve = _add(commands, "serve", command_lines.serve, "run everything on this machine and print the page's address")
    serve.add_argument("--port", type=_port, default=5005, help="port of the web page (default 5005)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--rest", action="store_true", help="also open Rasa's REST channel, on loopback only")

    _add(commands, "prepare", command_lines.prepare, "build the knowledge base and train, where they are stale")
    _add(commands, "chat", command_lines.chat, "the same conversation in the terminal")
    _add(commands, "extract", command_lines.extract, "findings of messages: JSON Lines in, JSON Lines out")
    _add(commands, "assess", command_lines.assess, "assessment of findings: JSON Lines in, JSON Lines out")

    pictures = _add(commands, "pictures", command_lines.pictures, "draw the pictures anew from the table of poses")
    pictures.add_argument("--folder", type=Path, default=CONTENT / "pictures", help="where tables and pictures are")
    pictures.add_argument("--sheet", type=Path, help="a PNG file to write with all pictures on one sheet")

    knowledge = commands.add_parser("knowledge", help="build, check, prove and ask the knowledge base")
    verbs = knowledge.add_subparsers(title="verbs", required=True, metavar="verb")
    build = _add(verbs, "build", command_lines.build, "read the document and write the knowledge base")
    build.add_argument("--document", type=Path, help="a plain text or Markdown file instead of the built-in document")
    build.add_argument("--output", type=Path, help="the file to write (default var/knowledge.db)")
    build.add_argument("--allow-missing", action="store_true", help="build without the rules that nothing supports")
    _add(verbs, "check", command_lines.check, "coverage both ways; dead, shadowed and contradictory rules")
    _add(verbs, "verify", command_lines.verify, "prove the safety properties over every combination of findings")
    ask = _add(verbs, "ask", command_lines.ask, "answer a question from the document, with quotes")
    ask.add_argument("question", help="the question, in quotes")
    diff = _add(
        verbs, "diff", command_lines.knowledge_diff, "what changed, and which stored cases would change with it"
    )
    diff.add_argument("old", type=Path, help="a knowledge base file")
    diff.add_argument("new", type=Path, help="another one")

    _add_case(commands.add_parser("case", help="list, hand over, replay and delete stored conversations"))
    _add_clinic(commands.add_parser("clinic", help="who may sign in at the pages for clinicians"))

    _add_notices(commands.add_parser("notices", help="webhooks and mails about cases: what waits, what was given up"))

    telegram = commands.add_parser("telegram", help="connect the Telegram bot").add_subparsers(
        required=True, metavar="verb", dest="verb"
    )
    webhook = _add(telegram, "set-webhook", command_lines.telegram, "have Telegram send the bot's messages to a server")
    webhook.add_argument("url", help="the public address of the server, https://...")
    _add(telegram, "remove-webhook", command_lines.telegram, "have Telegram send them nowhere, as polling needs it")
    _add(telegram, "status", command_lines.telegram, "who the bot is and where its messages go")

    slack = commands.add_parser("slack", help="make the Slack app").add_subparsers(required=True, metavar="verb")
    manifest = _add(slack, "manifest", command_lines.slack_manifest, "print the Slack app's manifest (YAML)")
    manifest.add_argument("--url", help="the public address of the server, https://...")
    return parser


def _add_case(case: argparse.ArgumentParser) -> None:
    verbs = case.add_subparsers(title="verbs", required=True, metavar="verb")
    listed = _add(verbs, "list", command_lines.case_list, "one line a case, the most urgent and newest first")
    listed.add_argument("--care", choices=CARE, help="only this level of care")
    listed.add_argument("--walking", choices=WALKING, help="only this verdict")
    listed.add_argument("--unread", action="store_true", help="only cases that nobody has read")
    listed.add_argument("--most", type=int, default=50, help="how many lines at most (default 50)")
    export = _add(verbs, "export", command_lines.case_export, "hand a case over")
    export.add_argument("id", help="the id of the case")
    export.add_argument("--format", default="json", help="json, text, html, fhir or pdf (default json)")
    export.add_argument("--output", type=Path, help="the file to write (default standard output)")
    forget = _add(verbs, "forget", command_lines.case_forget, "delete a conversation everywhere and print a receipt")
    forget.add_argument("id", nargs="?", help="the id of one of its cases")
    forget.add_argument("--conversation", help="the id of the conversation instead")
    replay = _add(verbs, "replay", command_lines.case_replay, "decide a case again and compare; 1 where it differs")
    replay.add_argument("id", help="the id of the case")
    replay.add_argument("--knowledge", type=Path, help="another knowledge base file than the one in use")
    _add(verbs, "sweep", command_lines.case_sweep, "delete what is older than PSOAS_RETENTION_DAYS (default 90)")


def _add_notices(notices: argparse.ArgumentParser) -> None:
    verbs = notices.add_subparsers(title="verbs", required=True, metavar="verb")
    listed = _add(verbs, "list", command_lines.notices_list, "one line a notice, the newest first")
    listed.add_argument("--state", choices=("waiting", "sent", "dead"), help="only those in this state")
    dead = _add(verbs, "dead", command_lines.notices_list, "the notices that were given up")
    dead.set_defaults(state="dead")
    for lines in (listed, dead):
        lines.add_argument("--most", type=int, default=50, help="how many lines at most (default 50)")
    retry = _add(verbs, "retry", command_lines.notices_retry, "let notices that were given up begin anew")
    retry.add_argument("id", nargs="*", help="the ids of notices")
    retry.add_argument("--all", action="store_true", help="all of them")
    send = _add(verbs, "send", command_lines.notices_send, "send what is due now; 1 where something could not be sent")
    send.add_argument("--forever", action="store_true", help="go on until Ctrl-C or SIGTERM")


def _add_clinic(clinic: argparse.ArgumentParser) -> None:
    verbs = clinic.add_subparsers(title="verbs", required=True, metavar="verb")
    for verb, run, text in (
        ("add-user", clinic_lines.add_user, "let somebody sign in at /clinic; asks for a password"),
        ("set-password", clinic_lines.set_password, "give somebody a new password and sign them out everywhere"),
    ):
        parser = _add(verbs, verb, run, text)
        parser.add_argument("name", help="letters a to z, figures and . _ @ -")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    remove = _add(verbs, "remove-user", clinic_lines.remove_user, "let somebody in no more")
    remove.add_argument("name", help="as `psoas clinic users` shows it")
    _add(verbs, "users", clinic_lines.users, "who may sign in")
    log = _add(verbs, "log", clinic_lines.log, "who saw, downloaded, noted or deleted what, the newest first")
    log.add_argument("--most", type=int, default=100, help="how many lines at most (default 100)")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: object, text: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


if __name__ == "__main__":
    sys.exit(main())
