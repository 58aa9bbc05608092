"""What every flow in which things fail needs beforehand, and proves afterwards."""

from __future__ import annotations

from benchmarks.faults import cluster, disk
from benchmarks.faults.trouble import Trouble
from benchmarks.flow import NotDone, check
from feedback.anonymisation.models import Linkage
from surveys.responses.models import Response


def lacks() -> str:
    """Root and loop devices for a disk that can fail; PostgreSQL's programs where it is the database."""
    return disk.lacks() or ("" if cluster.programs() else "PostgreSQL's server programs are not installed")


def check_everything_failed(trouble: Trouble) -> None:
    """Every fault happened, and whatever failed came back."""
    if trouble.failed:
        raise NotDone("Something did not come back after a fault.") from trouble.failed
    left = len(trouble.faults) - trouble.happened.total()
    check(not left, f"{left} faults did not happen.")


def check_sweeps() -> None:
    """Nothing waits to be screened or coded, and what is said to be coded is."""
    waiting = Response.objects.awaiting_screening().count() + Response.objects.awaiting_coding().count()
    check(not waiting, f"{waiting} answers were not swept to the end.")
    coded, counted = Linkage.objects.count(), Response.objects.filter(status=Response.Status.CODED).count()
    check(coded == counted, f"{counted} answers are said to be coded, {coded} are.")
