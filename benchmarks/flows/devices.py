"""Answers that waited on many devices, a bad network, and a server that loses its power again and again."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from benchmarks import invented
from benchmarks.bad_network import BadNetwork, Fate
from benchmarks.flow import Figures, Flow, Size, check
from benchmarks.offline import Crowd, Device, Finished, PowerCuts
from benchmarks.server import Server
from feedback.accounts.roles import Role
from surveys.answering.sealing import sealing_key
from surveys.fieldwork.actions import invite
from surveys.fieldwork.link_codes import card_digest
from surveys.fieldwork.models import Invitation
from surveys.responses.models import Response, Withdrawal
from tests.factories import asking
from tests.factories.people import staff

MOST_ON_A_DEVICE = 3
HELPERS = ("alone", "read", "tapped")
# One answer in so many comes with a card, and one in so many is taken back as soon as it is acknowledged.
CARDS, REGRETS = 10, 10
ON_A_SHEET = 24


class Devices(Flow):
    """A week without signal ends: every answer is stored once, however often the network and the power fail."""

    sizes = {Size.TINY: 40, Size.SMALL: 1_000, Size.LARGE: 2_000}
    # What a device may be told instead of thanks, and tries again.
    honest_failures: frozenset[int] = frozenset()
    server: Server | None = None

    def setup(self, n: int, folder: Path) -> None:
        """Opens a wave, fills the devices, and starts the server; the same every time."""
        self.area, self.key = asking.area("thistledown"), sealing_key()
        self.wave = asking.open_wave(*invented.items(), of=self.area, code="bus")
        self.cards = self._cards(n * MOST_ON_A_DEVICE // CARDS + 1)
        self.finished: dict[uuid.UUID, Finished] = {}
        self._start(n, folder)

    def _start(self, n: int, folder: Path) -> None:
        self.server = Server()
        self._bring_devices(n)
        cuts = random.Random("power").sample(
            range(len(self.finished) // 10, len(self.finished) * 9 // 10), 3 + n // 500
        )
        self.power = PowerCuts(self.server, self.crowd.heard, cuts)

    def _bring_devices(self, n: int) -> None:
        self.network = BadNetwork(self.server.port)
        self.crowd = Crowd([self._device(number) for number in range(n)], self.network)

    def _cards(self, n: int) -> Iterator[str]:
        officer = staff("officer", Role.PARTICIPATION_OFFICER)
        until = timezone.localdate() + timedelta(days=9)
        for _ in range(0, n, ON_A_SHEET):
            yield from invite(self.wave, cards=ON_A_SHEET, area=self.area, expires_on=until, by=officer)

    def _device(self, number: int) -> Device:
        dice = random.Random(f"device {number}")
        held = [self._finish(dice) for _ in range(dice.randint(1, MOST_ON_A_DEVICE))]
        sealed = [(one, one.body(key=self.key.id, public=self.key.public)) for one in held]
        return Device(dice, f"/a/{self.wave.code}/", self.server.port, sealed)

    def _finish(self, dice: random.Random) -> Finished:
        said = {
            "edition": self.wave.edition.digest,
            "language": "en",
            "code": next(self.cards) if dice.randrange(CARDS) == 0 else None,
            "helper": dice.choice(HELPERS),
            "told": "nobody",
            "turned": dice.random() < 0.5,
            "answers": invented.answers(invented.items(), dice),
        }
        one = Finished(uuid.UUID(int=dice.getrandbits(128), version=4), said, dice.randrange(REGRETS) == 0)
        return self.finished.setdefault(one.id, one)

    def run(self) -> Figures:
        """Lets them deliver until nothing waits, while the power fails."""
        self.power.start()
        self.crowd.run()
        self.power.over.set()
        self.power.join()
        return {**self._what_went_wrong(), "kills": self.power.number, "peak_mb": self.server.peak_mb()}

    def _what_went_wrong(self) -> Figures:
        fates = self.network.fates
        return {
            "answers": len(self.finished),
            "requests": fates.total(),
            "lost_before": fates[Fate.NEVER_LEAVES] + fates[Fate.CUT_OFF],
            "lost_after": fates[Fate.REPLY_LOST] + fates[Fate.HUNG_UP],
            "repeated": fates[Fate.TWICE] + fates[Fate.AT_ONCE] + fates[Fate.LATE],
            "unanswered": self.network.unanswered,
        }

    def verify(self) -> None:
        """Every answer is there once, as it was given, or was taken back; every device was told the truth."""
        check(self.power.number == len(self.power.after), f"The power failed only {self.power.number} times.")
        self._check_what_was_told()
        self._check_what_is_stored()
        self._check_cards()

    def _check_what_was_told(self) -> None:
        heard = self.crowd.heard
        check(not heard.refused, f"Refused: {Counter(status for status, _ in heard.refused)}.")
        check(heard.acknowledged == set(self.finished), "Not every answer was acknowledged.")
        check(len(set(heard.new)) == len(heard.new), "Somebody was told twice that an answer is new.")
        check(len(set(heard.receipts)) == len(self.finished), "An answer got two receipts.")
        failed = {status for status in self.network.statuses if status >= 500} - self.honest_failures
        check(not failed, f"The server failed: {failed}.")

    def _check_what_is_stored(self) -> None:
        kept = {one.id: _as_stored(one) for one in self.finished.values() if not one.is_regretted}
        fields = ("answers", "helper", "told", "is_turned", "language")
        rows = Response.objects.filter(wave=self.wave)
        stored = {row.pk: tuple(getattr(row, name) for name in fields) for row in rows}
        check(not stored.keys() - kept.keys(), "What was taken back came back, or what nobody sent is stored.")
        check(not kept.keys() - stored.keys(), f"{len(kept.keys() - stored.keys())} answers are lost.")
        check(stored == kept, "What is stored is not what was sent.")
        gone = len(self.finished) - len(kept)
        check(Withdrawal.objects.count() == gone, f"{gone} were taken back, {Withdrawal.objects.count()} were noted.")
        days = set(Response.objects.values_list("received_on", flat=True))
        check(days <= self._days(), "The clock of a device was believed.")

    def _days(self) -> set[date]:
        """The days on which something may have been received."""
        today = timezone.localdate()
        return {today, today - timedelta(days=1)}

    def _check_cards(self) -> None:
        spent = {card_digest(one.said["code"]) for one in self.finished.values() if one.said["code"]}
        used = {bytes(card) for card in Invitation.objects.filter(is_used=True).values_list("code_digest", flat=True)}
        check(used == spent, f"{len(spent)} cards were spent, {len(used)} are marked.")

    def close(self) -> None:
        """Stops the server."""
        if self.server:
            self.server.stop()

    def work(self, n: int) -> str:
        """How many devices, and how often the power fails."""
        return f"{n:,} devices, {3 + n // 500} power cuts"

    def result(self, figures: Mapping[str, float]) -> str:
        """How much went wrong, and that it made no difference."""
        return (
            f"{figures['answers']:,.0f} answers, each stored once; {figures['requests']:,.0f} requests, of which "
            f"{figures['lost_before']:,.0f} lost, {figures['lost_after']:,.0f} with the reply lost, "
            f"{figures['repeated']:,.0f} repeated; {figures['unanswered']:,.0f} met no server"
        )


def _as_stored(one: Finished) -> tuple:
    said = one.said
    return said["answers"], said["helper"], said["told"], said["turned"], said["language"]
