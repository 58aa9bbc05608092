"""What a device delivers, and where in the vault it goes. Nothing here looks at who delivers it."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.db import Error, OperationalError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.answering.choosing import chosen
from surveys.answering.first_question import wave_without_area
from surveys.answering.languages import first_spoken
from surveys.answering.leaving_out import check_is_not_the_subject, without
from surveys.answering.letting_others_read import may_others_read
from surveys.answering.sealing import CannotOpen, opened
from surveys.answering.sentences import in_their_language
from surveys.answering.ways_in import WayIn, way_in
from surveys.design.frozen import digest_of, instrument_of
from surveys.fieldwork.models import Wave
from surveys.instrument.document import Instrument, InvalidAnswers, check_answers
from surveys.instrument.items import SEVERAL_OPTIONS, Kind
from surveys.responses.actions import CardWasUsed, new_response, record
from surveys.responses.models import Helper, Told

FORM = "application/x-www-form-urlencoded"
FIELD = "q_"
# What a delivery says in one word each.
WORDS = ("edition", "language", "code", "helper", "told", "others")
HASH = re.compile(r"[0-9a-f]{64}\Z")
logger = logging.getLogger(__name__)


class Refused(Exception):
    """Raised when something cannot be done for a respondent; says with which status, and why, in which language."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.language = first_spoken(get_language())


class NotKept(Refused):
    """Raised when we cannot store anything just now, through no fault of the one who answers."""

    def __init__(self) -> None:
        super().__init__(503, _("We cannot keep your answers just now. Please press Send again in a little while."))


@dataclass(frozen=True)
class Delivery:
    """The content of one delivery, before anything of it is believed."""

    edition: str
    language: str
    code: str
    helper: str
    answers: object
    told: str = ""
    is_turned: bool | None = None
    hearers: object = None
    others: str = ""

    @classmethod
    def from_object(cls, sent: Mapping[str, object]) -> Delivery:
        """What a device sent, out of its seal."""
        parts = {name: sent.get(name) or "" for name in WORDS}
        is_turned = sent.get("turned") if isinstance(sent.get("turned"), bool) else None
        return cls(**parts, answers=sent.get("answers"), is_turned=is_turned, hearers=sent.get("hearers"))

    @classmethod
    def from_device(cls, body: bytes, response_id: uuid.UUID) -> Delivery:
        """What a device sent, as it is or sealed for this response."""
        return cls.from_object(unsealed(body, response_id))

    @classmethod
    def from_form(cls, form: QueryDict, instrument: Instrument) -> Delivery:
        """What a browser without JavaScript sent as a form."""
        answers = {item.code: _form_answer(form, item) for item in instrument.items if item.kind != Kind.INFORMATION}
        return cls(
            edition=form.get("edition", ""),
            language=form.get("language", ""),
            code=form.get("code", ""),
            helper=form.get("helper", ""),
            told=form.get("told", ""),
            is_turned=False,
            hearers=form.getlist("hearers"),
            others=form.get("others", ""),
            answers=without(answers, form.getlist("leave_out"), instrument),
        )


def unsealed(body: bytes, sent_as: uuid.UUID) -> dict:
    """The JSON object a device sent under an id, taken out of its seal if it was sealed for this id."""
    sent = _object_of(body)
    if set(sent) != {"key", "sealed"}:
        return sent
    try:
        return _object_of(opened(sent["key"], sent["sealed"], response_id=str(sent_as)))
    except CannotOpen as problem:
        raise _not_whole() from problem


def _object_of(body: bytes) -> dict:
    """The JSON object of a body; Refused if it is none."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise _not_whole() from problem
    if not isinstance(sent, dict):
        raise _not_whole()
    return sent


def _form_answer(form: QueryDict, item) -> object:
    values = [value for value in form.getlist(FIELD + item.code) if value]
    if item.kind in SEVERAL_OPTIONS and not (len(values) == 1 and values[0] in item.ways_out):
        return values
    return values[-1] if values else None


def wave_of(code: str, *, with_area: bool = True) -> Wave:
    """The wave of an address; a delivery needs nothing of its area, and a busy afternoon has many."""
    if with_area:
        wave = Wave.objects.select_related("area").filter(code=code).first()
    else:
        wave = wave_without_area(code)
    if wave is None:
        raise Refused(404, _("There are no questions at this address."))
    return wave


def check_has_begun(wave: Wave) -> None:
    """Refuses a wave that is only planned: nobody may think that they came too late."""
    if wave.status == Wave.Status.PLANNED:
        raise Refused(404, _("These questions have not begun yet. Please come back later."))


def check_takes_answers(wave: Wave) -> None:
    """Refuses a wave that has not begun, or is past its days of grace."""
    check_has_begun(wave)
    if not wave.takes_answers_on(timezone.localdate()):
        raise Refused(410, _("These questions are closed. Thank you for wanting to answer."))


def check_same_origin(request: HttpRequest) -> None:
    """Refuses what another site makes a browser send.

    A browser says where a request comes from in Sec-Fetch-Site, an older one in Origin; a request with neither was
    not made by a page of another site, because a browser adds Origin to every PUT and cross-site POST.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    origin = request.META.get("HTTP_ORIGIN")
    if site and site not in {"same-origin", "none"}:
        raise Refused(403, _("Answers can only be sent from our own page."))
    if not site and origin and origin != f"{request.scheme}://{request.get_host()}":
        raise Refused(403, _("Answers can only be sent from our own page."))


