"""The action server with the project's log lines.

python -m assistant.action_server [--port N]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from assistant import log_lines
from assistant.many_connections import allow_many_connections


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is told to end: on the address of SANIC_HOST, else this machine alone; no page of a browser."""
    parser = argparse.ArgumentParser(prog="python -m assistant.action_server", description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    asked = parser.parse_args(arguments)

    from rasa_sdk.endpoint import run

    log_lines.set_up()
    allow_many_connections()
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    run("actions", asked.port, cors_origins="")


if __name__ == "__main__":
    main()
