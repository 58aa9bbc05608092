"""What is remembered of a translation: the English it was made from, and who checked it."""

from __future__ import annotations

from typing import Any

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


def is_all_checked(question: Any, beside: Any) -> bool:
    """Whether every wording of a question, for each audience, was checked in the words that it has beside it now."""
    said = {f"question:{question.code}:text:{one.audience}": one.text for one in beside.wordings.all()}
    wanted = {f"question:{question.code}:text:{one.audience}" for one in question.wordings.all()}
    checked = Translated.objects.filter(page_id=beside.pk, checked_on__isnull=False).values_list("place", "words")
    return wanted <= {place for place, words in checked if said.get(place) == words}
