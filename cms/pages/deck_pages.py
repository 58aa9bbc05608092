"""The pages of decks: which decks there are, one deck on a screen, and one to print."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cms.pages.deck_drawings import card_drawing
from cms.pages.line import InLine
from surveys.answering.help_numbers import help_numbers
from surveys.answering.languages import ENGLISH, Spoken, address_in, direction_of
from surveys.answering.refusals import exit_address
from surveys.answering.words import CHILDREN
from surveys.design.frozen import instrument_of
from surveys.frame.models import Area
from surveys.instrument.wording import LANGUAGES, said_in

FIRST, LAST = "s-what", "s-end"


@dataclass(frozen=True)
class ShownCard:
    """One card in one language, with the way to the cards beside it."""

    id: str
    number: int
    says: str
    pictures: tuple[SafeString, ...]
    back: str
    onward: str


@dataclass(frozen=True)
class ShownDeck:
    """One deck in a list."""

    title: str
    introduction: str
    language: str
    direction: str
    address: str
    pictures: tuple[SafeString, ...]


def talk_page(request: HttpRequest, page: InLine, language: str) -> HttpResponse:
    """Which decks there are, in one language; what is not there in it is listed in English."""
    area = area_above(page)
    if not _speaks(area, language):
        raise Http404("This area does not offer this language.")
    own = page.get_url(request)
    context = {
        **_around(area, language),
        "page": page,
        "decks": [_listed(deck, language, request) for deck in page.decks()],
        "languages": [_spoken(own, code) for code in LANGUAGES if code != language and _speaks(area, code)],
    }
    return _answer(request, "pages/talk.html", context, language)


def deck_page(request: HttpRequest, page: InLine, language: str) -> HttpResponse:
    """All cards of a deck as one document, of which one card is shown at a time."""
    own, above, area = page.get_url(request), page.get_parent(), area_above(page)
    context = {
        **_around(area, language),
        **_told(page, language),
        "languages": [_spoken(own, code) for code in page.offered_in() if code != language],
        "all_decks": in_language(above.get_url(request), language if _speaks(area, language) else ENGLISH),
        "scope": above.get_url(request),
        "to_print": f"{own}{language}/print/",
        "record": _record_address(page, area, language),
    }
    return _answer(request, "pages/deck.html", context, language)


def printed_page(request: HttpRequest, page: InLine, language: str, *, is_large: bool) -> HttpResponse:
    """The cards of a deck on paper, after a sheet for whoever holds them."""
    own = page.get_url(request)
    other = f"{own}{language}/print/" if is_large else f"{own}{language}/print/large/"
    context = {
        **_around(area_above(page), language),
        **_told(page, language),
        "is_large": is_large,
        "other": other,
        "deck_address": in_language(own, language),
    }
    return _answer(request, "pages/deck_print.html", context, language)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker that keeps decks for when there is no signal; a deck says for which addresses."""
    file = "pages/deck_worker.js"
    content = Path(finders.find(file) or staticfiles_storage.path(file)).read_bytes()
    response = HttpResponse(content, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response


def area_above(page: InLine) -> Area | None:
    """The area a page is of; nothing for the nation's."""
    home = page.home()
    return home.area if home else None


def in_language(address: str, language: str) -> str:
    """An address of ours in a language; English has no name in it."""
    return address if language == ENGLISH else f"{address}{language}/"


def _speaks(area: Area | None, language: str) -> bool:
    return area is None or area.offers(language)


def _spoken(own: str, language: str) -> Spoken:
    return Spoken(language, LANGUAGES[language], direction_of(language), in_language(own, language))


def _around(area: Area | None, language: str) -> dict[str, Any]:
    """What stands around every page: the area, its help numbers, and where hiding leads."""
    numbers = help_numbers(area, CHILDREN)
    return {
        "area": area, "help_numbers": numbers, "language": language, "direction": direction_of(language),
        **exit_address(),
    }  # fmt: skip


def _told(page: InLine, language: str) -> dict[str, Any]:
    return {
        "page": page,
        "title": page.title_in(language),
        "introduction": page.introduction_in(language),
        "cards": _shown(page, language),
        "is_draft": page.is_draft_in(language),
    }


def _shown(page: InLine, language: str) -> list[ShownCard]:
    cards = page.all_cards
    ids = [FIRST, *(f"c-{card.number}" for card in cards), LAST]
    return [
        ShownCard(
            id=ids[card.number],
            number=card.number,
            says=said_in(card.texts, language),
            pictures=tuple(map(card_drawing, card.pictures)),
            back=ids[card.number - 1],
            onward=ids[card.number + 1],
        )
        for card in cards
    ]


def _listed(deck: InLine, language: str, request: HttpRequest) -> ShownDeck:
    spoken = language if deck.offers(language) else ENGLISH
    first = next(iter(deck.all_cards), None)
    return ShownDeck(
        title=deck.title_in(spoken),
        introduction=deck.introduction_in(spoken),
        language=spoken,
        direction=direction_of(spoken),
        address=in_language(deck.get_url(request), spoken),
        pictures=tuple(map(card_drawing, first.pictures)) if first else (),
    )


def _record_address(page: InLine, area: Area | None, language: str) -> str:
    """Where what was said can be kept: the deck's conversation, while it takes answers."""
    if area is None or not page.wave:
        return ""
    wave = area.waves.in_the_field().of_conversations().filter(code=page.wave).first()
    if wave is None:
        return ""
    spoken = language if language in instrument_of(wave.edition_id).languages and area.offers(language) else ENGLISH
    return address_in(spoken, "survey", code=wave.code)


def _answer(request: HttpRequest, template: str, context: dict[str, Any], language: str) -> HttpResponse:
    """The same for everybody, so that anything between us and the tablet may keep it."""
    with override(language):
        response = render(request, template, context)
    response["Content-Language"] = language
    response["Cache-Control"] = "public, max-age=300"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
