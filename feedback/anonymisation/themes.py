"""Themes: what several people wrote about, as somebody named it. A module of models, and what may be seen of them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from feedback.anonymisation.comments import Comment, CommentLink, CommentQuerySet
from feedback.safeguarding.reading import past_safeguarding
from surveys.bank.themes import Theme as About
from surveys.frame.models import PLAIN, Area
from surveys.responses.models import Response, Withdrawal

NAME_THEME, CONFIRM_THEME = "themes.name", "themes.confirm"
# What fewer people wrote about is one child's story, and no theme.
FEWEST = 3
LONGEST_NAME, LONGEST_DESCRIPTION = 80, 500


class CommentThemeQuerySet(models.QuerySet["CommentTheme"]):
    """Ways to reach themes."""

    def visible_to(self, user, permission: str) -> CommentThemeQuerySet:
        """The themes of the areas in which a role of this person carries the permission."""
        return self.filter(area__in=user.areas_held(permission))

    def in_use(self) -> CommentThemeQuerySet:
        """Those that nobody has ended."""
        return self.exclude(status=CommentTheme.Status.ENDED)

    def confirmed(self) -> CommentThemeQuerySet:
        """Those that a second person has confirmed."""
        return self.filter(status=CommentTheme.Status.CONFIRMED)

    def to_confirm_by(self, user) -> CommentThemeQuerySet:
        """Those that wait for this person, who did not name them."""
        return self.filter(status=CommentTheme.Status.NAMED).exclude(named_by=user)


class CommentTheme(models.Model):
    """What several people of an area wrote about, named and described by somebody, confirmed by somebody else."""

    class Status(models.TextChoices):
        """How far a theme is."""

        NAMED = "named", "Named"
        CONFIRMED = "confirmed", "Confirmed"
        ENDED = "ended", "Ended"

    TRANSITIONS = {
        Status.NAMED: {Status.CONFIRMED, Status.ENDED},
        # Other words for it are looked at anew.
        Status.CONFIRMED: {Status.NAMED, Status.ENDED},
        Status.ENDED: {Status.NAMED},
    }

    class Privacy:
        why = "So that what several people wrote about can be told in words."
        kept = "As long as the area."
        scrub = "rows"
        personal = {
            "name": "What somebody of the staff calls it, after reading redacted comments.",
            "description": "The same, in a sentence or two.",
            "named_by": "Which analyst named it.",
            "confirmed_by": "Which second person confirmed it.",
        }
        plain = {"id", "area", "about", "status", "named_on", "confirmed_on", "merged_into"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, validators=[PLAIN])
    description = models.TextField(max_length=LONGEST_DESCRIPTION)
    # The theme of the questions that it is closest to.
    about = models.CharField(max_length=20, choices=About.choices, default=About.OTHER)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NAMED)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    objects = CommentThemeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "area", Lower("name"), condition=~models.Q(status="ended"), name="theme_named_once_in_area"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ThemedComment(models.Model):
    """A usable comment that somebody put to a theme; of several themes it has several."""

    class Privacy:
        why = "So that it is known what a theme rests on."
        kept = "As long as the comment."
        scrub = "rows"
        personal = {"by": "Which analyst put it there."}
        plain = {"id", "theme", "comment", "on", "came_from"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    theme = models.ForeignKey(CommentTheme, on_delete=models.CASCADE, related_name="themed")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="themed")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    # The theme that was merged into this one, so that merging can be undone.
    came_from = models.ForeignKey(CommentTheme, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "comment"], name="comment_once_in_theme")]


def may_be_themed(area: Area) -> CommentQuerySet:
    """The usable comments in words that are there and about which nobody is worried now, in no order of time."""
    there = past_safeguarding(Response.objects.filter(status__in=(Response.Status.CODED, Response.Status.ERASED)))
    gone = Withdrawal.objects.awaiting_erasure().values("response_key")
    asked = Comment.objects.from_surveys()
    usable = asked.filter(area=area, status=Comment.Status.MODERATED, is_drawing=False).exclude(text="")
    usable = usable.filter(link__response_key__in=there.values("pk")).exclude(link__response_key__in=gone)
    return usable.order_by("pk")


def support_of(themes: Iterable[CommentTheme], area: Area) -> dict[uuid.UUID, set[uuid.UUID]]:
    """The comments that each theme rests on now; what was taken back or recalled is not among them."""
    found: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    put = ThemedComment.objects.filter(theme__in=list(themes), comment__in=may_be_themed(area).order_by())
    for theme, comment in put.values_list("theme_id", "comment_id"):
        found[theme].add(comment)
    return found


def people_behind(comments: Iterable[uuid.UUID]) -> int:
    """How many people wrote these comments."""
    links = CommentLink.objects.filter(comment__in=list(comments)).order_by()
    return links.values("response_key").distinct().count()
