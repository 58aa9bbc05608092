import json
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from feedback.anonymisation.actions import sweep
from feedback.disclosure.blocks import BadQuarter, Quarter
from feedback.releases.actions import release_nation_through, release_through
from feedback.releases.each_area import Order, release_each
from feedback.releases.interpretations import LABELS, Reading
from feedback.releases.policies import check_is_over
from surveys.frame.models import Area


class Command(BaseCommand):
    """Closes what may close, protects, checks and publishes it."""

    help = (
        "Closes every quarter up to this one that is still open, protects what may be shown and publishes it. "
        "The two people must differ, and both must be allowed to."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--quarter", required=True, metavar="2026Q3")
        parser.add_argument("--area", metavar="CODE", help="this area only; without it every area, and all together")
        parser.add_argument(
            "--each",
            action="store_true",
            help="each area by itself, so that what is refused in one stops no other; all areas together follow once "
            "none was refused. Without it: all or nothing",
        )
        parser.add_argument(
            "--jobs", type=int, default=1, metavar="N", help="so many areas at a time, with --each and on PostgreSQL"
        )
        parser.add_argument("--proposed-by", required=True, metavar="USER")
        parser.add_argument("--approved-by", required=True, metavar="OTHER")
        parser.add_argument(
            "--interpretations",
            type=Path,
            metavar="FILE.json",
            help=f"what figures may mean: for the code of a question, texts named {', '.join(LABELS)}; without it, "
            "and of questions it leaves out, it is published that nobody has interpreted them yet",
        )

    def handle(
        self,
        *,
        quarter: str,
        area: str | None,
        proposed_by: str,
        approved_by: str,
        each: bool = False,
        jobs: int = 1,
        interpretations: Path | None = None,
        **options,
    ) -> None:
        """Does it, and says what was published."""
        _check_choices(area, each, jobs)
        readings = _read(interpretations) if interpretations else {}
        people = {"proposed_by": self._person(proposed_by), "approved_by": self._person(approved_by)}
        if people["proposed_by"] == people["approved_by"]:
            raise CommandError("The same person cannot propose and approve. Name somebody else with --approved-by.")
        with _refusals_told(area):
            until = Quarter.parse(quarter)
            chosen = Area.objects.get(code=area) if area else None
            sweep()
            if each:
                self._each(until, people, readings, jobs)
            else:
                self._say([one.code for one in release_through(until, area=chosen, readings=readings, **people)], until)

    def _each(self, until: Quarter, people: dict, readings: dict[str, Reading], jobs: int) -> None:
        check_is_over(until, today=timezone.localdate())
        order = Order(until, people["proposed_by"].pk, people["approved_by"].pk, readings)
        refused, done = 0, False
        for outcome in release_each(order, jobs=jobs):
            self._published(outcome.released)
            done = done or bool(outcome.released)
            if outcome.refused:
                refused += 1
                self.stderr.write(f"{outcome.area} was not released. {outcome.refused}")
        if refused:
            raise CommandError(
                f"{refused} areas were not released, and all areas together wait for them. Put right what is said "
                "above and run this again: what is published stays published."
            )
        together = [one.code for one in release_nation_through(until, readings=readings, **people)]
        if done:
            self._published(together)
        else:
            self._say(together, until)

    def _person(self, username: str):
        try:
            return get_user_model().objects.get(username=username, is_active=True)
        except get_user_model().DoesNotExist as problem:
            raise CommandError(f"There is no account {username!r}. Make one with the command staff.") from problem

    def _say(self, codes: list[str], until: Quarter) -> None:
        if not codes:
            self.stdout.write(f"Nothing new can be shown up to {until}; answers stay in the open window.")
        self._published(codes)

    def _published(self, codes: Iterable[str]) -> None:
        for code in codes:
            self.stdout.write(f"Published {code}")


def _check_choices(area: str | None, each: bool, jobs: int) -> None:
    if each and area:
        raise CommandError("--each is about every area; --area about one. Leave one of them out.")
    if jobs < 1 or (jobs > 1 and not each):
        raise CommandError("--jobs says how many areas at a time, from 1 on; it needs --each.")
    if jobs > 1 and connection.vendor == "sqlite":
        raise CommandError("SQLite lets one process write at a time, so more would only wait. Leave --jobs out.")


@contextmanager
def _refusals_told(area: str | None) -> Iterator[None]:
    try:
        yield
    except Area.DoesNotExist as problem:
        raise CommandError(
            f"There is no area {area!r}. See list_releases --json, or load it with import_areas."
        ) from problem
    except (BadQuarter, PermissionDenied) as problem:
        raise CommandError(f"Nothing was released. {problem}") from problem
    except ValidationError as problem:
        raise CommandError(f"Nothing was released. {' '.join(problem.messages)}") from problem
    except BrokenProcessPool as problem:
        raise CommandError(
            "A process was killed before its work was done, maybe for want of memory. What it was at is not released, "
            "and nothing is half done: run this again, with fewer --jobs."
        ) from problem


def _read(file: Path) -> dict[str, Reading]:
    """What a file says that figures may mean, by question."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {question: Reading(**{name: str(texts[name]) for name in LABELS}) for question, texts in found.items()}
    except OSError as problem:
        raise CommandError(f"Nothing was released. {file}: {problem.strerror}.") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise CommandError(
            f"Nothing was released. {file} must hold, for the code of each question, the texts {', '.join(LABELS)}."
        ) from problem
