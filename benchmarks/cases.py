"""How the clinical cases end when each is played as a whole conversation.

.venv/bin/python -m benchmarks.cases [--mistakes] [case id ...]

With ids, those conversations are printed in full.
"""

from __future__ import annotations

import sys

from assistant.command_lines import opened
from assistant.language.lexicon import lexicon
from assistant.language.reading import Reader
from tests.cases.cases import load_cases
from tests.conversations.figures import figures
from tests.conversations.simulated import in_process, play


def main() -> None:
    ids = {name for name in sys.argv[1:] if not name.startswith("-")}
    knowledge = opened()
    reader = Reader(lexicon(knowledge.phrase_files, knowledge.cues, knowledge.measures, knowledge.findings))
    cases = [case for case in load_cases() if not ids or case.id in ids]
    played = [play(case, in_process(knowledge, reader), knowledge.book) for case in cases]
    if ids:
        print("\n\n".join("\n".join(p.lines) for p in played), end="\n\n")
    if "--mistakes" in sys.argv:
        print("\n".join(p.wrong() for p in played if not p.exact), end="\n\n")
    print(figures(played).table())


if __name__ == "__main__":
    main()
