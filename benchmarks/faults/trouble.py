"""The faults, one of each kind, and a thread that lets them happen in the middle of the work."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable

from benchmarks.faults.site import Site

SECONDS_FULL = SECONDS_CUT = SECONDS_WRONG = 1.0
HOUR, DAY = 60 * 60, 24 * 60 * 60

Fault = Callable[[Site], None]
_wait = threading.Event().wait


def web_server_dies(site: Site) -> None:
    """SIGKILL to the web server and all its processes."""
    site.server.kill()
    site.server.start()


def sweeper_dies(site: Site) -> None:
    """SIGKILL to the sweeper."""
    site.kill_sweeper()
    site.start_sweeper()


def database_dies(site: Site) -> None:
    """SIGKILL to PostgreSQL and all its processes. SQLite has none of its own: its library dies with the web server."""
    site.cluster.kill()
    site.cluster.start()


def power_fails(site: Site) -> None:
    """Everything dies at once, and what was not synced is gone."""
    site.server.kill()
    site.kill_sweeper()
    if site.cluster:
        site.cluster.kill()
    site.disk.lose_power()
    if site.cluster:
        site.cluster.start()
    site.server.start()
    site.start_sweeper()


def disk_fills_up(site: Site) -> None:
    """There is no room for a while; a database that gave up is started again once there is."""
    site.disk.fill()
    _wait(SECONDS_FULL)
    site.disk.empty()
    site.start_what_is_down()


def line_to_the_database_is_cut(site: Site) -> None:
    """Nothing passes between web server and database for a while, and what was on its way is lost."""
    site.relay.cut()
    _wait(SECONDS_CUT)
    site.relay.mend()


def clock_jumps(site: Site) -> None:
    """The clock of the web server is a day ahead for a while, then two hours behind, then right."""
    for how_wrong in (DAY, -2 * HOUR, 0):
        site.set_clock(how_wrong)
        _wait(SECONDS_WRONG)


def faults_of(site: Site) -> list[Fault]:
    """Every fault that can happen to a site."""
    found: list[Fault] = [web_server_dies, sweeper_dies, power_fails, disk_fills_up, clock_jumps]
    return [*found, database_dies, line_to_the_database_is_cut] if site.cluster else found


class Trouble(threading.Thread):
    """Lets one fault after another happen, each when its moment has come, until it is over."""

    def __init__(
        self, site: Site, faults: Iterable[Fault], *, has_come: Callable[[int], bool], give_up: Callable[[], None]
    ) -> None:
        super().__init__(daemon=True)
        self.site, self.faults, self.has_come, self.give_up = site, list(faults), has_come, give_up
        self.happened: Counter[str] = Counter()
        self.failed: Exception | None = None
        self.over = threading.Event()

    def run(self) -> None:
        """What a fault itself cannot cope with, as a server that does not come back, ends it, and is told."""
        try:
            for number, fault in enumerate(self.faults):
                while not self.has_come(number):
                    if self.over.wait(0.005):
                        return
                fault(self.site)
                self.site.start_what_is_down()
                self.happened[fault.__name__] += 1
        except Exception as problem:
            self.failed = problem
