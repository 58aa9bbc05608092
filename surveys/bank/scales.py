"""Questions that belong together, because whoever made them measured them together, or licensed them so."""

from __future__ import annotations

from django.db import models


class ScaleQuerySet(models.QuerySet["Scale"]):
    """Ways to reach scales."""

    def visible_to(self, user, permission: str) -> ScaleQuerySet:
        """All of them to whoever holds the permission anywhere, because all areas share the bank."""
        return self if user.has_perm(permission) else self.none()


class Scale(models.Model):
    """Questions of the bank that belong together in one order, with their licence and where they come from."""

    is_for_every_area = True

    class Privacy:
        personal = {}
        plain = {"id", "name", "licence", "source", "asked_singly"}

    name = models.CharField(max_length=120, unique=True)
    licence = models.CharField(max_length=200, help_text="For example CC BY 4.0, or who allowed what, and when.")
    source = models.TextField("where it comes from", help_text="Who made it, and where it was published.")
    asked_singly = models.BooleanField("its questions may also be asked singly", default=False)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def codes(self) -> list[str]:
        """The codes of its questions, in order."""
        return [item.question.code for item in self.items.all()]


class ScaleItem(models.Model):
    """One question at its place in a scale."""

    class Privacy:
        personal = {}
        plain = {"id", "scale", "question", "place"}

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey("bank.QuestionPage", on_delete=models.PROTECT, related_name="in_scales")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["scale", "place"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "question"], name="question_once_in_a_scale"),
            models.UniqueConstraint(fields=["scale", "place"], name="one_question_at_a_place_of_a_scale"),
        ]
