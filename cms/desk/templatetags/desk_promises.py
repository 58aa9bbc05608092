"""How promises are named at the desk."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse

from feedback.promises.models import SLUGS, Promise, PromiseWords
from feedback.promises.policies import NAMES, named
from feedback.promises.reading import PromiseInformation

register = template.Library()


@register.filter
def audience_named(audience: str) -> str:
    """An audience, in words."""
    return NAMES.get(audience, audience)


@register.filter
def audiences_named(audiences: Iterable[str]) -> str:
    """Audiences, in a sentence."""
    return named(audiences)


@register.filter
def state_named(status: str) -> str:
    """What came of a promise, in words."""
    return str(Promise.Status(status).label)


@register.filter
def posters_of(promises: Iterable[PromiseInformation]) -> list[tuple[str, str, str]]:
    """The audiences for which there is something to hang on a wall."""
    there = {audience for one in promises for audience in one.audiences if one.status != Promise.Status.TAKEN_BACK}
    return [(audience, slug, NAMES[audience]) for audience, slug in SLUGS.items() if audience in there]


@register.simple_tag
def poster_address(promise: Promise, words: PromiseWords) -> str:
    """The poster of one promise, in these words."""
    language = {} if words.language == "en" else {"language": words.language}
    parts = {"code": promise.place.code, "readers": SLUGS[words.audience], **language}
    return f"{reverse('promises:poster', kwargs=parts)}?p={promise.pk}"
