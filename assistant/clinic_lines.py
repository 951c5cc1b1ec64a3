"""What each subcommand of `psoas clinic` does."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from getpass import getpass

from assistant.clinic.staff import commands as staff_commands


def add_user(options: Namespace) -> int:
    return _print(staff_commands.add_user(options.name, *_asking(options)))


def set_password(options: Namespace) -> int:
    return _print(staff_commands.set_password(options.name, *_asking(options)))


def remove_user(options: Namespace) -> int:
    return _print(staff_commands.remove_user(options.name))


def users(options: Namespace) -> int:
    return _print(staff_commands.users())


def log(options: Namespace) -> int:
    return _print(staff_commands.log(options.most))


def _asking(options: Namespace) -> tuple[Callable[[str], str], bool]:
    """How a password is come by, and whether once is enough: a line of standard input, or twice from the terminal unseen."""
    if options.password_stdin:
        return lambda prompt: sys.stdin.readline().rstrip("\r\n"), True
    return getpass, False


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    return 0
