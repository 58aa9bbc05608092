"""Questions are Wagtail pages outside every site, because comments, history and translation come with pages."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, Page

from surveys.bank.recordings import Recorded
from surveys.bank.translated import Translated as Translated
from surveys.instrument.items import RESERVED, Kind
from surveys.instrument.pictures import PICTURES
from surveys.instrument.wording import AUDIENCE_CHOICES, Audience, voice_of

QUESTION_CODE = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_]{0,62}$", "A code is letters, digits and _ and starts with a letter."
)
WAYS = [
    (Kind.CHOICE.value, "One answer"),
    (Kind.FACES.value, "One of some faces"),
    (Kind.PICTURES.value, "This or that, with pictures"),
    (Kind.AGAIN.value, "Again? Yes, maybe, no"),
    (Kind.LADDER.value, "A ladder from 0 to 10"),
    (Kind.MULTI.value, "Several answers"),
    (Kind.SORT.value, "Put a few things in order"),
    (Kind.SHORT.value, "A few words"),
    (Kind.TEXT.value, "Own words"),
    (Kind.DRAWING.value, "A drawing, or words"),
]
SPEAKER = "The voice of whoever read it aloud. Kept while an edition names it, or until that person takes it back."
OPTION_CODE = RegexValidator(r"^[A-Za-z0-9_]{1,63}$", "An option's code is letters, digits and _ only.")


class Theme(models.TextChoices):
    """What a question is about, in the words of the 2012 progress report."""

    LISTENED = "listened", "Being listened to"
    UNDERSTOOD = "understood", "Being understood"
    TIME = "time", "Time alone with the worker"
    KEPT_WORD = "kept_word", "Keeping appointments and promises"
    EXPLAINED = "explained", "Knowing what happens and why"
    HELPED = "helped", "Being helped"
    SAFER = "safer", "Feeling safer"
    SAY = "say", "Having a say"
    SKILLS = "skills", "Parents' skills"
    OTHER = "other", "Something else"


class UnservedPage(Page):
    """What is worked on as a page, for its history and comments, and has no look of its own to show or to preview."""

    preview_modes: list[tuple[str, str]] = []

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        """Nobody meets it under an address."""
        raise Http404

    def serve_preview(self, request, mode_name):
        """There is nothing to preview, whatever mode is asked for."""
        raise Http404


class QuestionBankPage(UnservedPage):
    """The tree that holds every question; it has no public address."""

    # Every area words and asks the same questions, so that answers add up.
    is_for_every_area = True

    class Privacy:
        personal = {}
        plain = {"page_ptr"}

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["bank.QuestionPage"]
    max_count = 1


class QuestionPage(UnservedPage):
    """One question, whose code survives rewording, audiences and languages."""

    is_for_every_area = True

    class Privacy:
        personal = {}
        plain = {"page_ptr", "code", "theme", "purpose", "is_outcome", "kind"}

    code = models.CharField(max_length=63, validators=[QUESTION_CODE], db_index=True)
    theme = models.CharField(max_length=20, choices=Theme.choices, default=Theme.OTHER)
    purpose = models.TextField("what it is for", blank=True)
    is_outcome = models.BooleanField("asks about an outcome, not a process", default=True)
    kind = models.CharField("how it is answered", max_length=20, choices=WAYS, default=Kind.CHOICE)

    parent_page_types = ["bank.QuestionBankPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("theme"),
        FieldPanel("purpose"),
        FieldPanel("is_outcome"),
        FieldPanel("kind"),
        InlinePanel("wordings", label="Wording"),
        InlinePanel("options", label="Option"),
    ]

    def wording_for(self, audience: Audience) -> Wording:
        """The wording a respondent of this audience meets."""
        for wording in self.wordings.all():
            if wording.audience == audience:
                return wording
        raise ValidationError(f"The question {self.code} has no wording for {audience}.")

    def options_for(self, audience: Audience) -> list[Option]:
        """The options this audience chooses from: its own where there are some, else those for everybody."""
        options = list(self.options.all())
        return [o for o in options if o.audience == audience] or [o for o in options if not o.audience]

    def clean(self) -> None:
        """Refuses a code that is taken, and one question asked with two voices (children and parents)."""
        super().clean()
        others = QuestionPage.objects.filter(code=self.code).exclude(translation_key=self.translation_key)
        if others.exists():
            raise ValidationError({"code": "Another question of the bank has this code."})
        if len({voice_of(Audience(w.audience)) for w in self.wordings.all()}) > 1:
            raise ValidationError("Children and parents are two voices: give the parents' question a code of its own.")


class Wording(Recorded, Orderable):
    """A question's text for one audience."""

    class Privacy:
        why = "So that who does not read yet hears the question."
        kept = "While an edition, a page or its history names it."
        scrub = {"recording": "harmless: the sound is not copied; a hash of it is left."}
        personal = {"recording": SPEAKER}
        plain = {"id", "sort_order", "question", "audience", "text", "hint", "recording_of"}

    question = ParentalKey(QuestionPage, on_delete=models.CASCADE, related_name="wordings")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)

    panels = [FieldPanel("audience"), FieldPanel("text"), FieldPanel("hint"), FieldPanel("recording")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["question", "audience"], name="one_wording_per_audience")]

    def language_and_words(self) -> tuple[str, str]:
        """The question, in the language of its page."""
        return self.question.locale.language_code, self.text


class Option(Recorded, Orderable):
    """One offered answer; its code is never translated and never changes."""

    class Privacy:
        why = "So that who does not read yet hears the answers."
        kept = "While an edition, a page or its history names it."
        scrub = {"recording": "harmless: the sound is not copied; a hash of it is left."}
        personal = {"recording": SPEAKER}
        plain = {
            "id", "sort_order", "question", "audience", "code", "label", "excludes_others", "picture", "recording_of",
        }  # fmt: skip

    question = ParentalKey(QuestionPage, on_delete=models.CASCADE, related_name="options")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True, help_text="Blank: every audience.")
    code = models.CharField(max_length=63, validators=[OPTION_CODE])
    label = models.CharField(max_length=120)
    excludes_others = models.BooleanField("choosing this one excludes the others", default=False)
    picture = models.CharField(
        max_length=30, choices=[(name, name.replace("_", " ")) for name in PICTURES], blank=True,
        help_text="For faces, and for this or that. The word beside it says the same.",
    )  # fmt: skip

    panels = [
        FieldPanel("audience"),
        FieldPanel("code"),
        FieldPanel("label"),
        FieldPanel("excludes_others"),
        FieldPanel("picture"),
        FieldPanel("recording"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["question", "audience", "code"], name="option_code_once_per_audience"),
            models.CheckConstraint(condition=~models.Q(code__in=sorted(RESERVED)), name="option_code_not_reserved"),
        ]

    def language_and_words(self) -> tuple[str, str]:
        """The offered answer, in the language of its page."""
        return self.question.locale.language_code, self.label
