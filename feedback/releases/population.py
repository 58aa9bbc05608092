"""Population information: counts and outcomes from elsewhere, with source and date, kept apart from what people say.

It stands beside service information (progress report 5.7) and is never part of it: no figure is made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models.functions import Coalesce

from feedback.releases.measure import FrameworkTheme
from surveys.frame.models import PLAIN, Area


class PopulationFigure(models.Model):
    """One number about the people of an area (or of all areas), as a named source published it."""

    class Kind(models.TextChoices):
        """Whether it counts people or events, or tells what became of them."""

        COUNT = "count", "How many"
        OUTCOME = "outcome", "What became of them"

    class Hidden(models.TextChoices):
        """Why the source itself gives no number, by the signs that official statistics use."""

        PROTECTED = "c", "Hidden by the source, to protect people."
        NOT_KNOWN = "x", "The source has no number."
        NO_SUCH = "z", "There is no such number here."

    class Privacy:
        personal = {}
        plain = {
            "id", "area", "theme", "kind", "name", "value", "hidden", "unit", "period", "source", "source_date", "note",
        }  # fmt: skip

    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="population_figures")
    theme = models.CharField(max_length=20, choices=FrameworkTheme.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=160, validators=[PLAIN])
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    hidden = models.CharField(max_length=1, choices=Hidden.choices, blank=True)
    unit = models.CharField(max_length=60, validators=[PLAIN])
    period = models.CharField(max_length=40, validators=[PLAIN])
    source = models.CharField(max_length=300, validators=[PLAIN])
    source_date = models.DateField()
    note = models.CharField(max_length=300, blank=True, validators=[PLAIN])

    class Meta:
        ordering = ["kind", "name", "period"]
        constraints = [
            models.UniqueConstraint(Coalesce("area", 0), "name", "period", name="population_figure_once_in_period"),
            models.CheckConstraint(
                condition=models.Q(value=None) ^ models.Q(hidden=""), name="population_figure_has_value_or_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.period}"

    @property
    def in_words(self) -> str:
        """The number with its unit, as the source gives it; or why there is none."""
        if self.value is None:
            return str(self.get_hidden_display())
        number = f"{self.value:,f}".rstrip("0").rstrip(".") if self.value % 1 else f"{self.value:,.0f}"
        return f"{number} {self.unit}"


@dataclass(frozen=True)
class PopulationLine:
    """One thing that is counted elsewhere: its newest number, and those of earlier periods, the latest first."""

    newest: PopulationFigure
    earlier: tuple[PopulationFigure, ...] = ()


@dataclass(frozen=True)
class PopulationTheme:
    """What is known from elsewhere on one of the framework's five themes; outcomes first."""

    theme: str
    name: str
    lines: tuple[PopulationLine, ...]


def population_of(area: Area | None) -> list[PopulationTheme]:
    """Population information of an area, or of all areas together, by the five themes."""
    figures = PopulationFigure.objects.filter(area=area).order_by("name", "-source_date", "-period")
    return [
        PopulationTheme(theme.value, str(theme.label), _lines(one for one in figures if one.theme == theme))
        for theme in FrameworkTheme
        if any(one.theme == theme for one in figures)
    ]


def _lines(figures: Iterable[PopulationFigure]) -> tuple[PopulationLine, ...]:
    by_name: dict[tuple[bool, str], list[PopulationFigure]] = {}
    for one in figures:
        by_name.setdefault((one.kind == PopulationFigure.Kind.COUNT, one.name), []).append(one)
    return tuple(PopulationLine(newest, tuple(earlier)) for _, (newest, *earlier) in sorted(by_name.items()))
