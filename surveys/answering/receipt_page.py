"""Where a respondent comes back with the words of their receipt: to read a reply, or take the answers back."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass, replace
from datetime import date

from django.core.signing import BadSignature, Signer
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from surveys.answering.contact_words import contact_words_for
from surveys.answering.delivery import NotKept, Refused, check_same_origin, form_of, trouble_of, wave_of
from surveys.answering.guessing import Guesses, address_of
from surveys.answering.hearer_words import Heard, heard_by
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, address_in, language_asked
from surveys.answering.promised import promised_at, promised_to
from surveys.answering.refusals import exit_address, refusals_as, refused_page
from surveys.answering.words import words_around
from surveys.design.frozen import instrument_of
from surveys.fieldwork.messages import WaveMessage
from surveys.fieldwork.models import Wave
from surveys.instrument.items import InvalidAnswer, Item, Kind, valid_answer
from surveys.responses.actions import Kept, look_up, withdraw
from surveys.responses.letter_actions import LONGEST_LETTER, TooManyLetters, write_letter
from surveys.responses.models import Reply
from surveys.responses.receipts import LONGEST_TYPED
from surveys.responses.sealed import CannotOpenWords

ASKS, FOUND, NOT_FOUND, TAKEN_BACK = "asks", "found", "not_found", "taken_back"
WRITTEN = Item("letter", Kind.TEXT, {}, ways_out=(), max_length=LONGEST_LETTER)
logger = logging.getLogger(__name__)
guesses = Guesses()


@dataclass(frozen=True)
class Outcome:
    """What came of the words that were typed, and, where they were found, what there is to see."""

    name: str
    is_read: bool | None = None
    report_on: date | None = None
    is_reported: bool = False
    looked_up_on: date | None = None
    said: tuple[Said, ...] = ()
    reader: str = ""
    is_erased: bool = False
    is_sent: bool = False
    error: str = ""
    letter: str = ""
    # Nothing where nobody was to choose.
    heard: tuple[Heard, ...] | None = None

    @property
    def waits_for_a_person(self) -> bool:
        """Whether there is something to read, and neither those who read everything nor those who were chosen have."""
        return self.is_read is False and not any(one.has_read for one in self.heard or ())


@dataclass(frozen=True)
class Said:
    """One thing that was said to and fro: what was replied, or that somebody wrote and whether it was read."""

    on: date
    reply: str = ""
    read_on: date | None = None
    is_for_everybody: bool = False
    is_corrected: bool = False
    # Who they are to the child, if the child chose to be heard by them.
    by: str = ""
    is_with_hearers: bool = False


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def receipt(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """Asks for the words, and does what their holder wants; the words are in no address and no log."""
    wave = wave_of(code)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method != "POST":
        return _page(request, wave, Outcome(ASKS))
    check_same_origin(request)
    form = form_of(request)
    typed = form.get("words", "")[:LONGEST_TYPED]
    return _page(request, wave, _guarded(request, typed, wave, form), typed)


def _guarded(request: HttpRequest, typed: str, wave: Wave, form: QueryDict) -> Outcome:
    """The outcome, slower for whoever has typed many words that lead nowhere."""
    address = address_of(request)
    if not guesses.slow_down(address):
        raise Refused(429, _("Many people are typing words just now. Please wait a moment and press Go on again."))
    outcome = _outcome(typed, wave, form)
    if outcome.name == NOT_FOUND:
        guesses.was_wrong(address)
    return outcome


def _outcome(typed: str, wave: Wave, form: QueryDict) -> Outcome:
    step = form.get("step")
    if step == "back":
        return Outcome(TAKEN_BACK if withdraw(typed, wave=wave) else NOT_FOUND)
    words = form.get("letter", "")
    error = _write(typed, wave, words, form.get("token", "")) if step == "write" else ""
    kept = look_up(typed, wave=wave)
    if kept is None:
        return Outcome(NOT_FOUND)
    found = _found(kept, wave)
    return replace(found, error=error, letter=words) if error else replace(found, is_sent=step == "write")


def _write(typed: str, wave: Wave, words: str, signed: str) -> str:
    """Stores what somebody wrote back; what hinders it, in a sentence, or nothing."""
    try:
        letter = valid_answer(WRITTEN, words)
        sent_as = uuid.UUID(_signer(wave).unsign(signed))
        if letter:
            write_letter(typed, wave=wave, words=str(letter), sent_as=sent_as)
        return "" if letter else _("Nothing is written in the box yet.")
    except InvalidAnswer:
        return _("This is too long to send. Please write less.")
    except (BadSignature, ValueError):
        return _("This page was not whole. Please press Send once more.")
    except TooManyLetters:
        return _("We have all that you wrote today. Please wait until tomorrow to write more.")
    except Error as problem:
        logger.error("A letter could not be stored: %s", trouble_of(problem))
        return NotKept().message


def _signer(wave: Wave) -> Signer:
    return Signer(salt=f"letter {wave.code}")


def _found(kept: Kept, wave: Wave) -> Outcome:
    """Whether a person has read it is said only where there is something to read, and never what they thought of it."""
    report = instrument_of(kept.edition_id).report_back_on
    day = date.fromisoformat(report) if report else None
    heard = heard_by(kept.hearers)
    return Outcome(
        FOUND,
        is_read=kept.is_read if kept.has_words else None,
        report_on=day,
        is_reported=day is not None and day < timezone.localdate(),
        looked_up_on=kept.looked_up_on,
        heard=heard,
        said=_said(kept, wave, heard or ()),
        reader=_reader(kept, wave, is_with_hearers=any(one.can_hear for one in heard or ())),
        is_erased=kept.is_erased,
    )


def _said(kept: Kept, wave: Wave, heard: tuple[Heard, ...]) -> tuple[Said, ...]:
    """What was said to and fro, the newest first. Of letters only the day: nobody is shown what they wrote again."""
    told = [_told(message) for message in WaveMessage.objects.of(wave)]
    called = {one.person_id: one.who for one in heard}
    replies = [Said(reply.on, reply=_text_of(reply), by=called.get(reply.by_id, "")) for reply in kept.replies]
    is_with_hearers = any(one.can_hear for one in heard)
    letters = [Said(one.sent_on, read_on=one.read_on, is_with_hearers=is_with_hearers) for one in kept.letters]
    return tuple(sorted([*replies, *told, *letters], key=lambda said: said.on, reverse=True))


def _text_of(reply: Reply) -> str:
    """What was replied; where it cannot be opened, that it is our fault."""
    try:
        return reply.text
    except CannotOpenWords:
        return _("Something of ours does not work just now. Please come back in a little while.")


def _told(message: WaveMessage) -> Said:
    """What everybody of the wave is told; of what was taken back only what is right instead."""
    if message.withdrawn_on:
        return Said(message.withdrawn_on, reply=message.correction, is_for_everybody=True, is_corrected=True)
    return Said(message.on, reply=message.text, is_for_everybody=True)


def _reader(kept: Kept, wave: Wave, *, is_with_hearers: bool) -> str:
    """Who reads what is written back, and that it takes time."""
    instrument = instrument_of(wave.edition_id)
    said = contact_words_for(words_around(instrument))
    parts = [str(said.reader) % {"area": kept.area.title}, str(said.not_now)]
    if is_with_hearers:
        parts.insert(1, _("So do those you chose."))
    return " ".join(parts)


def _page(request: HttpRequest, wave: Wave, outcome: Outcome, typed: str = "") -> HttpResponse:
    instrument, language = instrument_of(wave.edition_id), language_asked(request)
    words = words_around(instrument)
    context = {
        "outcome": outcome.name,
        "found": outcome,
        "token": _signer(wave).sign(uuid.uuid4().hex),
        "longest": LONGEST_LETTER,
        "typed": typed,
        "wave": wave,
        "area": wave.area,
        "help_numbers": help_numbers(wave.area, words),
        "words": words,
        "address": address_in(language, "receipt", code=wave.code),
        "contact_address": address_in(language, "contact", code=wave.code),
        "begin": address_in(language, "survey", code=wave.code),
        **_promised(wave, instrument.audience, language, outcome),
        **exit_address(),
    }
    page = render(request, "answering/receipt.html", context, status=_status(outcome))
    page["Cache-Control"] = "no-store"
    return page


def _promised(wave: Wave, audience: str, language: str, outcome: Outcome) -> dict[str, object]:
    """What was promised to everybody like them; the same whatever they answered."""
    if outcome.name != FOUND:
        return {}
    return {
        "promised": promised_to(wave.area, audience, language),
        "promised_address": promised_at(wave.area, audience, language),
    }


def _status(outcome: Outcome) -> int:
    if outcome.name == NOT_FOUND:
        return 404
    return 422 if outcome.error else 200
