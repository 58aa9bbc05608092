"""What was said in focus groups and interviews and a moderator found usable: redacted, told as talk, counted nowhere.

A module of models.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from feedback.anonymisation.comments import RedactedText
from surveys.bank.themes import Theme
from surveys.frame.models import Area
from surveys.instrument.wording import AUDIENCE_CHOICES
from surveys.responses.talks import Sort


class ToldTalkQuerySet(models.QuerySet["ToldTalk"]):
    """Ways to reach what may be told of talks."""

    def of(self, area: Area) -> ToldTalkQuerySet:
        """What was said in an area, and in areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def standing(self) -> ToldTalkQuerySet:
        """What nobody has recalled."""
        return self.filter(status=ToldTalk.Status.USABLE)


class ToldTalk(models.Model):
    """One thing that was said in a talk, redacted: a line of the facilitator, or somebody’s own words."""

    class Status(models.TextChoices):
        """Whether it may be told; whether it is told yet is decided by how many took part."""

        USABLE = "usable", "Usable"
        RECALLED = "recalled", "Recalled"

    TRANSITIONS = {Status.USABLE: {Status.RECALLED}, Status.RECALLED: set()}

    class Reason(models.TextChoices):
        """Why it was recalled: a code, so that nobody writes down what it said."""

        RECOGNISED = "recognised", "Somebody could tell who said it"
        SOMEONE_ELSE = "someone_else", "It is about someone else"
        ASKED = "asked", "Whoever said it, or a person close to them, asks for it"
        WRONG = "wrong", "It should not have been told"
        # By itself, never chosen by anybody.
        ERASED = "erased", "The talk was erased"
        WORRY = "worry", "It is with the safeguarding leads"

    class Privacy:
        why = "So that others can read what was said in a talk, in words that lead to nobody."
        kept = "Until it is recalled: then that there was something stays, without its words."
        scrub = "rows"
        personal = {
            "words": "What was said, after redaction. Emptied once it is recalled.",
            "text_key": "Which text of which talk it was; the text is erased four weeks after it was decided on.",
            "talk_key": "Which talk it was said in, so that it can be told with how many took part.",
            "decided_by": "Which moderator found it usable.",
            "recalled_by": "Which member of staff recalled it; nobody where it recalled itself.",
        }
        plain = {
            "id", "area", "sort", "theme", "audience", "language", "status", "decided_on", "because", "recalled_on",
        }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    # Keys, and no relations: nothing here leads into the vault.
    text_key = models.UUIDField(unique=True)
    talk_key = models.UUIDField()
    sort = models.CharField(max_length=5, choices=Sort.choices)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    language = models.CharField(max_length=10)
    words = RedactedText(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.USABLE)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField()
    because = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    recalled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_on = models.DateField(null=True)

    objects = ToldTalkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status="usable") | Q(words=""), name="recalled_talk_has_no_words")
        ]

    @property
    def place(self) -> Area:
        """The area that answers for it: its own, or the one that it became part of."""
        return self.area.merged_into or self.area


BY_PEOPLE = (
    ToldTalk.Reason.RECOGNISED,
    ToldTalk.Reason.SOMEONE_ELSE,
    ToldTalk.Reason.ASKED,
    ToldTalk.Reason.WRONG,
)
