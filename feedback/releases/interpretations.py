"""What the figures of a question may mean, what they do not tell, and what to ask next: words of staff, beside numbers.

Rows of an earlier round stay as they are, so that whoever checks a release again sees what was changed since.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from django.conf import settings
from django.db import models

LONGEST = 1000
LABELS = {
    "may_mean": "What may this mean?",
    "does_not_tell": "What does it not tell?",
    "ask_next": "What to ask next?",
}
NOBODY_YET = "Nobody has said yet what this may mean: it was released without anybody reading it at the desk."


@dataclass(frozen=True)
class Reading:
    """How somebody reads the figures of one question: three texts. None of them says good or bad of a service."""

    may_mean: str = ""
    does_not_tell: str = ""
    ask_next: str = ""
    is_left_open: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """The three texts by name."""
        return {name: getattr(self, name) for name in LABELS}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each text under its question, as a reader sees it."""
        return [(LABELS[name], text) for name, text in self.texts.items()]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written at all."""
        return not any(self.texts.values())


LEFT_OPEN = Reading(may_mean=NOBODY_YET, is_left_open=True)


class Interpretation(models.Model):
    """The reading of one question of a release in one round; a round ends when the release is proposed."""

    class Privacy:
        why = "So that whoever says what a figure means does not check it as well."
        kept = "As long as the release."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff wrote it."}
        plain = {"id", "release", "question", "round", "may_mean", "does_not_tell", "ask_next", "is_left_open"}

    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="interpretations")
    question = models.CharField(max_length=130)
    # How often the release had been proposed when this was written.
    round = models.PositiveSmallIntegerField()
    may_mean = models.TextField()
    does_not_tell = models.TextField(blank=True)
    ask_next = models.TextField(blank=True)
    # Released by the command, without anybody reading the figures; said so wherever it is shown.
    is_left_open = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["question", "round"]
        constraints = [
            models.UniqueConstraint(fields=["release", "question", "round"], name="one_interpretation_per_round")
        ]

    def reading(self) -> Reading:
        """The texts, apart from who wrote them."""
        return Reading(**{field.name: getattr(self, field.name) for field in fields(Reading)})
