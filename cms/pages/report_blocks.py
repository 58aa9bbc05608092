"""What an annual report is put together from: chapters of words, released figures, quotes, and who was not heard."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    MultipleChoiceBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)

from feedback.promises.models import READERS
from feedback.releases.measure import FrameworkTheme
from feedback.releases.service_information import AUDIENCES
from surveys.bank.themes import Theme
from surveys.instrument.wording import LANGUAGES

Choices = list[tuple[str, object]]
PLAIN_TEXT = ["h3", "bold", "ol", "ul", "link"]
LONGEST, MOST_CHAPTERS = 2000, 40
UNDER_11 = "under_11"
ABOUT = [
    ("everybody", "Everybody"),
    (UNDER_11, "Children under 11"),
    ("young", "12 to 17 year olds"),
    ("care_leavers", "Care leavers"),
    ("parents", "Parents and carers"),
    ("professionals", "Professionals"),
    ("referrers", "Referrers"),
]
SECTION_11, SELF_EVALUATION = "section-11", "self-evaluation"
EXTRACTS = {
    SECTION_11: "Section 11: the voice of the child",
    SELF_EVALUATION: "Self-evaluation: what children and families say",
}
DRAWINGS = [("paper", "Cut paper"), ("talk", "Two who talk"), ("path", "A path"), ("house", "A home")]


class AnyOfThem(forms.ChoiceField):
    """Takes what was chosen before as well: the page says in a sentence why it may not be shown any more."""

    def valid_value(self, value: object) -> bool:
        """The page looks at it, with words of its own."""
        return isinstance(value, str) and len(value) < 400 and "\0" not in value


class ChosenBlock(ChoiceBlock):
    """One of the things of the report's own area that were released."""

    def get_field(self, **kwargs) -> forms.ChoiceField:
        """A choice that never hides what was chosen and is gone."""
        return AnyOfThem(**kwargs)


def figure_block(figures: Choices, groups: Choices) -> StructBlock:
    """A released figure of the area, with its range, its table and its questions."""
    return StructBlock(
        [
            ("figure", ChosenBlock(choices=figures, label="Which figure")),
            ("whose", ChosenBlock(choices=groups, label="Whose answers", required=False)),
            ("sentence", CharBlock(required=False, max_length=160, label="In one plain sentence (else we make one)")),
            (
                "we_think",
                TextBlock(required=False, max_length=LONGEST, label="What we make of it, beside what the release says"),
            ),
        ],
        icon="table",
        label="Figure",
    )


def promises_block() -> StructBlock:
    """What was promised, from the room of promises, with what came of it."""
    themes = [("", "Every theme"), *Theme.choices]
    readers = [("", "Words for everybody"), *((one.value, AUDIENCES[one]) for one in READERS)]
    return StructBlock(
        [
            ("theme", ChoiceBlock(choices=themes, required=False, label="About")),
            ("audience", ChoiceBlock(choices=readers, required=False, label="In whose words")),
        ],
        icon="tick",
        label="Promises",
    )


def population_block() -> StructBlock:
    """Counts and outcomes from elsewhere, with their source; never mixed with what people said."""
    themes = [("", "Every theme"), *FrameworkTheme.choices]
    return StructBlock(
        [("theme", ChoiceBlock(choices=themes, required=False, label="About"))],
        icon="site",
        label="Counts from elsewhere",
    )


def content_blocks(figures: Choices, groups: Choices, quotes: Choices) -> list[tuple[str, object]]:
    """What a chapter can hold."""
    silence = [
        ("why", TextBlock(max_length=LONGEST, label="Why nothing was heard")),
        ("will_do", TextBlock(max_length=LONGEST, label="What will be done, by whom, until when")),
    ]
    return [
        ("text", RichTextBlock(features=PLAIN_TEXT, max_length=20_000, label="Words")),
        ("figure", figure_block(figures, groups)),
        ("quote", StructBlock([("quote", ChosenBlock(choices=quotes, label="Which quote"))], icon="openquote")),
        ("talk", TextBlock(max_length=LONGEST, label="What was heard in conversations", icon="comment")),
        ("missing", TextBlock(max_length=LONGEST, label="Who is missing, and what we do about it", icon="view")),
        ("promises", promises_block()),
        ("population", population_block()),
        ("silence", StructBlock(silence, label="Nothing was heard, and why", icon="warning")),
    ]


def chapter_block(figures: Choices, groups: Choices, quotes: Choices) -> StructBlock:
    """One idea of the report, on pages of its own."""
    return StructBlock(
        [
            ("title", CharBlock(max_length=90, label="Title")),
            ("sentence", CharBlock(required=False, max_length=200, label="One big plain sentence")),
            ("about", ChoiceBlock(choices=ABOUT, default="everybody", label="Whose chapter it is")),
            (
                "extracts",
                MultipleChoiceBlock(
                    choices=list(EXTRACTS.items()),
                    required=False,
                    label="Also part of",
                    widget=forms.CheckboxSelectMultiple,
                ),
            ),
            ("content", StreamBlock(content_blocks(figures, groups, quotes), required=False, max_num=30)),
        ],
        icon="doc-full",
        label="Chapter",
    )


def body_blocks(figures: Iterable = (), groups: Iterable = (), quotes: Iterable = ()) -> list[tuple[str, StructBlock]]:
    """The blocks of a report; with what can be chosen, in the form of one report."""
    return [("chapter", chapter_block(list(figures), list(groups), list(quotes)))]


class SaidAndDone(StructBlock):
    """What children said, and what is done about it, in words for them."""

    said = CharBlock(max_length=120, label="You said")
    done = CharBlock(max_length=150, label="What we do now")


class ChildPageBlock(StructBlock):
    """One page of large print for children of one age, in one language."""

    audience = ChoiceBlock(choices=[("8-11", "8 to 11 year olds"), ("12-17", "12 to 17 year olds")], label="For")
    language = ChoiceBlock(choices=list(LANGUAGES.items()), default="en", label="Language of these words")
    title = CharBlock(max_length=60, label="Title")
    hello = CharBlock(max_length=180, label="What this page is, in a sentence or two")
    told = ListBlock(SaidAndDone(), min_num=1, max_num=4, label="You said, we do")
    ask = CharBlock(max_length=160, label="Whom to ask, and how")
    picture = ChoiceBlock(choices=DRAWINGS, default="paper", label="Picture")

    class Meta:
        icon = "group"
        label = "Page for children"
