"""Where an officer lets a finding of the linter pass: for one wording, with a reason that stays."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LintOverride(models.Model):
    """The reason for which one finding, in one item worded in one way, does not keep a survey from being frozen."""

    class Privacy:
        why = "So that whoever reads the answers knows who let a doubtful wording pass, and why."
        kept = "As long as the survey."
        scrub = {"by": "harmless: the account it names has no name any more.", "reason": "blank"}
        personal = {
            "by": "Which member of staff let it pass.",
            "reason": "Why, in the words of the member of staff.",
        }
        plain = {"id", "survey", "item", "rule", "wording", "on"}

    survey = models.ForeignKey("design.SurveyPage", on_delete=models.CASCADE, related_name="overrides")
    item = models.CharField(max_length=63)
    rule = models.CharField(max_length=30)
    # Of all that a respondent of the survey's audience meets: another wording needs a reason of its own.
    wording = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "item", "rule", "wording"], name="finding_overridden_once")
        ]
