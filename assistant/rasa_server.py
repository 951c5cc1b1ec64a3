"""Rasa's server without its training code: what `rasa run` does with a model, in half the time and memory.

`rasa run` loads TensorFlow for components that this project does not use. Here the one module that everything else reaches it
through is loaded when it is first needed, which while serving is never.

python -m assistant.rasa_server --model FILE --endpoints FILE --credentials FILE [--host H] [--port N]
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant import log_lines
from assistant.many_connections import allow_many_connections

TRAINING = "rasa.utils.train_utils"


class Deferred(ModuleType):
    """Stands for a module that is imported when something of it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        del sys.modules[self.__name__]
        self.__dict__.update(vars(importlib.import_module(self.__name__)))
        return self.__dict__[name]


def defer(name: str) -> None:
    """Let `import name` cost nothing until something of it is used."""
    sys.modules.setdefault(name, Deferred(name))


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until the process is told to end."""
    asked = _asked(arguments)
    allow_many_connections()
    defer(TRAINING)
    sys.path.insert(1, str(Path.cwd()))

    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    level = log_lines.set_up()
    configure_logging_and_warnings(level, None, warn_only_once=True, filter_repeated_logs=True)
    configure_structlog(level)
    endpoints = AvailableEndpoints.read_endpoints(asked.endpoints)
    _import_stores(endpoints)
    serve_application(
        asked.model,
        interface=asked.host,
        port=asked.port,
        credentials=asked.credentials,
        endpoints=endpoints,
        enable_api=False,
    )


def _import_stores(endpoints: Any) -> None:
    """Raise what is wrong with a store of our own; Rasa would keep conversations in memory instead and only log it."""
    for store in (endpoints.tracker_store, endpoints.lock_store):
        if store is not None and "." in (store.type or ""):
            import_store(store.type)


def import_store(path: str) -> type[Any]:
    """The class at a dotted path. Raises ImportError or AttributeError where there is none."""
    module, _, name = path.rpartition(".")
    found: type[Any] = getattr(importlib.import_module(module), name)
    return found


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m assistant.rasa_server", description=__doc__)
    for name in ("model", "endpoints", "credentials"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
