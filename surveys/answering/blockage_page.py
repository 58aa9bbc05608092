"""Where anybody names what gets in the way of help: no account, no names, no cookie, and no script."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from surveys.answering import guessing
from surveys.answering.delivery import FORM, NotKept, Refused, check_same_origin, form_of, trouble_of
from surveys.answering.guessing import Guesses
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, Spoken, direction_of
from surveys.answering.refusals import exit_address, refusals_as, refused_page
from surveys.answering.words import ADULTS
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.wording import LANGUAGES
from surveys.responses.blockage_actions import (
    LONGEST_NAMED,
    NOTHING_WRITTEN,
    TOO_LONG,
    Named,
    TooManyNamed,
    name_blockage,
)
from surveys.responses.blockages import Namer

logger = logging.getLogger(__name__)
# Whoever sends very much is slowed down, and nobody is locked out: an office behind one address still gets in.
sending = Guesses()


@dataclass(frozen=True)
class Written:
    """What somebody wrote, and what hinders keeping it."""

    words: str = ""
    namer: str = ""
    error: str = ""
    status: int = 200


@csrf_exempt  # There is no cookie that another site could misuse; check_same_origin refuses other sites.
@refusals_as(refused_page)
def name_one(request: HttpRequest, code: str, language: str = ENGLISH) -> HttpResponse:
    """The form, and what it sends; what was written stays on the page where it cannot be kept."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    area = _area(code, language)
    with override(language):
        page = _sent(request, area, language) if request.method == "POST" else _page(request, area, language)
    page["Cache-Control"] = "no-store"
    page.headers.setdefault("Content-Language", language)
    return page


def _area(code: str, language: str) -> Area:
    area = Area.objects.select_related("merged_into").filter(code=code).first()
    area = area.merged_into or area if area else None
    if area is None or not area.offers(language):
        raise Refused(404, _("There is nothing at this address."))
    return area


def _sent(request: HttpRequest, area: Area, language: str) -> HttpResponse:
    check_same_origin(request)
    if request.content_type != FORM:
        raise Refused(415, _("This is not a form of ours. Please open the page again."))
    form = form_of(request)
    written = Written(form.get("words", ""), form.get("namer", ""))
    problem = _kept(request, area, language, written, form.get("token", ""))
    if problem:
        return _page(request, area, language, problem)
    # No address of its own, so that the browser's list of pages does not tell that something was sent.
    return _page(request, area, language, template="answering/blockage_sent.html")


def _kept(request: HttpRequest, area: Area, language: str, written: Written, signed: str) -> Written | None:
    """Keeps it; or says what hinders that."""
    address = guessing.address_of(request)
    if not sending.slow_down(address):
        return _not_kept(
            written, _("Many people are writing just now. Please wait a moment and press Send again."), 429
        )
    sending.was_wrong(address)
    try:
        sent_as = uuid.UUID(_signer(area).unsign(signed))
        name_blockage(area, _named(written, language), sent_as=sent_as)
    except NotAllowed as problem:
        return _not_kept(written, _sentence(problem), 422)
    except (BadSignature, ValueError):
        return _not_kept(written, _("This page was not whole. Please press Send once more."), 422)
    except TooManyNamed:
        return _not_kept(written, _("Very much was written here today. Please come back tomorrow."), 429)
    except Error as problem:
        logger.error("What gets in the way could not be stored: %s", trouble_of(problem))
        return _not_kept(written, NotKept().message, 503)
    return None


def _sentence(problem: NotAllowed) -> str:
    """What hinders it, in the language of whoever wrote; the room of answers knows no translations."""
    said = {
        NOTHING_WRITTEN: _("Please write what gets in the way."),
        TOO_LONG: _("This is too long to send. Please write less."),
    }
    return said.get(problem.messages[0], _("Please choose one of the answers shown."))


def _named(written: Written, language: str) -> Named:
    return Named(written.words, written.namer or Namer.NOT_SAID, language)


def _not_kept(written: Written, error: str, status: int) -> Written:
    return Written(written.words, written.namer, error, status)


def _signer(area: Area) -> Signer:
    return Signer(salt=f"blockage {area.code}")


def _page(
    request: HttpRequest,
    area: Area,
    language: str,
    written: Written | None = None,
    *,
    template: str = "answering/blockage.html",
) -> HttpResponse:
    written = written or Written()
    context = {
        "area": area,
        "language": language,
        "written": written,
        "namers": _namers(written),
        "longest": LONGEST_NAMED,
        "token": _signer(area).sign(uuid.uuid4().hex),
        "board": address_of(area, "board", language),
        "languages": spoken_by(area, "name"),
        "help_numbers": help_numbers(area, ADULTS),
        **exit_address(),
    }
    return render(request, template, context, status=written.status)


def _namers(written: Written) -> list[tuple[str, str, bool]]:
    said = {
        Namer.FAMILY: _("A child, a young person or a family"),
        Namer.STAFF: _("Somebody who works with families"),
    }
    return [(str(value), text, written.namer == value) for value, text in said.items()]


def address_of(area: Area, name: str, language: str = ENGLISH) -> str:
    """The address of the board of an area, or of the form; English has no name in it."""
    spoken = {} if language == ENGLISH else {"language": language}
    return reverse(f"blockages:{name}", kwargs={"code": area.code, **spoken})


def spoken_by(area: Area, name: str) -> list[Spoken]:
    """The same page in every language that the area offers."""
    return [
        Spoken(code, own, direction_of(code), address_of(area, name, code))
        for code, own in LANGUAGES.items()
        if area.offers(code)
    ]
