"""The decks that every area can begin with: our own words and drawings, in the languages of families, as drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from cms.pages.decks import ENGLISH, OTHERS, DeckPage, TalkPage
from cms.pages.models import HomePage

FOLDER = Path(__file__).parent


@transaction.atomic
def load_starting_decks(home: HomePage) -> TalkPage | None:
    """Puts the decks below a home page, published; nothing where there are decks already, however they are now."""
    if TalkPage.objects.child_of(home).exists():
        return None
    talk = home.add_child(instance=TalkPage(title="Cards to talk with", slug="talk", show_in_menus=True))
    others = {language: _said_in(language) for language, _ in OTHERS}
    for slug, deck in _said_in(ENGLISH).items():
        in_others = {language: said[slug] for language, said in others.items()}
        page = _deck(slug, deck, in_others)
        talk.add_child(instance=page)
    return talk


def _said_in(language: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{language}.json").read_text("utf-8"))


def _deck(slug: str, deck: dict, others: dict[str, list[str]]) -> DeckPage:
    """One deck; in the other languages a title, a first sentence and then what each card says."""
    return DeckPage(
        title=deck["title"],
        slug=slug,
        introduction=deck["introduction"],
        cards=[("card", _card(card, place, others)) for place, card in enumerate(deck["cards"])],
        languages=[
            ("language", {"language": language, "title": said[0], "introduction": said[1], "is_checked": False})
            for language, said in others.items()
        ],
    )


def _card(card: list[str], place: int, others: dict[str, list[str]]) -> dict[str, Any]:
    says, picture, *other = card
    return {
        "picture": picture,
        "other_picture": other[0] if other else "",
        "says": says,
        "in_other_languages": [{"language": language, "says": said[2 + place]} for language, said in others.items()],
    }
