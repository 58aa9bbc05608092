"""The platform, in a process that dies at the worst moment when a file says so."""

import os
import signal
from pathlib import Path

from feedback.config.wsgi import application as platform

ORDERS = Path(os.environ["EARSHOT_TEST_ORDERS"])


def _obey(order):
    if ORDERS.exists() and ORDERS.read_text() == order:
        ORDERS.unlink()
        os.kill(os.getpid(), signal.SIGKILL)


def application(environ, start_response):
    """Answers, unless it was told to die before it looks at a delivery, or after it stored it and before it says so."""
    if environ["REQUEST_METHOD"] not in {"PUT", "POST"}:
        return platform(environ, start_response)
    _obey("before")
    reply = b"".join(platform(environ, start_response))
    _obey("after")
    return [reply]
