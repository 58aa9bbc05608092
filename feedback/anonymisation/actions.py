"""Turns cleared responses into coded ones, and takes them back where they can still be found."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail import hooks
from wagtail.log_actions import log

from feedback.anonymisation.carried import carry_what_came_late
from feedback.anonymisation.flood_noticing import notice_floods, without_floods
from feedback.anonymisation.merged_areas import counted_in, merged_areas, services_where_counted
from feedback.anonymisation.models import ClosedQuarter, CodedResponse, Linkage
from feedback.anonymisation.moderation_actions import erase_comments, prepare_comments
from feedback.anonymisation.talk_actions import keep_up_with_talks
from feedback.anonymisation.turnout_actions import count_turnout
from feedback.anonymisation.writing_anew import write_anew
from feedback.disclosure.blocks import Quarter
from feedback.safeguarding.actions import screen_waiting
from feedback.safeguarding.blockage_actions import screen_blockages
from feedback.safeguarding.calling import call
from feedback.safeguarding.code_actions import lapse_codes
from feedback.safeguarding.code_letters import say_again_what_was_opened
from feedback.safeguarding.contacts import sweep_contacts
from feedback.safeguarding.forgetting import forget_what_was_noted
from feedback.safeguarding.goal_actions import screen_goals
from feedback.safeguarding.letters import screen_letters
from feedback.safeguarding.reading import opens
from feedback.safeguarding.talk_actions import screen_talks
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area, JourneyStage
from surveys.instrument.document import Instrument
from surveys.instrument.wording import NEVER_COUNTED
from surveys.responses.letter_actions import erase_letters_and_replies
from surveys.responses.models import Response, Withdrawal
from surveys.responses.paper_actions import erase_overdue_entries

BATCH = 500


@dataclass(frozen=True)
class Swept:
    """What one sweep did."""

    screened: int
    held: int
    coded: int


def sweep(*, by=None) -> Swept:
    """Takes every response as far as it can go without a person; no person is behind it, so `by` is empty."""
    erase_withdrawn(by=by)
    erase_overdue_entries(by=by)
    carry_what_came_late(by=by)
    screened = screen_waiting(by=by)
    screen_letters(by=by)
    screen_goals(by=by)
    screen_blockages(by=by)
    screen_talks(by=by)
    sweep_contacts(by=by)
    call(by=by)
    lapse_codes(by=by)
    say_again_what_was_opened(by=by)
    notice_floods(by=by)
    coded = code_cleared(by=by)
    count_turnout(by=by)
    prepare_comments(by=by)
    keep_up_with_talks(by=by)
    # Rooms above this one keep up with what was raised or taken back since.
    for keep_up in hooks.get_hooks("swept"):
        keep_up(by=by)
    return Swept(screened.looked_at, screened.held, coded)


def code_cleared(*, by=None) -> int:
    """Codes every response that is past safeguarding; the sweep has no person behind it, so `by` is empty."""
    coded, after = 0, None
    while batch := _code_batch(after, by=by):
        coded, after = coded + batch.coded, batch.last
    return coded


@dataclass(frozen=True)
class _Batch:
    """How many of a batch were coded, and the last of it."""

    coded: int
    last: uuid.UUID


@transaction.atomic
def _code_batch(after: uuid.UUID | None, *, by) -> _Batch | None:
    waiting = Response.objects.awaiting_coding().select_for_update(skip_locked=True, of=("self",))
    # In the order of their random ids, so that coded rows do not tell who answered after whom.
    found = list((waiting.filter(pk__gt=after) if after else waiting).order_by("pk")[:BATCH])
    # One that does not open keeps no other from being counted; it is met once in a sweep.
    readable = [response for response in found if opens(response)]
    _code(readable)
    return _Batch(len(readable), found[-1].pk) if found else None


def _code(responses: list[Response]) -> None:
    received = {response.area_id for response in responses}
    lock_areas(received | {counted_in(pk, merged_areas()) for pk in received})
    # Not before: whoever puts a day aside holds the same lock until all of it is.
    counted = without_floods(responses)
    _store(counted)
    Response.objects.filter(pk__in=[response.pk for response in counted]).update(status=Response.Status.CODED)


def _store(responses: list[Response]) -> None:
    frame = Frame()
    # By their own new ids: in the order of the responses, their places in the file would join them, link or not.
    made = sorted(((coded_of(response, frame), response.pk) for response in responses), key=lambda pair: pair[0].pk)
    CodedResponse.objects.bulk_create(row for row, _ in made)
    Linkage.objects.bulk_create(Linkage(coded=row, response_key=key) for row, key in made)


def lock_areas(area_ids: set[int]) -> None:
    """Until the transaction ends, no quarter of these areas closes while a response is being put into it."""
    list(Area.objects.select_for_update().filter(pk__in=area_ids).order_by("pk").values_list("pk"))


class Frame:
    """Codes of the frame, and the last closed quarter of each area, read once per batch."""

    def __init__(self) -> None:
        self.merged = merged_areas()
        self.services = services_where_counted(self.merged)
        self.stages = dict(JourneyStage.objects.values_list("pk", "code"))
        self.closed: dict[int, Quarter] = {}
        for area, quarter in ClosedQuarter.objects.values_list("area_id", "quarter"):
            self.closed[area] = max(Quarter.parse(quarter), self.closed.get(area, Quarter.parse(quarter)))

    def counting_quarter(self, area_id: int, received_on: date) -> Quarter:
        """The quarter of receipt; or, where that has closed, the first that has not."""
        received = Quarter.of(received_on)
        closed = self.closed.get(area_id)
        return received if closed is None else max(received, closed.next())


def _may_count(response: Response, instrument: Instrument) -> bool:
    return instrument.is_counted and response.audience not in NEVER_COUNTED


def coded_of(response: Response, frame: Frame) -> CodedResponse:
    """What is counted of a response: the same each time, but for its id and the quarters that closed meanwhile."""
    instrument = instrument_of(response.edition_id)
    # What must never be counted is not even copied to where counting is done.
    closed = {item.code for item in instrument.closed_items} if _may_count(response, instrument) else set()
    area_id = counted_in(response.area_id, frame.merged)
    return CodedResponse(
        area_id=area_id,
        edition_id=response.edition_id,
        quarter=str(frame.counting_quarter(area_id, response.received_on)),
        stage=frame.stages.get(response.stage_id, ""),
        service=frame.services.get(response.service_id, ""),
        audience=response.audience,
        language=response.language,
        helper=response.helper,
        answers={code: answer for code, answer in response.answers.items() if code in closed},
        record_key=response.record_key,
    )


@transaction.atomic
def close_quarter(area: Area, *, quarter: Quarter, by) -> None:
    """Lets no more responses into a quarter; what comes later is counted in the next one."""
    ClosedQuarter.objects.get_or_create(area=area, quarter=str(quarter))
    log(area, "anonymisation.close_quarter", user=by, data={"quarter": str(quarter)})


@transaction.atomic
def put_in_block(area: Area, *, quarters: list[str], by) -> None:
    """Says that the answers of these quarters are in a published block, so that taking them back cannot change it."""
    if quarters:
        write_anew(CodedResponse.objects.filter(area=area, quarter__in=quarters))
    log(area, "anonymisation.put_in_block", user=by, data={"quarters": quarters})


def erase_withdrawn(*, area: Area | None = None, by=None) -> int:
    """Erases what was made of responses that were taken back; no person is behind the sweep, so `by` is empty.

    A block that closed with one of them stays as it is: changing it would show what was taken out. Whoever closes a
    quarter holds the lock of its area and names it, because two who each wait for the other's area would wait for ever.
    """
    if area:
        return _erase_in(area.pk)
    coded = CodedResponse.objects.filter(linkage__response_key__in=_keys_to_erase())
    areas = coded.order_by("area_id").values_list("area_id", flat=True).distinct()
    return sum(_erase_in(pk) for pk in areas) + _forget_uncoded()


def _keys_to_erase():
    return Withdrawal.objects.awaiting_erasure().values("response_key")


@transaction.atomic
def _erase_in(area_id: int) -> int:
    """Under the lock of the area, so that no quarter is counted half with and half without them."""
    lock_areas({area_id})
    links = Linkage.objects.filter(coded__area=area_id, response_key__in=_keys_to_erase())
    keys = list(links.values_list("response_key", flat=True))
    CodedResponse.objects.filter(linkage__response_key__in=keys).delete()
    erase_comments(keys)
    # Rooms above this one forget what they keep of these answers, in the same transaction.
    for forget in hooks.get_hooks("answers_erased") if keys else ():
        forget(area_id)
    erase_letters_and_replies(keys)
    forget_what_was_noted(keys)
    return Withdrawal.objects.filter(response_key__in=keys).update(response_key=None)


@transaction.atomic
def _forget_uncoded() -> int:
    """Nothing was made of these, and nothing can be: who codes a response holds its row until the end."""
    coded = Linkage.objects.filter(response_key=OuterRef("response_key"))
    uncoded = Withdrawal.objects.awaiting_erasure().exclude(Exists(coded))
    keys = list(uncoded.values_list("response_key", flat=True))
    erase_comments(keys)
    erase_letters_and_replies(keys)
    forget_what_was_noted(keys)
    return Withdrawal.objects.filter(response_key__in=keys).update(response_key=None)
