"""What an officer tells everybody who answered in a wave, without having read any answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.fieldwork.models import Wave


class WaveMessageQuerySet(models.QuerySet["WaveMessage"]):
    """Ways to reach messages."""

    def of(self, wave: Wave) -> WaveMessageQuerySet:
        """What was told to everybody of a wave, the newest first."""
        return self.filter(wave=wave).order_by("-number")


class WaveMessage(models.Model):
    """One message to everybody of a wave, shown through every receipt: never changed, but it can be taken back."""

    class Privacy:
        why = "To tell everybody who answered what happens next, though nobody knows who they are."
        kept = "As long as the wave."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which officer wrote it."}
        plain = {"id", "wave", "number", "text", "on", "withdrawn_on", "correction"}

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="messages")
    # Counts within one wave.
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    # Whoever read it reads from then on that it was wrong, and what is right.
    withdrawn_on = models.DateField(null=True, blank=True)
    correction = models.TextField(blank=True)

    objects = WaveMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="message_numbered_once_in_a_wave"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, correction="") | Q(withdrawn_on__isnull=False) & ~Q(correction=""),
                name="message_is_withdrawn_with_a_correction",
            ),
        ]
