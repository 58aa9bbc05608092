"""In which language a respondent is answered: that of their answers, or else that of the page they came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from surveys.instrument.wording import LANGUAGES, RIGHT_TO_LEFT

ENGLISH = "en"


@dataclass(frozen=True)
class Spoken:
    """A language a page can be read in, under its own name."""

    code: str
    name: str
    direction: str
    address: str


def direction_of(language: str) -> str:
    """Which way a language is read."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def address_in(language: str, name: str, **parts: str) -> str:
    """An address of ours in a language; English has no name in addresses."""
    spoken = {} if language == ENGLISH else {"language": language}
    return reverse(f"answering:{name}", kwargs={**parts, **spoken})


def spoken_in(languages: Iterable[str], name: str, **parts: str) -> tuple[Spoken, ...]:
    """The same page in these languages."""
    return tuple(
        Spoken(code, LANGUAGES[code], direction_of(code), address_in(code, name, **parts)) for code in languages
    )


def first_spoken(*wishes: object) -> str:
    """The first of these that is a language we speak; English if none is."""
    return next((wish for wish in wishes if isinstance(wish, str) and wish in LANGUAGES), ENGLISH)


def language_asked(request: HttpRequest) -> str:
    """The language in the address of a page, or the one a device says that it sends in.

    What a browser says of its owner is not asked: on a shared tablet it speaks for somebody else.
    """
    return first_spoken(*request.path.split("/"), request.META.get("HTTP_CONTENT_LANGUAGE"))
