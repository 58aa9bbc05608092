"""What there is to send to: waves of every kind, with cards and a poster, answers with their receipts, and a board."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.utils import timezone
from wagtail.models import Site

from feedback.accounts.roles import Role
from surveys.answering.sealing import seal, sealing_key
from surveys.fieldwork.actions import invite
from surveys.fieldwork.models import OpenLink, Wave
from surveys.instrument.items import LADDER_CODES, Item, Kind
from surveys.responses.models import Response
from surveys.responses.receipts import receipt_of
from tests.factories import answering, asking, hearing, occasions
from tests.factories.people import staff

LANGUAGES = ("en", "pl", "ar")


@dataclass(frozen=True)
class World:
    """Addresses and codes that lead somewhere."""

    waves: tuple[Wave, ...]
    area: str
    codes: tuple[str, ...]

    @property
    def receipts(self) -> tuple[tuple[str, str], ...]:
        """A wave and the words of a receipt of it, each."""
        return tuple((self.waves[0].code, receipt_of(key)) for key in self.kept)

    @property
    def kept(self) -> tuple[uuid.UUID, ...]:
        """The ids of the answers whose receipts are used again and again."""
        return tuple(uuid.UUID(int=number) for number in range(1, 60))

    def put_back(self) -> None:
        """Those of them that were taken back."""
        there = set(Response.objects.filter(pk__in=self.kept).values_list("pk", flat=True))
        for key in set(self.kept) - there:
            answering.arrives(self.waves[0], "hello", key=key)

    def sealed(self, body: bytes, sent_as: str) -> dict[str, str]:
        """What a device makes of a body that waits."""
        key = sealing_key()
        return {"key": key.id, "sealed": seal(body, response_id=sent_as, public=key.public)}


def every_kind() -> tuple[Item, ...]:
    """An item of each kind."""
    offered = dict.fromkeys(Kind, ("yes", "sometimes", "no"))
    offered[Kind.LADDER], offered[Kind.AGAIN] = LADDER_CODES, ("yes", "maybe", "no")
    closed = [Kind.CHOICE, Kind.AGAIN, Kind.LADDER, Kind.MULTI, Kind.SORT]
    return (
        *(asking.closed_item(f"i_{kind}", *offered[kind], kind=kind) for kind in closed),
        asking.text_item("words"),
        Item(code="short", kind=Kind.SHORT, texts={"en": "Question?"}),
        Item(code="drawn", kind=Kind.DRAWING, texts={"en": "Question?"}),
    )


def build() -> World:
    """The world, in an empty database."""
    area = asking.area("fuzz")
    officer = staff("officer", Role.PARTICIPATION_OFFICER, area=area)
    usual = asking.open_wave(*every_kind(), of=area, code="usual")
    carded = asking.open_wave(of=area, code="carded")
    Wave.objects.filter(pk=carded.pk).update(needs_card=True)
    cards = invite(carded, cards=30, area=area, by=officer, expires_on=timezone.localdate() + timedelta(days=9))
    closed = asking.open_wave(of=area, code="closed")
    ended = timezone.localdate() - timedelta(days=200)
    Wave.objects.filter(pk=closed.pk).update(status="closed", opened_on=ended, closed_on=ended)
    nowhere = asking.open_wave(of=area, code="no-area")
    Wave.objects.filter(pk=nowhere.pk).update(area=None)
    heard = hearing.conversation(of=area)
    pack = occasions.pack(asking.area("twice"))
    home = asking.root().add_child(instance=apps.get_model("pages", "HomePage")(title="Front", slug="front", area=area))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    link = OpenLink.objects.create(wave=nowhere, place="school hall", area=area)
    waves = Wave.objects.select_related("edition").in_bulk(
        [one.pk for one in (usual, carded, closed, nowhere, heard, pack.before, pack.after)]
    )
    codes = (*cards, *occasions.cards(pack, 20), link.code)
    world = World(tuple(sorted(waves.values(), key=lambda one: one.pk)), area.code, codes)
    world.put_back()
    return world
