"""Who could be asked: the places, the teams a child meets, and the steps of the child's journey."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from surveys.frame.clocks import CLOCK_CONSTRAINTS, HasClock
from surveys.frame.colours import check_accent
from surveys.frame.languages import ENGLISH, check_languages, every_language
from surveys.instrument.wording import AUDIENCE_CHOICES

CODE = RegexValidator(r"^[a-z0-9][a-z0-9_-]{0,62}$", "Use small letters, digits, - and _ only.")
GSS_CODE = RegexValidator(r"^[EWSN][0-9]{8}\Z", "A GSS code is a letter and eight digits, like E06000001.")
TELEPHONE = RegexValidator(r"^\+?[0-9][0-9 ]{1,22}[0-9]\Z", "Write the number with digits and spaces only.")
PLAIN = RegexValidator(r"\A[^\x00-\x1f\x7f]*\Z", "Write this in one line, without control characters.")
KEPT_DAYS = 30
FEWEST_DAYS, MOST_DAYS = 7, 365


class AreaQuerySet(models.QuerySet["Area"]):
    """Ways to reach areas."""

    def visible_to(self, user, permission: str) -> AreaQuerySet:
        """The areas in which a role of this member of staff carries the permission."""
        return self.filter(pk__in=user.areas_held(permission))

    def called(self, words: str) -> list[Area]:
        """The areas this could mean: by code, by GSS code, or by one of the ways people write the name."""
        exact = list(self.filter(Q(code=words) | (Q(gss_code=words) & ~Q(gss_code=""))))
        return exact or [area for area in self if words.casefold() in area.names()]


class Area(HasClock):
    """The territory of one local authority or safeguarding partnership, with what it decides for itself."""

    class Privacy:
        why = "So that families know whom to ask, and the duty team hears that somebody must look."
        kept = "Until an administrator changes it."
        scrub = {
            "contact_name": "blank", "contact_email": "blank", "contact_phone": "blank", "safeguarding_email": "blank",
        }  # fmt: skip
        personal = {
            "contact_name": "Team or member of staff whom families can ask, published on the area’s pages.",
            "contact_email": "Where families can write to them, published on the area’s pages.",
            "contact_phone": "Where families can call them, published on the area’s pages.",
            "safeguarding_email": "Work address of the duty team, for messages that somebody must look.",
        }
        plain = {
            "id", "code", "name", "is_fictional", "gss_code", "official_name", "region", "spellings", "known_as",
            "welcome", "accent", "logo", "languages", "retention_days", "nation", "opens_at", "closes_at",
            "now_minutes", "now_deputy_minutes", "now_manager_minutes", "soon_hours", "soon_deputy_hours",
            "soon_manager_hours", "merged_into", "merged_on",
        }  # fmt: skip

    code = models.CharField(max_length=63, unique=True, validators=[CODE])
    name = models.CharField(max_length=120, validators=[PLAIN])
    is_fictional = models.BooleanField(default=False)
    gss_code = models.CharField("GSS code", max_length=9, blank=True, validators=[GSS_CODE])
    official_name = models.CharField(max_length=160, blank=True, validators=[PLAIN])
    region = models.CharField(max_length=80, blank=True, validators=[PLAIN])
    # How people write the name, in lower case, so that tables of others find the area.
    spellings = models.JSONField(default=list, blank=True)

    known_as = models.CharField("name as families see it", max_length=60, blank=True, validators=[PLAIN])
    welcome = models.CharField(max_length=300, blank=True, validators=[PLAIN])
    accent = models.CharField("colour", max_length=7, blank=True, validators=[check_accent])
    # The name of the picture in the store, which is a hash of it.
    logo = models.CharField(max_length=64, blank=True, editable=False)
    contact_name = models.CharField("who answers questions", max_length=80, blank=True, validators=[PLAIN])
    contact_email = models.EmailField("their e-mail address", blank=True)
    contact_phone = models.CharField("their number", max_length=24, blank=True, validators=[TELEPHONE])
    safeguarding_email = models.EmailField("e-mail address of the duty team", blank=True)
    languages = models.JSONField("languages offered", default=every_language, validators=[check_languages])
    retention_days = models.PositiveSmallIntegerField(
        "days answers are kept",
        default=KEPT_DAYS,
        validators=[
            MinValueValidator(FEWEST_DAYS, "Answers are kept for 7 days at least, so that worries can be looked at."),
            MaxValueValidator(MOST_DAYS, "Answers are kept for 365 days at most."),
        ],
    )

    # An area that became part of another: what comes for it later is counted there, what was published stays here.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    merged_on = models.DateField(null=True, blank=True, editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["gss_code"], condition=~Q(gss_code=""), name="gss_code_of_one_area"),
            models.CheckConstraint(
                condition=Q(retention_days__gte=FEWEST_DAYS, retention_days__lte=MOST_DAYS),
                name="area_keeps_answers_for_days_allowed",
            ),
            *CLOCK_CONSTRAINTS,
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_id(self) -> int:
        """An area belongs to itself: a role held in it reaches it."""
        return self.pk

    @property
    def title(self) -> str:
        """What families call it."""
        return self.known_as or self.name

    def names(self) -> set[str]:
        """Every way its name is written, in lower case."""
        return {name.casefold() for name in (self.name, self.official_name, *self.spellings) if name}

    def offers(self, language: str) -> bool:
        """Whether its surveys are shown in a language."""
        return language == ENGLISH or language in self.languages


class HelpNumber(models.Model):
    """A number to call in an area, with who answers and when; on every screen of its surveys and on its pages."""

    class Readers(models.TextChoices):
        """Whom it is shown to."""

        EVERYBODY = "", "Everybody"
        CHILDREN = "children", "Children and young people"
        ADULTS = "adults", "Parents and other adults"

    class Privacy:
        personal = {}
        plain = {"id", "area", "name", "number", "hours", "readers", "position"}

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="help_numbers")
    name = models.CharField("who answers", max_length=60, validators=[PLAIN])
    number = models.CharField(max_length=24, validators=[TELEPHONE])
    hours = models.CharField("when", max_length=40, blank=True, validators=[PLAIN])
    readers = models.CharField("shown to", max_length=10, choices=Readers.choices, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["area", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "number"], name="help_number_once_in_area")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    @property
    def digits(self) -> str:
        """The number as a phone dials it."""
        return self.number.replace(" ", "")


class Thresholds(models.Model):
    """From how many people on an area shows figures, from a year on; stricter than the national floor, never weaker."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "year", "smallest_block", "smallest_group", "percent_base", "mask"}

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="thresholds")
    year = models.PositiveSmallIntegerField("from the year")
    # Empty is the national floor.
    smallest_block = models.PositiveSmallIntegerField("fewest people in a published block", null=True, blank=True)
    smallest_group = models.PositiveSmallIntegerField("fewest people in a group", null=True, blank=True)
    percent_base = models.PositiveSmallIntegerField("fewest people for a percentage", null=True, blank=True)
    mask = models.PositiveSmallIntegerField("under this many only “under” is printed", null=True, blank=True)

    class Meta:
        verbose_name_plural = "thresholds"
        ordering = ["area", "year"]
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="thresholds_once_a_year")]


