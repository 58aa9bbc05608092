"""What came of attacking a release before it was published."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AttackReport(models.Model):
    """One run of the attack suite on a release: inserted, never changed; numbers of claims, never of people."""

    class Privacy:
        why = "So that a second person sees what an intruder could tell, and everybody later what was known."
        kept = "As long as the release."
        scrub = {"by": "harmless: the account it names has no name any more."}
        personal = {"by": "Which member of staff let the suite run."}
        plain = {"id", "release", "on", "version", "passed", "findings", "looked_at", "skipped", "compared_with"}

    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="attack_reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    version = models.CharField(max_length=20)
    passed = models.BooleanField()
    # One for each attack, as `feedback.disclosure.attack_claims.Finding` has them.
    findings = models.JSONField()
    looked_at = models.JSONField()
    skipped = models.JSONField()
    # The codes of the published releases it was held against: if there are others now, it says nothing any more.
    compared_with = models.JSONField()

    class Meta:
        ordering = ["-pk"]
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.release}, {'passed' if self.passed else 'refused'} on {self.on}"

    def save(self, *args, **kwargs) -> None:
        """Inserts it; a report that could be changed would prove nothing."""
        if self.pk is not None:
            raise TypeError("A report of an attack is never changed. Run the attack again for a new one.")
        super().save(*args, **kwargs)

    def told(self) -> list[dict]:
        """The attacks that could tell something about a person."""
        return [finding for finding in self.findings if finding["told"]]
