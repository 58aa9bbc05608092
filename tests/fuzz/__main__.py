"""Sends the requests and says what was found: `python -m tests.fuzz --cases 2000 --seed SEED`."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.databases import KEPT, connect_to, databases, forget, migrate, migrated

# So many cases meet the same tables, before they are emptied again.
AT_ONCE = 1000


def arguments() -> argparse.Namespace:
    """What somebody asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=2000, help="how many requests to send")
    parser.add_argument(
        "--seed", default=secrets.token_hex(8), help="what they are drawn from; printed, to draw them again"
    )
    parser.add_argument("--begin", type=int, default=0, help="the number of the first")
    parser.add_argument("--only", default="", help="one input alone, as the report names it")
    parser.add_argument("--show", type=int, default=20, help="how many findings to print")
    return parser.parse_args()


@contextmanager
def database() -> Iterator[None]:
    """A migrated database of this run, which is gone afterwards."""
    from django.db import connection

    where, name = databases(os.environ.get("DATABASE_URL", ""), KEPT), f"fuzz_{os.getpid()}"
    where.copy(migrated(), migrate, name)
    connect_to(where, name)
    try:
        yield
    finally:
        connection.close()
        where.drop(name)
        forget(migrated())


def wait_for_nothing() -> None:
    """Whoever guesses is slowed down by a second a try; here everybody guesses."""
    from surveys.answering import blockage_page, guessing, receipt_page

    for guesses in (guessing.guesses, receipt_page.guesses, blockage_page.sending):
        guesses.pause = lambda seconds: None


def start_anew(built) -> None:
    """Empties what respondents fill, so that counting stays quick and no day is used up."""
    from surveys.fieldwork.models import Invitation
    from surveys.responses.blockages import NamedBlockage
    from surveys.responses.letters import Letter
    from surveys.responses.models import ChosenHearers, CodedCard, ContactMessage, Response, Withdrawal

    for filled in (Letter, NamedBlockage, ContactMessage, ChosenHearers, CodedCard, Withdrawal):
        filled.objects.all()._raw_delete("default")
    of_this_run = Response.objects.exclude(pk__in=built.kept)
    of_this_run._raw_delete("default")
    built.put_back()
    Invitation.objects.update(is_used=False)


def run(asked: argparse.Namespace) -> list[str]:
    """Sends all of them; what was found, in lines."""
    from django.core.wsgi import get_wsgi_application

    from feedback.privacy.programs import at_work
    from tests.fuzz import inputs, looking, world
    from tests.fuzz.requests import send

    application = get_wsgi_application()
    watch = looking.Looking()
    wait_for_nothing()
    with at_work("fuzz"):
        built = world.build()
    watch.before = watch.counted()
    found, statuses, began = [], Counter(), time.monotonic()
    for number, request in inputs.requests(asked.seed, built, asked.begin, asked.begin + asked.cases):
        if number % AT_ONCE == 0:
            start_anew(built)
            watch.before = watch.counted()
        if asked.only not in ("", request.input):
            continue
        start = time.process_time()
        try:
            reply = send(application, request)
        except Exception as problem:
            found.append(f"{number}: raised {problem!r}\n    {request.said()}")
            continue
        statuses[request.input, reply.status] += 1
        seconds = time.process_time() - start
        found += [f"{number}: {one}\n    {request.said()}" for one in watch.findings(request, reply, seconds)]
    report(statuses, time.monotonic() - began)
    return found


def report(statuses: Counter, seconds: float) -> None:
    """What was sent, and how it was answered."""
    for one in sorted({name for name, _ in statuses}):
        answered = ", ".join(f"{status}: {n}" for (name, status), n in sorted(statuses.items()) if name == one)
        print(f"  {one:14} {answered}")
    print(f"{sum(statuses.values())} requests in {seconds:.0f} s.")


def main() -> int:
    """Runs it."""
    asked = arguments()
    os.environ["DJANGO_SETTINGS_MODULE"] = "feedback.config.settings.test"
    import django

    django.setup()
    from django.test.utils import setup_test_environment, teardown_test_environment

    print(f"Fuzzing {asked.cases} requests from the seed {asked.seed}.")
    setup_test_environment(debug=False)
    with suppress(BrokenPipeError), database():
        found = run(asked)
    teardown_test_environment()
    for one in found[: asked.show]:
        print(one, file=sys.stderr)
    print(f"{len(found)} findings.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
