"""A survey is designed as a page; what is asked in the field is an edition frozen from it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock, TextBlock
from wagtail.fields import StreamField
from wagtail.models import Locale, Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from surveys.bank.models import SPEAKER, UnservedPage
from surveys.bank.recordings import Recorded
from surveys.design.forms import SurveyForm
from surveys.design.locks import FrozenLock
from surveys.design.overrides import LintOverride as LintOverride
from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.document import INTRODUCTION
from surveys.instrument.hearers import HEARERS
from surveys.instrument.items import DO_NOT_KNOW, RATHER_NOT_SAY
from surveys.instrument.wording import AUDIENCE_CHOICES, CONVERSATION, NEVER_COUNTED


class CareCouncil(models.Model):
    """The Children in Care Council of an area, which owns surveys and can refuse a wording."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "name", "about"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="care_councils")
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Promise(models.TextChoices):
    """What a respondent is told about who can find them."""

    NOBODY_KNOWS = "nobody_knows", "Nobody knows"
    IF_NOT_SAFE = "if_not_safe", "Only if you are not safe"
    MY_PERSON = "my_person", "My person"


class SurveyKind(models.TextChoices):
    """Whether the edition is answered on a screen or held aloud."""

    SURVEY = "survey", "Survey"
    CONVERSATION = CONVERSATION, "Conversation"
    IMPORTED = "imported", "Asked elsewhere"


class SurveyIndexPage(UnservedPage):
    """The tree that holds every survey under design; it has no public address."""

    class Privacy:
        personal = {}
        plain = {"page_ptr"}

    parent_page_types = ["wagtailcore.Page"]
    # Only what was asked elsewhere hangs here itself: it is no area's.
    subpage_types = ["design.AreaSurveysPage", "design.SurveyPage"]
    max_count = 1


