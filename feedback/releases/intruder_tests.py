"""The record of the test of a release: somebody tried to find a person in it, and this is what came of it.

The test is that of a motivated intruder, as the Information Commissioner describes it: somebody without special skill
who wants to know, has the library, the internet and people to ask, and breaks no law. What is written down is chosen
from lists, so that nothing about a child can stand in it, and nobody's name on a public page. What may be said of a
release because of these records is in `tested`.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from surveys.frame.models import PLAIN
from surveys.frame.policies import NotAllowed

RECORD = "releases.record_test"
MOST_HOURS = 400
STAYS = "A record of a test is never changed and never deleted. Write another one that puts it right."


class IntruderTestQuerySet(models.QuerySet["IntruderTest"]):
    """Ways to reach records of tests."""

    def visible_to(self, user, permission: str) -> IntruderTestQuerySet:
        """The records of releases of the areas in which a role of this person carries the permission."""
        return self if user.holds_everywhere(permission) else self.filter(release__area__in=user.areas_held(permission))

    def in_force(self) -> IntruderTestQuerySet:
        """Those that no later record puts right."""
        return self.filter(corrected_by=None)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused: what was tried stays known."""
        raise NotAllowed(STAYS)

    def update(self, **changes) -> int:
        """Refused, as for one."""
        raise NotAllowed(STAYS)


class IntruderTest(models.Model):
    """One try to find somebody in one release: inserted, never changed; another record puts it right."""

    class Who(models.TextChoices):
        """Who tried, as it may be said to everybody."""

        STAFF = "staff", "A member of staff who did not make it"
        PRACTITIONER = "practitioner", "Somebody who works with families elsewhere"
        CARE_EXPERIENCED = "care_experienced", "Somebody who has been in care"
        PARENT = "parent", "A parent or carer"
        RESEARCHER = "researcher", "A researcher or student"
        JOURNALIST = "journalist", "A journalist"
        SECURITY = "security", "Somebody whose work is to test"
        OTHER = "other", "Somebody else from outside"

    class Knew(models.TextChoices):
        """What was known before they began."""

        NOTHING = "nothing", "nothing but what everybody can read"
        AREA = "area", "the area and its services"
        WORKS_HERE = "works_here", "how a team works, and about how many it helps"
        SOMEBODY = "somebody", "that a certain person had answered"
        ANSWERS = "answers", "what a certain person had answered"

    class Source(models.TextChoices):
        """What was looked at."""

        THIS_RELEASE = "this_release", "this release and its files"
        EARLIER = "earlier", "earlier releases, and those of all areas"
        OTHER_FIGURES = "other_figures", "figures that others publish"
        NEWS = "news", "newspapers and their archives"
        INTERNET = "internet", "search engines and social media"
        REGISTERS = "registers", "public registers and records"
        PEOPLE = "people", "people who could know"

    class Result(models.TextChoices):
        """What came of it."""

        NOBODY = "nobody", "Nobody was found"
        WRONG = "wrong", "They thought they had found somebody, and were wrong"
        RIGHT = "right", "They found somebody"
        NOT_KNOWN = "not_known", "They thought they had found somebody; nobody can say whether it was right"
        NOT_SURE = "not_sure", "They are not sure"

    class Privacy:
        why = "So that figures are called what they are only where somebody tried to find a person in them."
        kept = "As long as the release."
        scrub = {
            "tested_by": "harmless: the account it names has no name any more.",
            "by": "harmless: the account it names has no name any more.",
            "outside": "blank",
        }
        personal = {
            "tested_by": "Which member of staff tried.",
            "by": "Which member of staff wrote the record.",
            "outside": "Who tried, if from outside, by what they do and not by name; only at the desk.",
        }
        plain = {"id", "release", "who", "knew", "sources", "hours", "result", "tried_on", "on", "corrects"}

    release = models.ForeignKey("releases.Release", on_delete=models.PROTECT, related_name="intruder_tests")
    who = models.CharField("who tried", max_length=20, choices=Who.choices)
    tested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outside = models.CharField("what they do", max_length=120, blank=True, validators=[PLAIN])
    # Codes, so that no word about anybody can stand here.
    knew = models.JSONField("what they knew before", default=list)
    sources = models.JSONField("what they looked at", default=list)
    hours = models.PositiveSmallIntegerField(
        "how many hours they tried",
        validators=[
            MinValueValidator(1, "Count a part of an hour as one. Somebody who did not try has not tested it."),
            MaxValueValidator(MOST_HOURS, f"Write {MOST_HOURS} hours at most."),
        ],
    )
    result = models.CharField("what came of it", max_length=10, choices=Result.choices)
    tried_on = models.DateField("last day they tried")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects = IntruderTestQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(who="staff", tested_by__isnull=False)
                | (~models.Q(who="staff") & models.Q(tested_by=None)),
                name="intruder_is_staff_or_from_outside",
            )
        ]

    def __str__(self) -> str:
        return f"Test of {self.release}: {self.get_result_display()}"

    def save(self, *args, **kwargs) -> None:
        """Stores a new record; refuses to change one."""
        if not self._state.adding:
            raise NotAllowed(STAYS)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        """Refused: what was tried stays known."""
        raise NotAllowed(STAYS)

    @property
    def knew_in_words(self) -> list[str]:
        """What was known before, each in a few words."""
        return [str(IntruderTest.Knew(code).label) for code in self.knew]

    @property
    def sources_in_words(self) -> list[str]:
        """What was looked at, each in a few words."""
        return [str(IntruderTest.Source(code).label) for code in self.sources]
