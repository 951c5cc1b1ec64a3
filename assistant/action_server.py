"""The action server with the project's log lines.

python -m assistant.action_server [--port N]
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from assistant import log_lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is told to end; on the address of SANIC_HOST."""
    parser = argparse.ArgumentParser(prog="python -m assistant.action_server", description=__doc__)
    parser.add_argument("--port", type=int, default=5055)
    asked = parser.parse_args(arguments)

    from rasa_sdk.endpoint import run

    log_lines.set_up()
    run("actions", asked.port)


if __name__ == "__main__":
    main()
