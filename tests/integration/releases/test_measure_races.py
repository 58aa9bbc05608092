"""Two analysts at the same moment: one measure of a code, and no change is lost or half kept."""

import csv

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from feedback.releases.measure import Measure
from feedback.releases.measure_actions import change_measure, make_measure, retire_measure
from feedback.releases.population import PopulationFigure
from feedback.releases.population_imports import NEEDED, import_population
from surveys.frame.tables import BadTable
from tests.factories.listening import analyst
from tests.integration.releases.test_measures import LISTENED
from tests.integration.releases.test_population import LINE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_who_make_one_code_make_one_measure(area, edition, elsewhere):
    by = analyst()
    with transaction.atomic():
        make_measure(area, "listened-to", by=by, **LISTENED)
        second = elsewhere(make_measure, area, "listened-to", by=by, **LISTENED)
    with pytest.raises(ValidationError):
        second.result(timeout=30)
    assert Measure.objects.count() == 1


def test_what_is_retired_meanwhile_is_not_changed(area, edition, elsewhere):
    by = analyst()
    one = make_measure(area, "listened-to", by=by, **LISTENED)
    other = Measure.objects.get()
    with transaction.atomic():
        retire_measure(one, by=by)
        second = elsewhere(change_measure, other, by=by, name="Else")
    with pytest.raises(ValidationError, match="retired"):
        second.result(timeout=30)
    assert Measure.objects.get().name == LISTENED["name"]


def test_two_who_bring_in_the_same_figures_bring_them_in_once(area, tmp_path, elsewhere):
    file = tmp_path / "population.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, NEEDED)
        writer.writeheader()
        writer.writerow(LINE)
    by = analyst()
    with transaction.atomic():
        import_population(file, by=by)
        second = elsewhere(import_population, file, by=by)
    # It comes after the first and changes nothing, or at the same moment and is sent back.
    problem = second.exception(timeout=30)
    assert problem is None or isinstance(problem, BadTable)
    assert PopulationFigure.objects.count() == 1
