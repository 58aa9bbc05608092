"""How a web process is run, in a container as by systemd: what differs from place to place is in the environment."""

import os
import shutil
import tempfile
from pathlib import Path

bind = os.environ.get("EARSHOT_LISTEN", "127.0.0.1:8001")
workers = int(os.environ.get("EARSHOT_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("EARSHOT_THREADS", "4"))
# An answer that is being stored is waited for when the process is told to go.
graceful_timeout = 30
timeout = 60
# Whatever a library never gives back is given back so.
max_requests = 20_000
max_requests_jitter = 2_000
# What is longer is refused before it is read; the longest address of ours has a hash of 64 signs in it.
limit_request_line = 4094
limit_request_fields = 60
# No line of who asked for what. What is written is that a process cannot start, or ended.
accesslog = None
loglevel = "warning"
control_socket_disable = True
# Where the workers count together what they answered, for /metrics: numbers by kind of page, of nobody.
COUNTS_IN = "PROMETHEUS_MULTIPROC_DIR"
counts_are_ours = COUNTS_IN not in os.environ
counts = os.environ[COUNTS_IN] = os.environ.get(COUNTS_IN) or tempfile.mkdtemp(prefix="earshot-counts-")


def on_starting(server):
    """Takes the address of a respondent's page out of what is written of a broken request; counts from nothing."""
    from feedback.config.addresses_in_logs import WithoutAddresses

    server.log.error_log.addFilter(WithoutAddresses())
    Path(counts).mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in Path(counts).glob("counter_*.db"):
        left.unlink()


def child_exit(server, worker):
    """Keeps what a worker that ended has counted, as the library wants it told."""
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    """Leaves no folder of counts behind, unless a newer process took them over."""
    if counts_are_ours and not server.reexec_pid:
        shutil.rmtree(counts, ignore_errors=True)
