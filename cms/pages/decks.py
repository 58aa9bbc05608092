"""Decks of cards for talking with a child: staff write them, everybody reads them, in the languages of families."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, ListBlock, StructBlock
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.pages.deck_drawings import CARD_PICTURES
from cms.pages.deck_pages import deck_page, printed_page, talk_page
from cms.pages.forms import DeckForm
from cms.pages.line import InLine
from cms.pages.wording import check_claims_nothing
from surveys.frame.models import PLAIN
from surveys.instrument.wording import LANGUAGES, said_in

ENGLISH = "en"
# As the beginning of an address below a deck, which the name of no deck may be.
IN_A_LANGUAGE = rf"^(?P<language>{'|'.join(LANGUAGES)})/"
OTHERS = [(code, name) for code, name in LANGUAGES.items() if code != ENGLISH]
PICTURES = [(name, name.replace("_", " ").capitalize()) for name in CARD_PICTURES]
MOST_CARDS = 12
LONGEST_TITLE, LONGEST_INTRODUCTION, LONGEST_CARD = 60, 160, 140


class SaidBlock(StructBlock):
    """What a card says in one language."""

    language = ChoiceBlock(choices=OTHERS)
    says = CharBlock(max_length=LONGEST_CARD, validators=[PLAIN])


class CardBlock(StructBlock):
    """One card: what is read aloud, word for word, and its picture or two of them."""

    picture = ChoiceBlock(choices=PICTURES)
    other_picture = ChoiceBlock(choices=PICTURES, required=False, help_text="Only where the card offers two things.")
    says = CharBlock(max_length=LONGEST_CARD, validators=[PLAIN], label="What it says, in English")
    in_other_languages = ListBlock(SaidBlock(), default=[], collapsed=True)

    class Meta:
        icon = "doc-empty"


class LanguageBlock(StructBlock):
    """A language a deck is offered in: its name and its first sentence in it, and whether somebody checked it."""

    language = ChoiceBlock(choices=OTHERS)
    title = CharBlock(max_length=LONGEST_TITLE, validators=[PLAIN])
    introduction = CharBlock(max_length=LONGEST_INTRODUCTION, validators=[PLAIN])
    is_checked = BooleanBlock(required=False, label="Somebody who speaks it has checked the whole deck")

    class Meta:
        icon = "globe"


@dataclass(frozen=True)
class Card:
    """One card in every language it has."""

    number: int
    pictures: tuple[str, ...]
    texts: dict[str, str]


class TalkPage(RoutablePageMixin, InLine):
    """Where the decks of an area are, in the language of whoever talks."""

    class Privacy:
        personal = {}
        plain = {"page_ptr"}

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.DeckPage"]
    max_count_per_parent = 1

    @path("")
    def in_english(self, request: HttpRequest) -> HttpResponse:
        """The decks, in English."""
        return talk_page(request, self, ENGLISH)

    @re_path(IN_A_LANGUAGE + "$")
    def in_another_language(self, request: HttpRequest, language: str) -> HttpResponse:
        """The decks, in another language."""
        return talk_page(request, self, language)

    def decks(self) -> list[DeckPage]:
        """The decks that are published, in the order that staff gave them."""
        return list(DeckPage.objects.child_of(self).live().order_by("path"))


class DeckPage(RoutablePageMixin, InLine):
    """A deck of cards: one at a time on a screen, or printed and cut out."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "introduction", "cards", "languages", "wave"}

    introduction = models.CharField(max_length=LONGEST_INTRODUCTION, validators=[PLAIN])
    cards = StreamField([("card", CardBlock())], min_num=1, max_num=MOST_CARDS)
    languages = StreamField([("language", LanguageBlock())], blank=True)
    # The conversation in which what was said can be kept; a deck without one is for talking only.
    wave = models.CharField(
        max_length=63,
        blank=True,
        validators=[validate_slug],
        help_text="Code of the conversation in which a child can keep what they said or drew. Leave it empty if none.",
    )

    base_form_class = DeckForm
    parent_page_types = ["pages.TalkPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cards"),
        FieldPanel("languages"),
        FieldPanel("wave"),
    ]

    @path("")
    def in_english(self, request: HttpRequest) -> HttpResponse:
        """The cards in English, one at a time."""
        return deck_page(request, self, ENGLISH)

    @re_path(IN_A_LANGUAGE + "$")
    def in_another_language(self, request: HttpRequest, language: str) -> HttpResponse:
        """The cards in another language."""
        return deck_page(request, self, self._offered(language))

    @re_path(IN_A_LANGUAGE + "print/$")
    def to_cut_out(self, request: HttpRequest, language: str) -> HttpResponse:
        """Four cards on a sheet of A4, to cut out."""
        return printed_page(request, self, self._offered(language), is_large=False)

    @re_path(IN_A_LANGUAGE + "print/large/$")
    def to_lay_on_a_table(self, request: HttpRequest, language: str) -> HttpResponse:
        """Each card on a sheet of its own."""
        return printed_page(request, self, self._offered(language), is_large=True)

    def clean(self) -> None:
        """Refuses half a translation, the name of a language as an address, and words that only a record may say."""
        super().clean()
        check_claims_nothing("title", [self.title])
        check_claims_nothing("introduction", [self.introduction, *self._introductions.values()])
        check_claims_nothing("cards", [text for card in self.all_cards for text in card.texts.values()])
        self._check_languages()
        if self.slug in LANGUAGES:
            raise ValidationError({"slug": "This is the name of a language in addresses. Choose another one."})

    @property
    def all_cards(self) -> list[Card]:
        """The cards in their order, with what each says in every language."""
        return [_card(number, block.value) for number, block in enumerate(self.cards, start=1)]

    def offers(self, language: str) -> bool:
        """Whether the whole deck is there in a language."""
        return language == ENGLISH or language in self._introductions

    def offered_in(self) -> list[str]:
        """The languages of the deck, in the order in which we always list them."""
        return [language for language in LANGUAGES if self.offers(language)]

    def title_in(self, language: str) -> str:
        """What the deck is called in a language, or in English."""
        return said_in({ENGLISH: self.title, **self._titles}, language)

    def introduction_in(self, language: str) -> str:
        """Its first sentence in a language, or in English."""
        return said_in({ENGLISH: self.introduction, **self._introductions}, language)

    def is_draft_in(self, language: str) -> bool:
        """Whether nobody who speaks the language has checked it."""
        return language != ENGLISH and not any(
            row.value["is_checked"] for row in self.languages if row.value["language"] == language
        )

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {row.value["language"]: row.value["title"] for row in self.languages}

    @cached_property
    def _introductions(self) -> dict[str, str]:
        return {row.value["language"]: row.value["introduction"] for row in self.languages}

    def _offered(self, language: str) -> str:
        if not self.offers(language):
            raise Http404("This deck is not there in this language.")
        return language

    def _check_languages(self) -> None:
        listed = [row.value["language"] for row in self.languages]
        if len(set(listed)) < len(listed):
            raise ValidationError({"languages": "A language is listed twice. Take one of them out."})
        for card in self.all_cards:
            if missing := sorted(set(listed) - set(card.texts)):
                raise ValidationError(
                    {"cards": f"Card {card.number} says nothing in {LANGUAGES[missing[0]]}. Say it, or take that out."}
                )


def _card(number: int, value) -> Card:
    pictures = tuple(name for name in (value["picture"], value["other_picture"]) if name)
    others = {said["language"]: said["says"] for said in value["in_other_languages"]}
    return Card(number, pictures, {ENGLISH: value["says"], **others})
