"""From the release before to this one, with many answers stored, while its web server goes on taking more."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from django.db import connection

from benchmarks import before
from benchmarks.before import Before
from benchmarks.commands import manage
from benchmarks.fed import Feeding
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.peers.questions import ASKED
from benchmarks.server import Server
from surveys.responses.models import Response

RATE = 10.0  # a second; what waits meanwhile, and not how much can be taken, is measured here
# Run by the code of the release before. Each answer is stored and coded, as nearly all are.
STORE = f"""
import random, uuid
from datetime import date
from benchmarks import invented
from feedback.anonymisation.models import CodedResponse, Linkage
from surveys.instrument.items import Item, Kind, Option
from surveys.responses.actions import Place, new_response
from surveys.responses.models import Response
from tests.factories import asking

ASKED = {ASKED!r}
items = [
    Item(
        code, texts={{"en": wording}}, options=tuple(Option(one, {{"en": one.title()}}) for one in options),
        kind=Kind.TEXT if not options else Kind.MULTI if code.endswith("_all") else Kind.CHOICE,
    )
    for code, wording, options in ASKED
]
wave = asking.open_wave(*items, of=asking.area("thistledown"), code="upgrade")
closed, dice = [item for item in items if item.is_closed], random.Random("upgrade")
place, left = Place(wave.area_id), MANY
while left:
    stored, coded, links = [], [], []
    for _ in range(min(left, 2000)):
        own, answers = uuid.UUID(int=dice.getrandbits(128), version=4), invented.answers(closed, dice)
        one = new_response(
            own, wave=wave, edition=wave.edition, place=place, answers=answers, language="en", helper="alone",
            on=date(2025, 2, 3),
        )
        one.status = Response.Status.CODED
        stored.append(one)
        coded.append(CodedResponse(
            area_id=wave.area_id, edition_id=wave.edition_id, quarter="2025Q1", audience=one.audience, language="en",
            helper="alone", answers=answers, record_key=one.record_key,
        ))
        links.append(Linkage(coded=coded[-1], response_key=own))
    Response.objects.bulk_create(stored)
    CodedResponse.objects.bulk_create(coded)
    Linkage.objects.bulk_create(links)
    left -= len(stored)
print(wave.edition.digest)
"""


class Upgrade(Flow):
    """Its migrations run; whoever answers meanwhile waits for a moment at most, and no answer is lost."""

    sizes = {Size.TINY: 500, Size.SMALL: 100_000, Size.LARGE: 1_000_000}
    server: Server | None = None
    feeding: Feeding | None = None

    def lacks(self) -> str:
        """The commit of the release before, which a shallow clone does not have."""
        return before.lacks()

    def setup(self, n: int, folder: Path) -> None:
        """Fills the database of the release before, and starts its web server."""
        self.n, self.folder, self.database = n, folder, os.environ["DATABASE_URL"]
        self._empty()
        self.before = Before(folder, self.database)
        self.before.manage("migrate", "-v0")
        self.edition = self.before.manage("shell", "-v0", "-c", STORE.replace("MANY", str(n))).split()[-1]
        self.server = self.before.serve()
        self.acknowledged = folder / "acknowledged.txt"
        self.acknowledged.touch()

    def _empty(self) -> None:
        """Takes away the tables of this release, which every flow is given."""
        if connection.vendor == "sqlite":
            file = Path(connection.settings_dict["NAME"])
            connection.close()
            for leftover in file.parent.glob(f"{file.name}*"):
                leftover.unlink()
            return
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()

    def run(self) -> Figures:
        """Migrates while others answer; a little before and after too."""
        self.feeding = Feeding(
            {
                "port": self.server.port, "path": "/a/upgrade/", "edition": self.edition, "rate": RATE, "first": 1,
                "file": str(self.acknowledged),
            },
            self.folder,
        )  # fmt: skip
        time.sleep(1)
        began = time.perf_counter()
        manage("migrate", "-v0", folder=self.folder, database=self.database)
        seconds = time.perf_counter() - began
        time.sleep(1)
        self.told = self.feeding.stop()
        return {
            "seconds_to_migrate": seconds,
            "answers": self.told["acknowledged"],
            "longest_seconds": self.told["longest_seconds"],
            "p95_ms": self.told["p95_ms"],
            "told_to_wait": self.told["told"].get("told to come again", 0),
        }

    def verify(self) -> None:
        """This release finds all that was stored before, and all that was acknowledged meanwhile."""
        check(not self.told["refused"], f"Refused: {self.told['refused']}.")
        check(self.told["acknowledged"] > 0, "Nobody answered meanwhile.")
        sent = {line.split()[0] for line in self.acknowledged.read_text().splitlines()}
        stored = Response.objects.count()
        check(stored == self.n + len(sent), f"{stored} of {self.n + len(sent)} answers are stored.")
        newest = Response.objects.exclude(status=Response.Status.CODED).values_list("pk", flat=True)
        check({one.hex for one in newest} == sent, "What was acknowledged meanwhile is not what is stored.")

    def close(self) -> None:
        """Stops those who answer and the web server."""
        if self.feeding:
            self.feeding.kill()
        if self.server:
            self.server.stop()

    def work(self, n: int) -> str:
        """How many answers are stored."""
        return f"{n:,} answers stored, {RATE:.0f} a second come meanwhile"

    def result(self, figures: Mapping[str, float]) -> str:
        """How long it took, and how long whoever answered had to wait."""
        return (
            f"{figures['seconds_to_migrate']:.1f} s of migrations; {figures['answers']:,.0f} answers meanwhile, all "
            f"stored, p95 {figures['p95_ms']:.0f} ms, the longest {figures['longest_seconds']:.1f} s; "
            f"{figures['told_to_wait']:.0f} told to try again"
        )
