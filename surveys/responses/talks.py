"""What a facilitator wrote down after a focus group or an interview: talk, which nothing counts.

It has no wave and no edition, so it is in no response, base, rate or figure. Nobody who was there is named; how many
were is kept in three sizes only.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.bank.themes import Stage, Theme
from surveys.frame.models import Area
from surveys.instrument.wording import AUDIENCE_CHOICES
from surveys.responses.sealed import SealedText

# A talk is written down in its own quarter, or in one of the four after it.
QUARTERS_BACK = 4


class TalkKind(models.TextChoices):
    """What kind of talk it was."""

    FOCUS_GROUP = "focus_group", "Focus group"
    INTERVIEW = "interview", "Interview"


class Size(models.TextChoices):
    """How many of one age band were there: never the number."""

    FEW = "few", "Fewer than five"
    SOME = "some", "Five to nine"
    MANY = "many", "Ten or more"


# What a size stands for where people are added up: never more than were there.
AT_LEAST = {Size.FEW.value: 1, Size.SOME.value: 5, Size.MANY.value: 10}


class Sort(models.TextChoices):
    """Whose words a text is in."""

    LINE = "line", "What was said, in the facilitator’s words"
    WORDS = "words", "Somebody’s own words"


def quarters_to_choose(today: date) -> list[str]:
    """The quarters in which a talk can have been, the present one first."""
    last = today.year * 4 + (today.month - 1) // 3
    return [f"{number // 4}Q{number % 4 + 1}" for number in range(last, last - QUARTERS_BACK - 1, -1)]


class TalkQuerySet(models.QuerySet["Talk"]):
    """Ways to reach talks."""

    def of(self, area: Area) -> TalkQuerySet:
        """Those of an area, and of areas that became part of it."""
        return self.filter(Q(area=area) | Q(area__merged_into=area))

    def held(self, areas) -> TalkQuerySet:
        """Those of these areas, and of areas that became part of them."""
        return self.filter(Q(area__in=areas, area__merged_into=None) | Q(area__merged_into__in=areas))

    def awaiting_screening(self) -> TalkQuerySet:
        """Those in whose words nobody has searched for danger yet."""
        return self.filter(is_screened=False, erased_on=None)

    def unread(self) -> TalkQuerySet:
        """Those that no safeguarding lead has read."""
        return self.filter(read_on=None, erased_on=None)


class Talk(models.Model):
    """One focus group or interview, as its facilitator wrote it down."""

    class Privacy:
        why = "So that what people say when they talk together is told too, as talk and never as a figure."
        kept = "As long as the area, without a word of what was said."
        scrub = "rows"
        personal = {"recorded_by": "Which member of staff wrote it down, because another must read it."}
        plain = {
            "id", "area", "kind", "quarter", "stage", "people", "language", "recorded_on", "is_screened", "read_on",
            "window", "erased_on",
        }  # fmt: skip

    # A keyed hash of what was sent, so that a page that is sent twice is kept once.
    id = models.UUIDField(primary_key=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TalkKind.choices)
    # When it was, and no finer.
    quarter = models.CharField(max_length=6)
    # Which step of the journey it was about; blank for several.
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True)
    # By age band one of three sizes. It stays after an erasure where it was told by then, as a block does.
    people = models.JSONField(default=dict)
    # The language in which it is written down.
    language = models.CharField(max_length=10)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recorded_on = models.DateField()
    is_screened = models.BooleanField(default=False)
    read_on = models.DateField(null=True)
    # The quarter with whose end enough people had taken part for any of it to be told; blank until then.
    window = models.CharField(max_length=6, blank=True)
    erased_on = models.DateField(null=True)

    objects = TalkQuerySet.as_manager()

    @property
    def place(self) -> Area:
        """The area that answers for it: its own, or the one that it became part of."""
        return self.area.merged_into or self.area

    def at_least(self) -> dict[str, int]:
        """How many of each age band were there at least."""
        return {audience: AT_LEAST[size] for audience, size in self.people.items()}


class TalkTextQuerySet(models.QuerySet["TalkText"]):
    """Ways to reach what was said."""

    def held(self, areas) -> TalkTextQuerySet:
        """Those of these areas, and of areas that became part of them."""
        return self.filter(Q(talk__area__in=areas, talk__area__merged_into=None) | Q(talk__area__merged_into__in=areas))

    def undecided(self) -> TalkTextQuerySet:
        """Those of which nobody has said yet whether others may read them."""
        return self.filter(decided_on=None)


class TalkText(models.Model):
    """One thing that was said, under a theme: as the facilitator tells it, or in somebody’s own words."""

    class Privacy:
        why = "So that a person can read what was written down before anything of it is told."
        kept = (
            "28 days after somebody decided on it, a year at most; longer only while a worry is open or it is unread."
        )
        scrub = "rows"
        personal = {"words": "What was said in a focus group or an interview, sealed."}
        plain = {"id", "talk", "number", "sort", "theme", "audience", "decided_on"}

    id = models.UUIDField(primary_key=True)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    sort = models.CharField(max_length=5, choices=Sort.choices)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    # Of which age band whoever said it was, where the facilitator says so; only of somebody’s own words.
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    words = SealedText()
    decided_on = models.DateField(null=True)

    objects = TalkTextQuerySet.as_manager()

    class Meta:
        ordering = ["talk", "number"]
        constraints = [models.UniqueConstraint(fields=["talk", "number"], name="talk_texts_one_after_another")]
