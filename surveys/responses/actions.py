"""What a respondent does: record answers, look them up, take them back, and ask to be contacted.

These have no actor, because they must be anonymous.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from secrets import SystemRandom

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from surveys.design.frozen import instrument_of
from surveys.design.models import Edition
from surveys.fieldwork.actions import redeem
from surveys.fieldwork.models import Invitation, Wave
from surveys.fieldwork.policies import check_way_in
from surveys.frame.models import Area, JourneyStage, Service
from surveys.instrument.items import IN_WORDS
from surveys.instrument.promises import OPEN_WAYS, Way
from surveys.responses.chosen_hearers import ChosenHearers, keep_hearers
from surveys.responses.coded_cards import CodedCard, keep_card, looked_up_on
from surveys.responses.letters import Letter
from surveys.responses.models import ContactMessage, Reply, Response, ResponseQuerySet, Told, Withdrawal
from surveys.responses.receipts import message_key, receipt_digest, receipt_of, response_digest
from surveys.responses.storing import store

# So many messages are written anew with one that comes, so that a flood of them does not slow down who needs help.
MIXED_AT_ONCE = 100


@dataclass(frozen=True)
class Place:
    """Where in the frame a response belongs; ids, because that is all a busy afternoon needs."""

    area_id: int
    service_id: int | None = None
    stage_id: int | None = None

    @classmethod
    def of(cls, area: Area, service: Service | None = None, stage: JourneyStage | None = None) -> Place:
        """The place made of these parts of the frame."""
        return cls(area.pk, service.pk if service else None, stage.pk if stage else None)


def new_response(
    response_id: uuid.UUID,
    *,
    wave: Wave,
    edition: Edition | int,
    place: Place,
    answers: dict,
    language: str,
    helper: str,
    on: date | None = None,
    audience: str = "",
    told: str = Told.NOT_SAID,
    is_turned: bool | None = None,
    others_may_read: bool = False,
) -> Response:
    """A response ready to be stored, with its receipt's keyed hash and a fresh record key."""
    # Of an edition a busy afternoon knows the id, and makes no row of it.
    edition_id = edition if isinstance(edition, int) else edition.pk
    instrument = instrument_of(edition_id)
    return Response(
        id=response_id,
        wave_id=wave.pk,
        edition_id=edition_id,
        area_id=place.area_id,
        service_id=place.service_id,
        stage_id=place.stage_id,
        audience=audience or instrument.audience,
        language=language,
        helper=helper,
        told=told,
        is_turned=is_turned,
        others_may_read=others_may_read,
        has_words=any(item.code in answers for item in instrument.items if item.kind in IN_WORDS),
        answers=answers,
        receipt_digest=receipt_digest(receipt_of(response_id), wave_id=wave.pk),
        received_on=on or timezone.localdate(),
    )


class CardWasUsed(Exception):
    """Raised where a card comes a second time, with another response."""


def record(
    response: Response,
    *,
    way: Way = Way.ADDRESS,
    card: Invitation | None = None,
    serial: str = "",
    hearers: Iterable[int] = (),
) -> bool:
    """Stores a response before anybody is told that it is stored; False if it was there already, or was taken back.

    A card is spent with it, or neither happens; CardWasUsed if it was spent on another response. Its number, and whom
    the respondent chose to be heard by, are kept, sealed, only where the promise of the edition says so, whatever comes
    with the request.
    """
    terms = check_way_in(instrument_of(response.edition_id), way)
    response.came_openly = way in OPEN_WAYS
    is_alone = card is None and not (terms.keeps_card or terms.keeps_hearers)
    try:
        # What is stored alone needs no transaction around it, and inside one a failure must leave the rest usable.
        if is_alone and not connection.in_atomic_block:
            return store(response)
        with transaction.atomic():
            is_new = store(response)
            if is_new and card is not None and not redeem(card):
                raise CardWasUsed
            if is_new and terms.keeps_card:
                keep_card(response.pk, serial)
            if is_new and terms.keeps_hearers:
                keep_hearers(response.pk, response.wave_id, hearers)
    except IntegrityError:
        if not Response.objects.filter(pk=response.pk).exists():
            raise
        return False
    return is_new


# What is read of a response for whoever holds its receipt: not its answers, which are shown to nobody again.
SHOWN = ("pk", "edition_id", "has_words", "is_read", "status", "area")


@dataclass(frozen=True)
class Kept:
    """What whoever holds a receipt may know of the answers."""

    edition_id: int
    has_words: bool
    is_read: bool
    replies: tuple[Reply, ...]
    looked_up_on: date | None = None
    letters: tuple[Letter, ...] = ()
    area: Area | None = None
    is_erased: bool = False
    hearers: ChosenHearers | None = None


