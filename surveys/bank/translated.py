"""What is remembered of a translation: the English it was made from, and who checked it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Translated(models.Model):
    """One text of a page in another language, as it was when somebody last translated or checked it."""

    class Privacy:
        personal = {}
        plain = {"id", "page", "place", "english", "words", "checked_by", "checked_on"}

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=250)
    english = models.TextField()
    words = models.TextField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "place"], name="translated_place_once")]
