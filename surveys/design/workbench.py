"""What young people and officers say to each other about a draft, and what they found when they tried it."""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from surveys.bank.models import QuestionPage
from surveys.design.models import CareCouncil, SurveyPage
from surveys.instrument.wording import AUDIENCE_CHOICES, Audience

LONGEST_WORDING, LONGEST_WORDS = 300, 1000
WHO = "harmless: the account it names has no name any more."
# By our own decision (0033), after what is usual when questions are tried with children.
CHILDREN_PER_BAND = 5
LONGEST_TRY_OUT = 14


def new_try_out_code() -> str:
    """A code of 128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


def _person(**options) -> models.ForeignKey:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class OfASurvey:
    """Belongs where its survey belongs, for rights and for the log."""

    survey: SurveyPage

    @property
    def care_council(self) -> CareCouncil | None:
        """Who owns the survey it is about."""
        return self.survey.care_council


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Ways to reach suggestions."""

    def visible_to(self, user, permission: str) -> SuggestionQuerySet:
        """Those of the areas in which a role of this member of staff carries the permission."""
        return self.filter(survey__care_council__area__in=user.areas_held(permission))

    def to_decide_by(self, user) -> SuggestionQuerySet:
        """Those that wait for a decision which this person may take: nobody decides on their own."""
        return self.filter(status=Suggestion.Status.OPEN).exclude(made_by=user)


class Suggestion(OfASurvey, models.Model):
    """Other words for a question of a survey, beside the words it has."""

    class Status(models.TextChoices):
        """How far it has come."""

        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        PUT_IN = "put_in", "Put into the bank’s draft"

    TRANSITIONS = {
        Status.OPEN: {Status.ACCEPTED, Status.REFUSED},
        Status.ACCEPTED: {Status.PUT_IN},
        Status.REFUSED: set(),
        Status.PUT_IN: set(),
    }

    class Privacy:
        why = "So that whoever decides on a wording knows who proposed it, and why."
        kept = "As long as the survey."
        scrub = {"made_by": WHO, "decided_by": WHO, "reason": "blank", "answer": "blank"}
        personal = {
            "made_by": "Which account proposed it.",
            "decided_by": "Which account decided on it.",
            "reason": "Why, in the words of who proposed it.",
            "answer": "Why it was accepted or refused, in the words of who decided.",
        }
        plain = {"id", "survey", "question", "audience", "instead_of", "text", "made_on", "status", "decided_on"}

    survey = models.ForeignKey(SurveyPage, on_delete=models.PROTECT, related_name="suggestions")
    question = models.ForeignKey(QuestionPage, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES)
    instead_of = models.CharField("the words it had then", max_length=LONGEST_WORDING)
    text = models.CharField("other words", max_length=LONGEST_WORDING)
    reason = models.CharField("why", max_length=LONGEST_WORDS, blank=True)
    made_by = _person()
    made_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    decided_by = _person(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    answer = models.CharField("why so", max_length=LONGEST_WORDS, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Suggestion {self.pk} for {self.survey}"


class Vote(OfASurvey, models.Model):
    """What one person thinks of a suggestion. Votes are read with their reasons; they decide nothing."""

    class Stance(models.TextChoices):
        """What somebody thinks of it."""

        AGREE = "agree", "Agree"
        UNSURE = "unsure", "Not sure"
        AGAINST = "against", "Against"

    class Privacy:
        why = "So that everybody who works on a survey is heard before somebody decides."
        kept = "As long as the survey."
        scrub = "rows"
        personal = {
            "voter": "Which account voted.",
            "stance": "What this person thinks of a wording.",
            "reason": "Why, in their own words.",
        }
        plain = {"id", "suggestion"}

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="votes")
    voter = _person()
    stance = models.CharField(max_length=10, choices=Stance.choices)
    reason = models.CharField(max_length=LONGEST_WORDS, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["suggestion", "voter"], name="one_vote_each")]

    def __str__(self) -> str:
        return f"Vote {self.pk}"

    @property
    def survey(self) -> SurveyPage:
        """The survey it is about, through which it belongs to an area."""
        return self.suggestion.survey


class Remark(OfASurvey, models.Model):
    """Something somebody says about one screen of a survey, to everybody who works on it."""

    class Privacy:
        why = "So that those who make a survey can talk about it where it stands."
        kept = "As long as the survey."
        scrub = "rows"
        personal = {"made_by": "Which account said it.", "text": "What somebody said about a screen of a survey."}
        plain = {"id", "survey", "item", "made_on"}

    survey = models.ForeignKey(SurveyPage, on_delete=models.PROTECT, related_name="remarks")
    item = models.CharField("code of the screen", max_length=63)
    text = models.TextField(max_length=LONGEST_WORDS)
    made_by = _person()
    made_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Remark {self.pk} on {self.survey}"


class TryOut(OfASurvey, models.Model):
    """A draft as it was when somebody made a link to it: it is shown like a survey, and takes no answers."""

    class Privacy:
        personal = {}
        plain = {"id", "survey", "code", "document", "made_by", "made_on", "ends_on", "is_ended"}

    survey = models.ForeignKey(SurveyPage, on_delete=models.PROTECT, related_name="try_outs")
    code = models.CharField(max_length=32, unique=True, default=new_try_out_code)
    document = models.JSONField()
    made_by = _person()
    made_on = models.DateField()
    ends_on = models.DateField("the last day")
    is_ended = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Try-out {self.pk} of {self.survey}"

    def is_open_on(self, day: date) -> bool:
        """Whether the link shows anything on this day."""
        return not self.is_ended and day <= self.ends_on


class TryNote(OfASurvey, models.Model):
    """What happened when children tried a question and thought aloud."""

    class Outcome(models.TextChoices):
        """How it went."""

        UNDERSTOOD = "understood", "Understood"
        HAD_TO_ASK = "had_to_ask", "Had to ask"
        MISUNDERSTOOD = "misunderstood", "Misunderstood"
        WOULD_NOT = "would_not", "Would not answer"

    class Privacy:
        why = "So that a question is changed before it is asked of many."
        kept = "As long as the survey."
        scrub = "rows"
        personal = {
            "made_by": "Which account noted it.",
            "text": "What somebody noticed while children tried a question. No name is asked for.",
        }
        plain = {"id", "survey", "item", "words", "band", "children", "outcome", "made_on"}

    survey = models.ForeignKey(SurveyPage, on_delete=models.PROTECT, related_name="try_notes")
    item = models.CharField("code of the question", max_length=63)
    words = models.CharField("the words that were tried", max_length=LONGEST_WORDING)
    band = models.CharField("age", max_length=20, choices=AUDIENCE_CHOICES)
    children = models.PositiveSmallIntegerField(
        "how many children", validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    outcome = models.CharField("what happened", max_length=15, choices=Outcome.choices)
    text = models.CharField("note", max_length=LONGEST_WORDS, blank=True)
    made_by = _person()
    made_on = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Note {self.pk} on {self.survey}"

    @property
    def of_whom(self) -> str:
        """The age, as it is read."""
        return Audience(self.band).value.replace("_", " ").capitalize()