class Service(models.Model):
    """A team or provider that children of one area meet."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "code", "name"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=63, validators=[CODE])
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["area", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="service_code_once_in_area")]

    def __str__(self) -> str:
        return self.name


class JourneyStage(models.Model):
    """A step of the child's journey from needing to receiving help."""

    class Privacy:
        personal = {}
        plain = {"id", "code", "name", "position"}

    code = models.CharField(max_length=63, unique=True, validators=[CODE])
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Stratum(models.Model):
    """How many children one cell of the frame holds, with where the number comes from."""

    class Privacy:
        personal = {}
        plain = {"id", "area", "service", "stage", "audience", "children", "source", "counted_on"}

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="strata")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True)
    stage = models.ForeignKey(JourneyStage, on_delete=models.PROTECT, null=True, blank=True)
    audience = models.CharField(max_length=20, choices=AUDIENCE_CHOICES, blank=True)
    children = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    counted_on = models.DateField()

    class Meta:
        verbose_name_plural = "strata"
        constraints = [
            models.UniqueConstraint(
                "area",
                # A blank service or stage is a place of its own, and not every database counts two blanks as equal.
                Coalesce("service", 0),
                Coalesce("stage", 0),
                "audience",
                "counted_on",
                name="stratum_counted_once_a_day",
            )
        ]
