"""How many answered of those who could be asked, as it may be said: stored with a release when it is made."""

from __future__ import annotations

from django.db import models

from feedback.releases.measure import Measure
from surveys.instrument.wording import AUDIENCE_CHOICES


class ResponseRate(models.Model):
    """The response rate of one voice, or of one of its audiences, over one block of a release; in steps of five."""

    class Basis(models.TextChoices):
        """What the number asked is a number of."""

        FRAME = "frame", "people who could be asked"
        CARDS = "cards", "cards that were made"
        UNKNOWN = "", "not known"

    class Privacy:
        personal = {}
        plain = {
            "id", "release", "voice", "audience", "first_quarter", "last_quarter", "answered", "asked", "basis",
            "source", "counted_on", "percent", "is_beyond",
        }  # fmt: skip

    release = models.ForeignKey("releases.Release", on_delete=models.CASCADE, related_name="response_rates")
    voice = models.CharField(max_length=20, choices=Measure.VoiceOf.choices)
    # Blank for all audiences of the voice.
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    first_quarter = models.CharField(max_length=6)
    last_quarter = models.CharField(max_length=6)
    # As the figures of the release print it.
    answered = models.PositiveIntegerField()
    # Empty where it is not known, where it may be too small, or where nearly everybody answered.
    asked = models.PositiveIntegerField(null=True)
    basis = models.CharField(max_length=10, choices=Basis.choices, blank=True)
    source = models.CharField(max_length=300, blank=True)
    counted_on = models.DateField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    is_beyond = models.BooleanField(default=False)

    class Meta:
        ordering = ["release", "voice", "audience", "first_quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "voice", "audience", "first_quarter"], name="one_response_rate_per_block"
            ),
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__lte=100), name="response_rate_is_a_share"
            ),
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(is_beyond=False), name="no_share_of_fewer_than_answered"
            ),
        ]
