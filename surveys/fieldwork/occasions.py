"""Two waves that one card opens: one before something that is decided, and one after it.

What joins them is the card, and nothing else: no answer carries anything by which it could be laid beside another.
"""

from __future__ import annotations

from django.db import models

from surveys.bank.occasions import ASKED_WHOM, Occasion
from surveys.design.models import Edition, SurveyPage
from surveys.fieldwork.models import Wave
from surveys.frame.models import Area
from surveys.instrument.wording import Audience

SEE = "fieldwork.open_wave"


class OccasionPackQuerySet(models.QuerySet["OccasionPack"]):
    """Ways to reach packs."""

    def visible_to(self, user, permission: str) -> OccasionPackQuerySet:
        """Those of the areas in which a role of this member of staff carries the permission."""
        return self.filter(area__in=Area.objects.visible_to(user, permission))

    def going_on(self) -> OccasionPackQuerySet:
        """Those whose second wave is not closed, or that are not in the field yet."""
        return self.exclude(after__status=Wave.Status.CLOSED)


class OccasionPack(models.Model):
    """The questions before and after an occasion for one audience: two surveys, then two waves that one card opens."""

    class Privacy:
        why = "To see whether those who answered before are also asked after, without seeing who they are."
        kept = "As long as its waves."
        scrub = "rows"
        personal = {"used_both": "How many cards were used both times, in fives. Of a few it is shown to nobody."}
        plain = {"id", "occasion", "area", "before_survey", "after_survey", "before", "after"}

    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    before_survey = models.OneToOneField(SurveyPage, on_delete=models.PROTECT, related_name="+")
    after_survey = models.OneToOneField(SurveyPage, on_delete=models.PROTECT, related_name="+")
    before = models.OneToOneField(Wave, on_delete=models.PROTECT, null=True, related_name="pack_of_before")
    after = models.OneToOneField(Wave, on_delete=models.PROTECT, null=True, related_name="pack_of_after")
    # At least so many cards, in fives.
    used_both = models.PositiveIntegerField(default=0)

    objects = OccasionPackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before=None, after=None)
                | models.Q(before__isnull=False, after__isnull=False) & ~models.Q(before=models.F("after")),
                name="pack_has_two_waves_or_none",
            )
        ]

    @property
    def audience(self) -> str:
        """Who is asked, both times."""
        return self.before_survey.audience

    @property
    def asked_whom(self) -> str:
        """The same in words."""
        return ASKED_WHOM[Audience(self.audience)]


def newest_edition(survey: SurveyPage) -> Edition | None:
    """What would be asked: the newest edition of a survey that is frozen now."""
    return survey.editions.order_by("-number").first() if survey.status == SurveyPage.Status.FROZEN else None