def body_of(request: HttpRequest) -> bytes:
    """The whole body, if it is not larger than a response may be; a larger one is not read."""
    length = _length_of(request)
    if length > _limit_of(request):
        raise Refused(413, _("This is too much to send at once. Please write less."))
    try:
        body = request.read(length)
    except OSError as problem:
        raise _not_whole() from problem
    # Half a form reads like a whole one in which the last answers are missing.
    if len(body) < length:
        raise _not_whole()
    return body


def form_of(request: HttpRequest) -> QueryDict:
    """The fields of a form; one with more of them than any page of ours has is refused like one that is too large."""
    try:
        return QueryDict(body_of(request), encoding="utf-8")
    except TooManyFieldsSent as problem:
        raise Refused(413, _("This is too much to send at once. Please write less.")) from problem


def _length_of(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise _not_whole()
    return int(length)


def _limit_of(request: HttpRequest) -> int:
    is_form = request.content_type == FORM
    return settings.EARSHOT_FORM_MAX_BYTES if is_form else settings.EARSHOT_RESPONSE_MAX_BYTES


def _not_whole() -> Refused:
    return Refused(400, _("The answers did not arrive whole. Please try again."))


def deliver(response_id: uuid.UUID, delivery: Delivery, *, wave: Wave) -> bool:
    """Stores a delivery and only then says so; True if it is new. Refused or InvalidAnswers if it cannot be stored."""
    _check_are_words(delivery)
    edition_id = edition_of(wave, delivery.edition)
    instrument = instrument_of(edition_id)
    check_is_not_the_subject(instrument, delivery.helper)
    answers = check_answers(instrument, delivery.answers)
    found = way_in(wave, delivery.code, instrument.kept_promise)
    hearers = chosen(instrument, wave, delivery.hearers)
    response = new_response(
        response_id,
        wave=wave,
        edition=edition_id,
        audience=instrument.audience,
        place=found.place,
        answers=answers,
        language=_one_of(delivery.language or "en", instrument.languages, "language"),
        helper=_one_of(delivery.helper or Helper.NOT_SAID, Helper.values, "helper"),
        told=_one_of(delivery.told or Told.NOT_SAID, Told.values, "told"),
        is_turned=delivery.is_turned,
        others_may_read=may_others_read(instrument, delivery.others),
    )
    try:
        return record(response, way=found.way, card=found.card, serial=found.serial, hearers=hearers)
    except CardWasUsed as problem:
        raise InvalidAnswers({"code": _was_used(found)}) from problem
    except Error as problem:
        logger.error("A response could not be stored: %s", trouble_of(problem))
        raise NotKept from None


def _was_used(found: WayIn) -> str:
    """What is said of a card that was used. Of a form sent by two taps only the second reply is seen."""
    if found.card is not None and found.card.twin is not None:
        return _("This card was used for these questions already. If you pressed Send twice, we have your answers.")
    return _("This card has been used already. Each card works once. If you pressed Send twice, we have your answers.")


def _check_are_words(delivery: Delivery) -> None:
    if wrong := [name for name in WORDS if not isinstance(getattr(delivery, name), str)]:
        raise InvalidAnswers({wrong[0]: _("This is not a word.")})


def trouble_of(problem: Error) -> str:
    """What may be logged of a database's trouble: only its name where the rest may hold a child's words."""
    name = type(problem.__cause__ or problem).__name__
    return f"{name}: {str(problem).partition(chr(10))[0]}" if isinstance(problem, OperationalError) else name


def _one_of(value: str, allowed, name: str) -> str:
    if value not in allowed:
        raise InvalidAnswers({name: _("Please choose one of the answers shown.")})
    return value


def edition_of(wave: Wave, digest: str) -> int:
    """The id of the edition a delivery answers: the wave's, or one it had before."""
    if digest == digest_of(wave.edition_id):
        return wave.edition_id
    earlier = None
    if HASH.match(digest):
        earlier = wave.earlier_editions.filter(digest=digest).values_list("pk", flat=True).first()
    if earlier is None:
        raise Refused(409, _("These are answers to other questions. Please open the page again."))
    return earlier


def messages_of(problem: InvalidAnswers) -> dict[str, str]:
    """What is wrong with each item, in the language that is active."""
    return {item: in_their_language(message) for item, message in problem.errors.items()}


def as_errors(problem: InvalidAnswers) -> list[Mapping[str, str]]:
    """The errors as the device gets them."""
    return [{"item": item, "message": message} for item, message in messages_of(problem).items()]
