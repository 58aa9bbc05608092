"""One case in a process of its own: `python -m benchmarks.case FLOW SIZE FOLDER`; prints its figures as JSON.

Settings are fixed for a process, and so are caches and the memory it once held: a case shares none of them.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.flow import Figures, Flow, NotDone, Size
from feedback.privacy.programs import at_work


def measure(flow: Flow, size: Size, folder: Path) -> Figures:
    """Sets a flow up, runs it under the clock, and verifies it."""
    try:
        flow.setup(flow.sizes[size], folder)
        began, cpu = time.perf_counter(), time.process_time()
        figures = flow.run()
        clock = {"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu}
        memory = {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        flow.verify()
    finally:
        flow.close()
    return {**clock, **memory, **figures}


def main(name: str, size: str, folder: str) -> int:
    """Measures one case; 1 if the work was not done."""
    import django

    django.setup()
    from benchmarks.catalogue import FLOWS

    try:
        json.dump(measure(FLOWS[name](), Size(size), Path(folder)), sys.stdout)
    except NotDone as problem:
        print(f"{name} ({size}) was not done: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    # The log takes no entry of nobody.
    with at_work("benchmarks"):
        sys.exit(main(*sys.argv[1:]))
