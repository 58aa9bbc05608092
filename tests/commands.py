"""Management commands that begin at once: a process loads Django, and each command runs in a fork of it."""

import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback

from tests.databases import ROOT


class Commands:
    """Runs the commands of one environment one after another; each meets what one of its own would."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.commands"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *arguments):
        """What a command printed; what it said where it failed is raised."""
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        status, printed, said = json.loads(self.process.stdout.readline())
        assert status == 0, f"{' '.join(arguments[:2])} failed: {said[-2000:]}"
        return printed

    def end(self):
        """Nothing more is to run."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def in_a_fork(arguments):
    """How a command ended, what it printed and what it said."""
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if not child:
            os._exit(run_here(arguments, printed, said))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        printed.seek(0)
        said.seek(0)
        return status, printed.read(), said.read()


def run_here(arguments, printed, said):
    """Runs a command in this process, which ends with it."""
    with open(os.devnull) as nothing:
        for file, number in ((nothing, 0), (printed, 1), (said, 2)):
            os.dup2(file.fileno(), number)
    sys.argv = ["manage.py", *arguments]
    status = 0
    try:
        runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        status = 1
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def main():
    """Loads what every command loads, and runs what it is asked for until nobody asks any more."""
    import django
    from django.urls import get_resolver

    django.setup()
    _ = get_resolver().url_patterns
    while line := sys.stdin.readline():
        print(json.dumps(in_a_fork(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
