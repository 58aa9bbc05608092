"""How soon somebody of an area looks at a worry: its office hours and targets, never weaker than the national floor."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

# The national floor, which an area can be stricter than. One working day is what respondents are told; the other
# numbers are our own default and stand in decision 40.
NOW_AT_MOST, NOW_DEPUTY_AT_MOST, NOW_MANAGER_AT_MOST = 60, 30, 60
SOON_AT_MOST, SOON_DEPUTY_AT_MOST, SOON_MANAGER_AT_MOST = 8, 4, 8
SHORTEST_OFFICE_DAY = 4
CLOCK_FIELDS = (
    "nation", "opens_at", "closes_at", "now_minutes", "now_deputy_minutes", "now_manager_minutes", "soon_hours",
    "soon_deputy_hours", "soon_manager_hours",
)  # fmt: skip


class Nation(models.TextChoices):
    """Whose bank holidays an area keeps."""

    ENGLAND = "ENG", "England"
    WALES = "WLS", "Wales"
    SCOTLAND = "SCT", "Scotland"
    NORTHERN_IRELAND = "NIR", "Northern Ireland"


def _within(least: int, most: int, unit: str) -> list:
    said = f"Choose from {least} to {most} {unit}: an area can be quicker than the national floor, never slower."
    return [MinValueValidator(least, said), MaxValueValidator(most, said)]


def _number(label: str, default: int, validators: list) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=default, validators=validators)


class HasClock(models.Model):
    """The clock of an area."""

    nation = models.CharField("bank holidays of", max_length=3, choices=Nation.choices, default=Nation.ENGLAND)
    opens_at = models.TimeField("office opens", default=time(9))
    closes_at = models.TimeField("office closes", default=time(17))
    now_minutes = _number("now: looked at within minutes", 30, _within(5, NOW_AT_MOST, "minutes"))
    now_deputy_minutes = _number("now: deputy called after minutes", 15, _within(1, NOW_DEPUTY_AT_MOST, "minutes"))
    now_manager_minutes = _number("now: manager called after minutes", 30, _within(2, NOW_MANAGER_AT_MOST, "minutes"))
    soon_hours = _number("soon: decided within working hours", 8, _within(1, SOON_AT_MOST, "working hours"))
    soon_deputy_hours = _number(
        "soon: deputy called after working hours", 4, _within(1, SOON_DEPUTY_AT_MOST, "working hours")
    )
    soon_manager_hours = _number(
        "soon: manager called after working hours", 8, _within(2, SOON_MANAGER_AT_MOST, "working hours")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses a clock that contradicts itself, or whose hours are more than one working day."""
        super().clean()
        wrong = {**self._wrong_order(), **self._wrong_hours()}
        if wrong:
            raise ValidationError(wrong)

    def _wrong_order(self) -> dict[str, str]:
        return {
            f"{severity}_manager_{unit}": f"The manager is called after the deputy: choose more {unit}."
            for severity, unit in (("now", "minutes"), ("soon", "hours"))
            if self._calls_the_manager_first(f"{severity}_deputy_{unit}", f"{severity}_manager_{unit}")
        }

    def _calls_the_manager_first(self, deputy: str, manager: str) -> bool:
        return _known(self, deputy, manager) and getattr(self, manager) <= getattr(self, deputy)

    def _wrong_hours(self) -> dict[str, str]:
        if not _known(self, "opens_at", "closes_at", "soon_hours"):
            return {}
        day = datetime.combine(date.min, self.closes_at) - datetime.combine(date.min, self.opens_at)
        hours = day.total_seconds() / 3600
        if hours < SHORTEST_OFFICE_DAY:
            return {"closes_at": f"The office is open for {SHORTEST_OFFICE_DAY} hours a day at least."}
        if self.soon_hours > hours:
            return {"soon_hours": f"This is more than one working day: your office is open for {hours:g} hours."}
        return {}


def _known(clock: HasClock, *names: str) -> bool:
    """Whether each of these is there; what is missing is said beside its own field."""
    return all(getattr(clock, name) is not None for name in names)


CLOCK_CONSTRAINTS = [
    models.CheckConstraint(
        condition=Q(
            now_minutes__lte=NOW_AT_MOST, now_deputy_minutes__lte=NOW_DEPUTY_AT_MOST,
            now_manager_minutes__lte=NOW_MANAGER_AT_MOST, soon_hours__lte=SOON_AT_MOST,
            soon_deputy_hours__lte=SOON_DEPUTY_AT_MOST, soon_manager_hours__lte=SOON_MANAGER_AT_MOST,
        ),
        name="area_clock_is_not_below_the_floor",
    ),
    models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="area_office_opens_before_it_closes"),
]  # fmt: skip
