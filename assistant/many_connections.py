"""What a server needs from the system before many people may connect to it at once."""

from __future__ import annotations

import os
import resource

BACKLOG = "2048"
"""Connections that may wait to be taken; Rasa's own default is 100."""


def allow_many_connections() -> None:
    """As many open files as may be had (the 1,024 that most systems begin with are used up by as many idle people), and room for
    those who come in the same moment."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ.setdefault("SANIC_BACKLOG", BACKLOG)