class AreaSurveysPage(UnservedPage):
    """The surveys of one area; whoever has no role there neither finds nor opens what is below."""

    class Privacy:
        personal = {}
        plain = {"page_ptr", "area"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    parent_page_types = ["design.SurveyIndexPage"]
    subpage_types = ["design.SurveyPage"]
    # Made with the area, by code: two trees of one area would be two places to look.
    is_creatable = False


class ChosenBlock(CharBlock):
    """A code that was chosen on the workbench; nobody types one."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field.widget.attrs["readonly"] = True


class ShowIfBlock(StructBlock):
    """Shows a question only after certain answers to an earlier one."""

    question = ChosenBlock(label="Code of the earlier question", max_length=63)
    options = ListBlock(ChosenBlock(max_length=63), label="Answers after which this one is asked")

    class Meta:
        help_text = "Chosen on the workbench (⋯ above, Workbench), from answers of earlier questions; here only shown."


class QuestionBlock(StructBlock):
    """A question of the bank at a place in the survey."""

    question = PageChooserBlock("bank.QuestionPage")
    show_if = ListBlock(ShowIfBlock(), default=[], max_num=1, label="Only after certain answers")


class InformationBlock(StructBlock):
    """A screen that tells and asks nothing."""

    code = CharBlock(max_length=63)
    text = TextBlock()


class SurveyPageQuerySet(PageQuerySet):
    """Ways to reach surveys."""

    def visible_to(self, user, permission: str) -> SurveyPageQuerySet:
        """The surveys of the areas in which a role of this member of staff carries the permission."""
        return self.filter(care_council__area__in=user.areas_held(permission))

    def designed(self) -> SurveyPageQuerySet:
        """The surveys themselves, without their translations."""
        return self.filter(locale=Locale.get_default())


class SurveyPage(UnservedPage):
    """A survey under design, owned by a care council."""

    class Status(models.TextChoices):
        """How far the design is."""

        DRAFT = "draft", "Draft"
        IN_APPROVAL = "in_approval", "In approval"
        FROZEN = "frozen", "Frozen"

    class Privacy:
        personal = {}
        plain = {
            "page_ptr", "care_council", "audience", "kind", "about", "promise", "promise_words", "introduction",
            "space", "voice", "decision_maker", "report_back_on", "screens", "status", "submitted_by",
            "approved_by", "is_checked",
        }  # fmt: skip

    care_council = models.ForeignKey(
        CareCouncil,
        on_delete=models.PROTECT,
        related_name="surveys",
        null=True,
        blank=True,
        help_text="Who owns the survey.",
    )
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    kind = models.CharField(max_length=20, choices=SurveyKind.choices, default=SurveyKind.SURVEY)
    about = models.CharField(
        "whom the questions are about",
        max_length=20,
        choices=list(HEARERS.items()),
        blank=True,
        help_text="For a conversation: whoever is this to the children of a wave cannot hold it.",
    )
    promise = models.CharField(max_length=20, choices=Promise.choices, default=Promise.NOBODY_KNOWS)
    promise_words = models.TextField(
        "more about the promise",
        blank=True,
        help_text="Shown below our own words about the promise, which stay. At most two short sentences.",
    )
    introduction = models.TextField("what is this?", blank=True)
    space = models.TextField("space: how it is safe and free to take part", blank=True)
    voice = models.TextField("voice: how respondents are helped to say it", blank=True)
    decision_maker = models.CharField("audience: the person with power who listens", max_length=200, blank=True)
    report_back_on = models.DateField("influence: the date to report back", null=True, blank=True)
    screens = StreamField([("question", QuestionBlock()), ("information", InformationBlock())], blank=True)
    is_checked = models.BooleanField(
        "somebody who speaks this language has checked the survey and its questions", default=True
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    # For the care council, in the approval that is going on or led to the last freezing.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = PageManager.from_queryset(SurveyPageQuerySet)()

    base_form_class = SurveyForm
    parent_page_types = ["design.AreaSurveysPage", "design.SurveyIndexPage"]
    subpage_types: list[str] = []
    # A copy is a design of its own, and begins as one.
    exclude_fields_in_copy = ["status", "submitted_by", "approved_by"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("care_council"),
        FieldPanel("audience"),
        FieldPanel("kind"),
        FieldPanel("about"),
        FieldPanel("promise"),
        FieldPanel("promise_words"),
        FieldPanel("introduction"),
        InlinePanel("spoken", label="Words read aloud"),
        FieldPanel("is_checked"),
        FieldPanel("screens"),
        MultiFieldPanel(
            [
                FieldPanel("space"),
                FieldPanel("voice"),
                FieldPanel("decision_maker"),
                FieldPanel("report_back_on"),
            ],
            heading="Space, voice, audience, influence",
        ),
    ]

    TRANSITIONS = {
        Status.DRAFT: {Status.IN_APPROVAL},
        Status.IN_APPROVAL: {Status.DRAFT, Status.FROZEN},
        Status.FROZEN: {Status.DRAFT},
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(care_council__isnull=False) | models.Q(kind=SurveyKind.IMPORTED),
                name="survey_has_a_care_council_unless_asked_elsewhere",
            )
        ]

    def with_content_json(self, content: dict) -> SurveyPage:
        """An earlier wording, with how far the design is today: a state is never brought back by an old draft."""
        page = super().with_content_json(content)
        page.status, page.submitted_by_id, page.approved_by_id = self.status, self.submitted_by_id, self.approved_by_id
        return page

    def get_lock(self):
        """What keeps people from editing it: approval, or that it is frozen."""
        lock = super().get_lock()
        return FrozenLock(self) if lock is None and self.status == self.Status.FROZEN else lock

    def publish(self, revision, user=None, *args, **kwargs) -> None:
        """Takes a wording over, which happens by freezing alone; a translation is taken over by itself."""
        if self.locale_id == Locale.get_default().pk:
            raise NotAllowed(
                "A survey is published by being approved and frozen, and in no other way. Submit it for approval."
            )
        super().publish(revision, user, *args, **kwargs)

    def can_move_to(self, parent: Page) -> bool:
        """A survey stays in its area, with its care council."""
        here, there = (getattr(page.specific, "area_id", None) for page in (self.get_parent(), parent))
        return super().can_move_to(parent) and here == there


class SpokenWords(Recorded, Orderable):
    """Words around a survey's questions that somebody read aloud."""

    class Place(models.TextChoices):
        """Which words."""

        INTRODUCTION = INTRODUCTION, "What is this? (the introduction)"
        DO_NOT_KNOW = DO_NOT_KNOW, "I don’t know"
        RATHER_NOT_SAY = RATHER_NOT_SAY, "I don’t want to say"

    class Privacy:
        why = "So that who does not read yet hears what a survey says."
        kept = "While an edition, a page or its history names it."
        scrub = {"recording": "harmless: the sound is not copied; a hash of it is left."}
        personal = {"recording": SPEAKER}
        plain = {"id", "sort_order", "survey", "place", "recording_of"}

    survey = ParentalKey(SurveyPage, on_delete=models.CASCADE, related_name="spoken")
    place = models.CharField("which words", max_length=20, choices=Place.choices)

    panels = [FieldPanel("place"), FieldPanel("recording")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["survey", "place"], name="words_read_aloud_once")]

    def language_and_words(self) -> tuple[str, str]:
        """The introduction; or the place, where the words are the same in every survey of the language."""
        words = self.survey.introduction if self.place == INTRODUCTION else self.place
        return self.survey.locale.language_code, words


class ImmutableRecord(ValidationError):
    """Raised when something frozen would be changed."""


class EditionQuerySet(models.QuerySet["Edition"]):
    """Ways to reach editions."""

    def never_counted(self) -> EditionQuerySet:
        """Those whose answers never become numbers: conversations, and whatever was asked of the youngest."""
        return self.filter(models.Q(document__kind=CONVERSATION) | models.Q(document__audience__in=list(NEVER_COUNTED)))

    def counted(self) -> EditionQuerySet:
        """Those of surveys, whose answers may become numbers."""
        return self.exclude(pk__in=Edition.objects.never_counted())


class Edition(models.Model):
    """A survey frozen, numbered and hashed: what respondents of a wave are asked, for ever."""

    class Privacy:
        personal = {}
        plain = {"id", "survey", "number", "document", "digest", "frozen_on", "frozen_by"}

    survey = models.ForeignKey(SurveyPage, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_on = models.DateField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="edition_number_once"),
            models.UniqueConstraint(fields=["survey", "digest"], name="edition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.survey.title}, edition {self.number}"

    def save(self, *args, **kwargs) -> None:
        """Stores a new edition; refuses to change one."""
        if not self._state.adding:
            raise ImmutableRecord("An edition never changes. Freeze the survey again to make the next one.")
        super().save(*args, **kwargs)
