"""Which scales held under licence an area may use, in whose words, and until when."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.frame.models import Area
from surveys.frame.policies import NotAllowed
from surveys.instrument.licensed import Licensed, from_document

LOAD = "fieldwork.load_scale"
USE = "fieldwork.look_together"
NEVER_CHANGED = "What was loaded under a licence is never changed. Load the licensed version anew."


class LicensedScaleQuerySet(models.QuerySet["LicensedScale"]):
    """Ways to reach licensed scales."""

    def visible_to(self, user, permission: str) -> LicensedScaleQuerySet:
        """Those of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=Area.objects.visible_to(user, permission))

    def current(self) -> LicensedScaleQuerySet:
        """Those that no later loading and no administrator has ended; their licence may still be over."""
        return self.filter(ended_on=None)

    def version_of(self, record: str, version: str) -> LicensedScaleQuerySet:
        """Every loading of one version of a scale."""
        return self.filter(record=record, version=version)


class LicensedScale(models.Model):
    """One version of a licensed scale as an area loaded it: words, coding and norms, with the hash of all of it."""

    class Privacy:
        why = "To show whose licence it is, and who loaded what was shown."
        kept = "As long as the area."
        # Also because a licence is of the area, and not of whoever has a copy.
        scrub = "rows"
        personal = {"loaded_by": "Which administrator loaded it."}
        plain = {
            "id",
            "area",
            "record",
            "version",
            "number",
            "expires_on",
            "content",
            "digest",
            "loaded_on",
            "ended_on",
        }

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="licensed_scales")
    record = models.CharField(max_length=30)
    version = models.CharField(max_length=60)
    number = models.CharField(max_length=200)
    expires_on = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    loaded_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = LicensedScaleQuerySet.as_manager()

    class Meta:
        ordering = ["record", "version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "record", "version"], condition=Q(ended_on=None), name="licensed_scale_current_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.licensed.about.name} ({self.version})"

    def save(self, *args, **kwargs) -> None:
        """Stores a new one; of one that is there only the day on which it ended."""
        if not self._state.adding and list(kwargs.get("update_fields") or ()) != ["ended_on"]:
            raise NotAllowed(NEVER_CHANGED)
        super().save(*args, **kwargs)

    @cached_property
    def licensed(self) -> Licensed:
        """What was loaded."""
        return from_document(self.content)

    def is_over(self, today: date) -> bool:
        """Whether its licence has run out."""
        return self.expires_on < today


def check_may_be_used(scale: LicensedScale, *, language: str, mode: str, audience: str, today: date) -> None:
    """Refuses to show or to score what the licence does not cover, and words that are not those that were loaded."""
    licensed = scale.licensed
    if scale.is_over(today):
        raise NotAllowed(
            f"The licence {scale.number} ended on {scale.expires_on:%d.%m.%Y}, so its items are neither shown nor "
            "scored. What was scored before can still be looked at. An administrator loads it with the new day."
        )
    if scale.ended_on is not None:
        raise NotAllowed("An administrator has ended the use of this scale, or loaded it anew. Go back and choose it.")
    if licensed.digest != scale.digest:
        raise NotAllowed(
            "The words that are stored are not those that were loaded, so they are not shown. Tell an administrator: "
            "the licensed version has to be loaded anew."
        )
    _check_covered(scale, language=language, mode=mode, audience=audience)


def _check_covered(scale: LicensedScale, *, language: str, mode: str, audience: str) -> None:
    licensed = scale.licensed
    if audience not in licensed.audiences:
        raise NotAllowed("This version is not for whoever has this card.")
    if language not in licensed.languages:
        raise NotAllowed(
            "There is no licensed version in this language, and nothing is translated here. Choose another one."
        )
    if mode not in licensed.modes:
        raise NotAllowed("The licence does not allow this way of answering.")
