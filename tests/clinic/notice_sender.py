"""A process that sends notices until it is killed: what the tests of crashes start.

`python -m tests.clinic.notice_sender URL LEASE` sends to what its environment names.
"""

from __future__ import annotations

import sys
import threading

from assistant.clinic import ledger
from assistant.clinic.notices.sending import Pace, send_forever
from assistant.clinic.notices.settings import hooks_of

if __name__ == "__main__":
    pace = Pace(first=0.1, lease=float(sys.argv[2]), look_every=0.05)
    send_forever(ledger.ready(sys.argv[1]), hooks_of(), threading.Event(), pace)