def look_up(receipt: str, *, wave: Wave) -> Kept | None:
    """What a receipt leads to; the replies in it have been read from now on. There is no actor: see above."""
    found = list(found_by(receipt, wave).select_related("area").only(*SHOWN)[:2])
    if len(found) != 1:
        return None
    (response,) = found
    replies = tuple(Reply.objects.to(response.pk))
    unread = [reply.pk for reply in replies if reply.read_on is None]
    if unread:
        Reply.objects.filter(pk__in=unread).update(read_on=timezone.localdate())
    return Kept(
        response.edition_id,
        response.has_words,
        response.is_read,
        replies,
        looked_up_on=looked_up_on(response.pk),
        letters=tuple(Letter.objects.of(response.pk).defer("words")),
        area=response.area,
        is_erased=response.status == Response.Status.ERASED,
        hearers=ChosenHearers.objects.of(response.pk).first(),
    )


@transaction.atomic
def withdraw(receipt: str, *, wave: Wave) -> bool:
    """Deletes a response at the wish of the one who holds its receipt; False if there is none.

    There is no actor, because it must be anonymous. What was made of it is erased by the next sweep.
    """
    found = list(found_by(receipt, wave).select_for_update()[:2])
    # Two with the same words: rather none of them than the wrong one.
    if len(found) != 1:
        return False
    _take_back(found[0])
    return True


def _take_back(response: Response) -> None:
    Withdrawal.objects.create(
        response_digest=response_digest(response.pk), response_key=response.pk, withdrawn_on=timezone.localdate()
    )
    Reply.objects.to(response.pk).delete()
    CodedCard.objects.filter(response_key=response.pk).delete()
    ChosenHearers.objects.of(response.pk).delete()
    Letter.objects.of(response.pk).delete()
    response.delete()


@transaction.atomic
def take_back_again(digests: Collection[bytes], *, by=None) -> int:
    """Takes back what came back with a backup, and says how many; of the others it is known again that they were.

    There is no actor, for nobody is told who had taken them back. What was made of them is erased by the next sweep.
    """
    known = set(map(bytes, Withdrawal.objects.values_list("response_digest", flat=True)))
    new = set(digests) - known
    keys = Response.objects.values_list("pk", flat=True).iterator() if new else ()
    back = [key for key in keys if response_digest(key) in new]
    for response in Response.objects.select_for_update(of=("self",)).filter(pk__in=back):
        _take_back(response)
    gone = new - {response_digest(key) for key in back}
    today = timezone.localdate()
    Withdrawal.objects.bulk_create(Withdrawal(response_digest=one, withdrawn_on=today) for one in sorted(gone))
    return len(back)


def found_by(receipt: str, wave: Wave) -> ResponseQuerySet:
    """Every response of a wave that has this receipt: one, none, or by a rare chance two."""
    return Response.objects.filter(receipt_digest=receipt_digest(receipt, wave_id=wave.pk))


def new_message(
    sent_as: uuid.UUID, *, area_id: int, wanted: str, name: str, reach: str, words: str, audience: str, language: str
) -> ContactMessage:
    """A message ready to be stored. It has no wave, because the area and the audience are enough for who reads it."""
    return ContactMessage(
        id=message_key(sent_as),
        area_id=area_id,
        wanted=wanted,
        name=name,
        reach=reach,
        words=words,
        audience=audience,
        language=language,
        sent_on=timezone.localdate(),
    )


@transaction.atomic
def ask_for_a_person(message: ContactMessage) -> bool:
    """Stores a message before anybody is told that it is stored; False if it was there already.

    There is no actor: see above. The others that came that day are written anew with it, in an order that says nothing.
    """
    lock_messages({message.area_id})
    if ContactMessage.objects.filter(pk=message.pk).exists():
        return False
    others = ContactMessage.objects.unmixed().filter(area=message.area_id)
    _write_anew(list(others.order_by("?")[:MIXED_AT_ONCE]), message)
    return True


def lock_messages(area_ids: Iterable[int]) -> None:
    """Until the transaction ends, no message of these areas is stored, changed or written anew by anybody else."""
    areas = Area.objects.select_for_update(no_key=True).filter(pk__in=list(area_ids)).order_by("pk")
    list(areas.values_list("pk"))


def mix_messages(*, by=None) -> None:
    """Writes every message that came since the last whole day anew; no person is behind the sweep, so `by` is empty.

    The database keeps of each row which transaction wrote it, and where. Lined up with those of the responses, they
    would say who asked for a person. So the messages of a day are written again by each sweep until the day is over,
    and then once more, all of them at once: afterwards they say nothing finer than the day that is kept anyway.
    """
    areas = set(ContactMessage.objects.unmixed().values_list("area_id", flat=True))
    if areas:
        _mix(areas)


@transaction.atomic
def _mix(areas: set[int]) -> None:
    lock_messages(areas)
    messages = list(ContactMessage.objects.unmixed().filter(area__in=areas))
    for message in messages:
        message.is_mixed = message.sent_on < timezone.localdate()
    _write_anew(messages)


def _write_anew(stored: list[ContactMessage], *new: ContactMessage) -> None:
    ContactMessage.objects.filter(pk__in=[message.pk for message in stored]).delete()
    # The order of the rows in the file is the order in which they are written.
    messages = [*stored, *new]
    SystemRandom().shuffle(messages)
    ContactMessage.objects.bulk_create(messages)
