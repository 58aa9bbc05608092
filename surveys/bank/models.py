"""Questions are Wagtail pages outside every site, because comments, history and translation come with pages."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Locale, Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from surveys.bank.forms import QuestionForm
from surveys.bank.locks import AwaitsCouncil, AwaitsSecondAdult, RetiredLock
from surveys.bank.policies import check_may_be_published
from surveys.bank.recordings import Recorded
from surveys.bank.scales import Scale, ScaleItem
from surveys.bank.themes import WAYS, Stage, Theme
from surveys.bank.translated import Translated as Translated
from surveys.instrument.items import RESERVED, Kind
from surveys.instrument.pictures import PICTURES
from surveys.instrument.wording import AUDIENCE_CHOICES, Audience, voice_of

QUESTION_CODE = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9_]{0,62}$", "A code is letters, digits and _ and starts with a letter."
)
PICTURE_CHOICES = [(name, name.replace("_", " ")) for name in PICTURES]
SPEAKER = "The voice of whoever read it aloud. Kept while an edition names it, or until that person takes it back."
OPTION_CODE = RegexValidator(r"^[A-Za-z0-9_]{1,63}$", "An option's code is letters, digits and _ only.")


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


class QuestionPageQuerySet(PageQuerySet):
    """Ways to reach questions."""

    def visible_to(self, user, permission: str) -> QuestionPageQuerySet:
        """All of them to whoever holds the permission anywhere, because all areas share the bank."""
        return self if user.has_perm(permission) else self.none()

    def original(self) -> QuestionPageQuerySet:
        """The questions themselves, without their translations."""
        return self.filter(locale=Locale.get_default())


class QuestionPage(UnservedPage):
    """One question, whose code survives rewording, audiences and languages."""

    is_for_every_area = True

    class Status(models.TextChoices):
        """How far the words are agreed on; a translation has none of its own."""

        DRAFT = "draft", "Draft"
        IN_APPROVAL = "in_approval", "In approval"
        APPROVED = "approved", "Approved"
        RETIRED = "retired", "Retired"

    TRANSITIONS = {
        Status.DRAFT: {Status.IN_APPROVAL, Status.RETIRED},
        Status.IN_APPROVAL: {Status.DRAFT, Status.APPROVED},
        Status.APPROVED: {Status.DRAFT, Status.RETIRED},
        Status.RETIRED: {Status.DRAFT},
    }

    class Privacy:
        personal = {}
        plain = {
            "page_ptr", "code", "theme", "stage", "purpose", "is_outcome", "kind", "licence", "provenance",
            "is_checked", "status", "submitted_by", "approved_by", "approved_on", "retired_because",
        }  # fmt: skip

    code = models.CharField(max_length=63, validators=[QUESTION_CODE], db_index=True)
    theme = models.CharField(max_length=20, choices=Theme.choices, default=Theme.OTHER)
    stage = models.CharField(
        "journey stage", max_length=20, choices=Stage.choices, blank=True, help_text="Blank: at every stage."
    )
    purpose = models.TextField("what it is for", blank=True)
    is_outcome = models.BooleanField("asks about an outcome, not a process", default=True)
    kind = models.CharField("how it is answered", max_length=20, choices=WAYS, default=Kind.CHOICE)
    licence = models.CharField(max_length=80, blank=True, help_text="For example CC BY 4.0.")
    provenance = models.TextField(
        "where it comes from", blank=True, help_text="Own words, or whose; what they rest on. Name no child."
    )
    is_checked = models.BooleanField("somebody who speaks this language has checked the question", default=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # For a care council, in the approval that is going on or was the last.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # When the words that are asked now were approved; a draft of other words does not change it.
    approved_on = models.DateField(null=True, blank=True, editable=False)
    retired_because = models.CharField(max_length=500, blank=True, editable=False)

    objects = PageManager.from_queryset(QuestionPageQuerySet)()

    base_form_class = QuestionForm
    parent_page_types = ["bank.QuestionBankPage"]
    subpage_types: list[str] = []
    # What form puts in for the log; a page that nobody changes has none.
    change: dict | None = None
    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("theme"),
        FieldPanel("stage"),
        FieldPanel("purpose"),
        FieldPanel("is_outcome"),
        FieldPanel("kind"),
        FieldPanel("reason"),
        InlinePanel("wordings", label="Wording"),
        InlinePanel("options", label="Option"),
        FieldPanel("is_checked"),
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("provenance")], heading="Licence and provenance"),
    ]

    @property
    def is_original(self) -> bool:
        """Whether this is the question itself, and not its words in another language."""
        return self.locale_id == Locale.get_default().pk

    def with_content_json(self, content: dict) -> QuestionPage:
        """Earlier words, with how far the question is today: a state is never brought back by an old draft."""
        page = super().with_content_json(content)
        for field in ("status", "submitted_by_id", "approved_by_id", "approved_on", "retired_because"):
            setattr(page, field, getattr(self, field))
        return page

    def get_lock(self):
        """What keeps people from editing it: approval, or that it is retired."""
        if lock := super().get_lock():
            return lock
        if self.status == self.Status.IN_APPROVAL:
            return AwaitsCouncil(self) if self.approved_by_id is None else AwaitsSecondAdult(self)
        return RetiredLock(self) if self.status == self.Status.RETIRED else None

    def get_workflow(self):
        """None of Wagtail's: a question is decided on by a care council and a second adult, on its own page."""
        return

    @property
    def has_workflow(self) -> bool:
        """Wagtail offers none."""
        return False

    def publish(self, revision, user=None, *args, **kwargs) -> None:
        """Lets other words be asked, unless the ones that are asked were approved and these were not."""
        check_may_be_published(self, revision.as_object())
        super().publish(revision, user, *args, **kwargs)

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
        plain = {"id", "sort_order", "question", "audience", "text", "hint", "picture", "recording_of"}

    question = ParentalKey(QuestionPage, on_delete=models.CASCADE, related_name="wordings")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    picture = models.CharField(
        max_length=30,
        choices=PICTURE_CHOICES,
        blank=True,
        help_text="Above the question, on a phone and on paper. It says nothing that the words do not say.",
    )

    panels = [
        FieldPanel("audience"),
        FieldPanel("text"),
        FieldPanel("hint"),
        FieldPanel("picture"),
        FieldPanel("recording"),
    ]

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
        max_length=30, choices=PICTURE_CHOICES, blank=True,
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


__all__ = [
    "SPEAKER",
    "Option",
    "QuestionBankPage",
    "QuestionPage",
    "Scale",
    "ScaleItem",
    "Stage",
    "Theme",
    "UnservedPage",
    "Wording",
]
